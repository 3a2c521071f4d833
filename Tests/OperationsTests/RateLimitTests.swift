import Registration
import TestPeers
import Testing

@testable import Operations

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct RateLimitTests {
    let start = Timestamp(rawValue: 1_000_000)

    @Test func `a minute's worth is let by at once, and then one as each place fills`() {
        let limit = RateLimit(perMinute: 20)
        for _ in 0..<20 { #expect(limit.take("a", at: start) == .allowed) }
        #expect(limit.take("a", at: start) == .refused(retryAfterSeconds: 3))
        #expect(limit.take("a", at: start.adding(milliseconds: 2_999)) == .refused(retryAfterSeconds: 1))
        #expect(limit.take("a", at: start.adding(milliseconds: 3_000)) == .allowed)
        #expect(limit.take("a", at: start.adding(milliseconds: 3_000)) == .refused(retryAfterSeconds: 3))
        // What is refused takes nothing.
        for _ in 0..<20 { #expect(limit.take("a", at: start.adding(seconds: 63)) == .allowed) }
    }

    @Test func `each key has its own`() {
        let limit = RateLimit(perMinute: 1)
        #expect(limit.take("a", at: start) == .allowed)
        #expect(limit.take("b", at: start) == .allowed)
        #expect(limit.take("a", at: start) == .refused(retryAfterSeconds: 60))
    }

    @Test func `none is no limit`() {
        let limit = RateLimit(perMinute: 0)
        for _ in 0..<1_000 { #expect(limit.take("a", at: start) == .allowed) }
    }

    @Test func `a clock that is put back keeps nobody out for longer than a minute`() {
        let limit = RateLimit(perMinute: 20)
        for _ in 0..<21 { _ = limit.take("a", at: start.adding(seconds: 3_600)) }
        #expect(limit.take("a", at: start) == .refused(retryAfterSeconds: 3))
    }

    @Test func `very many keys are remembered up to a limit, the busiest for longest`() {
        let limit = RateLimit(perMinute: 2)
        for _ in 0..<2 { _ = limit.take("busy", at: start) }
        for number in 0..<RateLimit.keyLimit * 3 / 2 {
            _ = limit.take("\(number)", at: start)
            if number.isMultiple(of: 10_000) { #expect(limit.keyCount <= RateLimit.keyLimit) }
        }
        #expect(limit.keyCount <= RateLimit.keyLimit)
        guard case .refused = limit.take("busy", at: start) else {
            Issue.record("the busiest was forgotten")
            return
        }
    }

    @Test(arguments: [60_000, 60_001, 100_000, 1_000_000])
    func `many a minute are a limit too`(perMinute: Int) {
        let limit = RateLimit(perMinute: perMinute)
        for _ in 0..<perMinute { _ = limit.take("a", at: start) }
        #expect(limit.take("a", at: start) == .refused(retryAfterSeconds: 1))
        #expect(limit.take("a", at: start.adding(milliseconds: 1)) == .allowed)
    }
}
