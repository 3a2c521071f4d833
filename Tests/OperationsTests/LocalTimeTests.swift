import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct LocalTimeTests {
    private func times(_ zone: String) -> LocalTime {
        var event = Day.plan(slug: "day", capacity: 1, workshop: 1).0
        event.timeZone = zone
        return LocalTime(event)
    }

    private func seconds(_ seconds: Int64) -> Timestamp { Timestamp(rawValue: seconds * 1_000) }

    @Test func `the clocks of London go forward in March and back in October`() {
        let london = times("Europe/London")
        let march = seconds(1_711_846_800)
        #expect(london.machine(march.adding(seconds: -1)) == "2024-03-31T00:59:59+00:00")
        #expect(london.machine(march) == "2024-03-31T02:00:00+01:00")
        let october = seconds(1_729_990_800)
        #expect(london.machine(october.adding(seconds: -1)) == "2024-10-27T01:59:59+01:00")
        #expect(london.machine(october) == "2024-10-27T01:00:00+00:00")
        #expect(london.clock(october.adding(seconds: -1_800)) == "01:30")
        #expect(london.clock(october.adding(seconds: 1_800)) == "01:30")
        #expect(london.dayAndClock(march) == "02:00 on Sunday 31 March 2024")
    }

    @Test(arguments: [
        ("America/New_York", "2023-12-31T19:00:00-05:00"), ("America/St_Johns", "2023-12-31T20:30:00-03:30"),
        ("Asia/Kathmandu", "2024-01-01T05:45:00+05:45"), ("Pacific/Kiritimati", "2024-01-01T14:00:00+14:00"),
        ("UTC", "2024-01-01T00:00:00+00:00"), ("Nowhere/At_All", "2024-01-01T00:00:00+00:00"),
    ])
    func `each zone has its own new year`(zone: String, text: String) {
        #expect(times(zone).machine(seconds(1_704_067_200)) == text)
    }

    @Test(arguments: [
        (951_782_400, "Tuesday 29 February 2000"), (1_709_164_800, "Thursday 29 February 2024"),
        (1_709_251_199, "Thursday 29 February 2024"), (1_709_251_200, "Friday 1 March 2024"),
        (4_107_542_399, "Sunday 28 February 2100"), (4_107_542_400, "Monday 1 March 2100"),
        (1_735_689_599, "Tuesday 31 December 2024"), (1_735_689_600, "Wednesday 1 January 2025"),
    ])
    func `years have a leap day, or none`(moment: Int64, day: String) {
        #expect(times("UTC").day(seconds(moment)) == day)
    }

    @Test(arguments: [
        (0, 8, "Wednesday 4 December 2024"), (0, 15, "Wednesday 4 December 2024"),
        (0, 32, "Wednesday 4 and Thursday 5 December 2024"),
        (0, 56, "Wednesday 4 to Friday 6 December 2024"),
        (-96, 8, "Saturday 30 November to Wednesday 4 December 2024"),
        (624, 672, "Monday 30 December 2024 to Wednesday 1 January 2025"),
        (648, 672, "Tuesday 31 December 2024 and Wednesday 1 January 2025"),
    ])
    func `an event's days say what they share once`(from: Int, to: Int, days: String) {
        var event = Day.plan(slug: "day", capacity: 1, workshop: 1).0
        event.timeZone = "UTC"
        (event.starts, event.ends) = (Day.hour(9 + Int64(from)), Day.hour(9 + Int64(to)))
        #expect(LocalTime(event).days(of: event) == days)
    }

    @Test func `moments before 1970 are rounded down like all others`() {
        let utc = times("UTC")
        #expect(utc.machine(Timestamp(rawValue: 0)) == "1970-01-01T00:00:00+00:00")
        #expect(utc.machine(Timestamp(rawValue: -1)) == "1969-12-31T23:59:59+00:00")
        #expect(utc.machine(Timestamp(rawValue: -1_000)) == "1969-12-31T23:59:59+00:00")
        #expect(utc.dayAndClock(Timestamp(rawValue: -1_001)) == "23:59 on Wednesday 31 December 1969")
        #expect(utc.day(seconds(-2_203_891_200)) == "Thursday 1 March 1900")
        #expect(utc.day(seconds(-2_203_891_201)) == "Wednesday 28 February 1900")
    }
}
