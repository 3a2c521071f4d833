internal import Synchronization
public import Registration

/// Lets each key, say an address, do something so many times a minute: a bucket that fills evenly, and holds a
/// minute's worth.
public final class RateLimit: Sendable {
    /// How many keys are remembered; past it, the fullest are forgotten first, which can only be generous.
    static let keyLimit = 100_000

    private struct Bucket {
        /// When the bucket would be full again.
        var fullAt: Timestamp
    }

    private let buckets = Mutex<[String: Bucket]>([:])
    private let perMinute: Int
    private let millisecondsEach: Int64

    public enum Decision: Hashable, Sendable {
        case allowed
        case refused(retryAfterSeconds: Int)
    }

    /// - Parameter perMinute: 1 or more; 0 for no limit.
    public init(perMinute: Int) {
        self.perMinute = perMinute
        millisecondsEach = perMinute > 0 ? 60_000 / Int64(perMinute) : 0
    }

    /// Takes one from the key's bucket if there is one.
    public func take(_ key: String, at now: Timestamp) -> Decision {
        guard perMinute > 0 else { return .allowed }
        return buckets.withLock { buckets in
            // No bucket takes longer than a minute to fill, also where the clock was put back.
            let minute = now.adding(milliseconds: millisecondsEach * Int64(perMinute))
            let fullAt = min(max(buckets[key]?.fullAt ?? now, now), minute)
            let next = fullAt.adding(milliseconds: millisecondsEach)
            let wait = next.milliseconds(since: now) - millisecondsEach * Int64(perMinute)
            guard wait <= 0 else { return .refused(retryAfterSeconds: Int((wait + 999) / 1_000)) }
            if buckets.count >= RateLimit.keyLimit, buckets[key] == nil { forgetFullest(in: &buckets, now) }
            buckets[key] = Bucket(fullAt: next)
            return .allowed
        }
    }

    private func forgetFullest(in buckets: inout [String: Bucket], _ now: Timestamp) {
        buckets = buckets.filter { $0.value.fullAt > now }
        guard buckets.count >= RateLimit.keyLimit else { return }
        let kept = buckets.sorted { $0.value.fullAt > $1.value.fullAt }.prefix(RateLimit.keyLimit / 2)
        buckets = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
    }
}
