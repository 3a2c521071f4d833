import Testing
import Working

@Suite(.timeLimit(.minutes(1)))
struct RetryScheduleTests {
    let schedule = RetrySchedule(firstMilliseconds: 1_000, longestMilliseconds: 60_000)

    @Test func `each wait is twice the one before, up to the longest`() {
        let waits = (1...8).map { schedule.milliseconds(afterFailures: $0, jitter: 1) }
        #expect(waits == [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000])
        #expect(schedule.milliseconds(afterFailures: .max, jitter: 1) == 60_000)
    }

    @Test func `chance spreads a wait from its half to its whole and never past it`() {
        #expect(schedule.milliseconds(afterFailures: 2, jitter: 0) == 1_000)
        #expect(schedule.milliseconds(afterFailures: 2, jitter: 0.5) == 1_500)
        #expect(schedule.milliseconds(afterFailures: 2, jitter: 7) == 2_000)
        #expect(schedule.milliseconds(afterFailures: 0, jitter: -1) == 500)
    }
}
