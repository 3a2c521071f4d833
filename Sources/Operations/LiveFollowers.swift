internal import Synchronization

/// Counts those who follow an event live, through whatever face, up to the limit.
public final class LiveFollowers: Sendable {
    /// How long after the last sign of life each side is shown that the other is still there.
    public static let heartbeat = Duration.seconds(15)
    /// How long a follower waits before it connects again.
    public static let reconnectMilliseconds = 2_000
    /// When somebody for whom there was no place is told to come back.
    public static let retryAfterSeconds = 30

    private let count = Mutex(0)
    private let limit: Int

    public init(limit: Int) {
        self.limit = limit
    }

    /// A follower's place, given back when it goes; nil if all are taken.
    public func enter() -> LivePlace? {
        let isIn = count.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
        return isIn ? LivePlace(leave: { [self] in count.withLock { $0 -= 1 } }) : nil
    }
}

/// One follower's place. Held by the stream, so that it is also given back where the stream never began.
public final class LivePlace: Sendable {
    private let leave: @Sendable () -> Void

    fileprivate init(leave: @escaping @Sendable () -> Void) {
        self.leave = leave
    }

    deinit { leave() }
}
