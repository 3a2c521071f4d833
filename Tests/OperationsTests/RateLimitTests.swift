import Registration
import TestPeers
import Testing

@testable import Operations

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct RateLimitTests {
    let start = Timestamp(rawValue: 1_000_000)

    @Test func `no minute has more than the limit, wherever it begins`() {
        let limit = RateLimit(perMinute: 20)
        var allowed: [Int64] = []
        // Somebody who tries ten times a second for three minutes.
        for millisecond in stride(from: Int64(0), to: 180_000, by: 100)
        where limit.take("a", at: start.adding(milliseconds: millisecond)) == .allowed {
            allowed.append(millisecond)
        }
        #expect(allowed.count == 60)
        for first in allowed { #expect(allowed.count { (first..<first + 60_000).contains($0) } <= 20) }
    }

    @Test func `who had a minute's worth is told when the next is free`() {
        let limit = RateLimit(perMinute: 20)
        for second in 0..<20 {
            #expect(limit.take("a", at: start.adding(seconds: Int64(second))) == .allowed)
        }
        #expect(limit.take("a", at: start.adding(seconds: 20)) == .refused(retryAfterSeconds: 40))
        #expect(limit.take("a", at: start.adding(milliseconds: 59_999)) == .refused(retryAfterSeconds: 1))
        #expect(limit.take("a", at: start.adding(milliseconds: 60_000)) == .allowed)
        #expect(limit.take("a", at: start.adding(milliseconds: 60_000)) == .refused(retryAfterSeconds: 1))
        // What is refused takes nothing.
        for _ in 0..<20 { #expect(limit.take("a", at: start.adding(seconds: 120)) == .allowed) }
    }

    @Test func `several are taken at once or not at all, and whoever waits as told gets them`() {
        let limit = RateLimit(perMinute: 20)
        #expect(limit.take("a", at: start) == .allowed)
        #expect(limit.take("a", count: 3, at: start.adding(seconds: 10)) == .allowed)
        // Of the 20 wanted, the first must be a minute old, and then the three.
        #expect(limit.take("a", count: 17, at: start.adding(seconds: 30)) == .refused(retryAfterSeconds: 30))
        #expect(limit.take("a", count: 20, at: start.adding(seconds: 30)) == .refused(retryAfterSeconds: 40))
        #expect(limit.take("a", count: 16, at: start.adding(seconds: 30)) == .allowed)
        #expect(limit.take("a", count: 4, at: start.adding(seconds: 60)) == .refused(retryAfterSeconds: 10))
        #expect(limit.take("a", count: 4, at: start.adding(seconds: 70)) == .allowed)
    }

    @Test func `more than a minute's worth counts as a minute's worth`() {
        let limit = RateLimit(perMinute: 5)
        #expect(limit.take("a", count: 20, at: start) == .allowed)
        #expect(limit.take("a", at: start.adding(seconds: 1)) == .refused(retryAfterSeconds: 59))
        #expect(limit.take("a", count: 20, at: start.adding(seconds: 60)) == .allowed)
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
        #expect(limit.take("a", at: start) == .refused(retryAfterSeconds: 60))
        #expect(limit.take("a", at: start.adding(milliseconds: 59_999)) == .refused(retryAfterSeconds: 1))
        #expect(limit.take("a", at: start.adding(seconds: 60)) == .allowed)
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

    @Test(arguments: [61, 60_001])
    func `many a minute are a limit too`(perMinute: Int) {
        let limit = RateLimit(perMinute: perMinute)
        for number in 0..<perMinute {
            #expect(limit.take("a", at: start.adding(milliseconds: number == 0 ? 0 : 1)) == .allowed)
        }
        #expect(limit.take("a", at: start.adding(milliseconds: 1)) == .refused(retryAfterSeconds: 60))
        #expect(limit.take("a", at: start.adding(milliseconds: 60_000)) == .refused(retryAfterSeconds: 1))
        #expect(limit.take("a", at: start.adding(milliseconds: 60_001)) == .allowed)
    }
}
