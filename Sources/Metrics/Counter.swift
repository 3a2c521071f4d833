import Synchronization

/// A number that only grows, from any thread, without a lock.
public final class Counter: Sendable {
    private let count = Atomic<UInt64>(0)

    init() {}

    /// - Precondition: `amount` is not negative.
    public func add(_ amount: Int = 1) {
        count.wrappingAdd(UInt64(amount), ordering: .relaxed)
    }

    var value: UInt64 { count.load(ordering: .relaxed) }
}
