internal import Synchronization
public import Registration

/// Lets each key, say an address, do something so many times a minute: a bucket that fills evenly, and holds a
/// minute's worth.
public final class RateLimit: Sendable {
    /// How many keys are remembered; past it, the fullest are forgotten first, which can only be generous.
    static let keyLimit = 100_000

    /// When each key's bucket would be full again, in microseconds since 1970: a millisecond is too long where
    /// 60,000 or more are let by a minute.
    private let fullAt = Mutex<[String: Int64]>([:])
    private let perMinute: Int
    private let microsecondsEach: Int64

    public enum Decision: Hashable, Sendable {
        case allowed
        case refused(retryAfterSeconds: Int)
    }

    /// - Parameter perMinute: 1 or more; 0 for no limit.
    public init(perMinute: Int) {
        self.perMinute = perMinute
        microsecondsEach = perMinute > 0 ? max(1, 60_000_000 / Int64(perMinute)) : 0
    }

    /// Takes one from the key's bucket if there is one.
    public func take(_ key: String, at now: Timestamp) -> Decision {
        guard perMinute > 0 else { return .allowed }
        let now = now.rawValue * 1_000
        return fullAt.withLock { fullAt in
            let span = microsecondsEach * Int64(perMinute)
            // No bucket takes longer than a minute to fill, also where the clock was put back.
            let next = min(max(fullAt[key] ?? now, now), now + span) + microsecondsEach
            let wait = next - now - span
            guard wait <= 0 else { return .refused(retryAfterSeconds: Int((wait + 999_999) / 1_000_000)) }
            if fullAt.count >= RateLimit.keyLimit, fullAt[key] == nil { forgetFullest(in: &fullAt, now) }
            fullAt[key] = next
            return .allowed
        }
    }

    /// How many keys are remembered at this moment.
    var keyCount: Int { fullAt.withLock { $0.count } }

    private func forgetFullest(in fullAt: inout [String: Int64], _ now: Int64) {
        fullAt = fullAt.filter { $0.value > now }
        guard fullAt.count >= RateLimit.keyLimit else { return }
        let kept = fullAt.sorted { $0.value > $1.value }.prefix(RateLimit.keyLimit / 2)
        fullAt = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
    }
}
