import Synchronization

/// A whole number that goes up and down, from any thread, without a lock.
public final class Gauge: Sendable {
    private let number = Atomic<Int64>(0)

    init() {}

    public func set(_ value: Int) {
        number.store(Int64(value), ordering: .relaxed)
    }

    /// - Parameter amount: negative to take away.
    public func add(_ amount: Int = 1) {
        number.wrappingAdd(Int64(amount), ordering: .relaxed)
    }

    public var value: Int64 { number.load(ordering: .relaxed) }
}
