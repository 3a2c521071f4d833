internal import Synchronization
public import Registration

/// Lets each key, say an address, do something so many times in any minute: whoever has done it so often waits
/// until the first of those times is a minute ago.
public final class RateLimit: Sendable {
    /// How many keys are remembered; past it, those that did least are forgotten first, which can only be
    /// generous.
    static let keyLimit = 100_000
    private static let windowMilliseconds: Int64 = 60_000
    /// Up to so many a minute each time is remembered by itself; past it, those of one second count as its last,
    /// so that no key takes more room than this and one.
    private static let timesLimit = 60
    private static let secondMilliseconds: Int64 = 1_000

    private let taken = Mutex<[String: [Taken]]>([:])
    private let perMinute: Int

    public enum Decision: Hashable, Sendable {
        case allowed
        case refused(retryAfterSeconds: Int)
    }

    /// So many at one time, in milliseconds since 1970.
    private struct Taken {
        var at: Int64
        var count: Int
    }

    /// - Parameter perMinute: 1 or more; 0 for no limit.
    public init(perMinute: Int) {
        self.perMinute = perMinute
    }

    /// Takes so many of the key's if they are left in this minute, or none. More than a minute's worth count as just
    /// that, so that whoever waits gets them.
    public func take(_ key: String, count: Int = 1, at now: Timestamp) -> Decision {
        guard perMinute > 0 else { return .allowed }
        let now = now.rawValue
        return taken.withLock { taken in
            var times = RateLimit.lastMinute(of: taken[key] ?? [], now)
            let wanted = min(count, perMinute)
            var tooMany = times.reduce(0) { $0 + $1.count } + wanted - perMinute
            if tooMany > 0 {
                taken[key] = times
                let last = times.first { times in
                    tooMany -= times.count
                    return tooMany <= 0
                }
                let wait = (last?.at ?? now) + RateLimit.windowMilliseconds - now
                return .refused(retryAfterSeconds: Int((wait + 999) / 1_000))
            }
            note(now, wanted, in: &times)
            if taken.count >= RateLimit.keyLimit, taken[key] == nil { RateLimit.forget(in: &taken, now) }
            taken[key] = times
            return .allowed
        }
    }

    /// How many keys are remembered at this moment.
    var keyCount: Int { taken.withLock { $0.count } }

    private func note(_ now: Int64, _ count: Int, in times: inout [Taken]) {
        let second = RateLimit.secondMilliseconds
        if perMinute > RateLimit.timesLimit, let last = times.indices.last,
            times[last].at / second == now / second
        {
            times[last].at = now
            times[last].count += count
        } else {
            times.append(Taken(at: now, count: count))
        }
    }

    /// What still counts. Where the clock was put back, what is to come counts as now, so that nobody is kept out
    /// for longer than a minute.
    private static func lastMinute(of times: [Taken], _ now: Int64) -> [Taken] {
        times.compactMap { taken in
            guard now - taken.at < windowMilliseconds else { return nil }
            return Taken(at: min(taken.at, now), count: taken.count)
        }
    }

    private static func forget(in taken: inout [String: [Taken]], _ now: Int64) {
        taken = taken.compactMapValues { times in
            let times = lastMinute(of: times, now)
            return times.isEmpty ? nil : times
        }
        guard taken.count >= keyLimit else { return }
        let counts = taken.mapValues { times in times.reduce(0) { $0 + $1.count } }
        let kept = counts.sorted { $0.value > $1.value }.prefix(keyLimit / 2)
        taken = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, taken[$0.key] ?? []) })
    }
}
