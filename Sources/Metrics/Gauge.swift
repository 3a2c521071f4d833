import Synchronization

/// A whole number that is set, from any thread, without a lock.
public final class Gauge: Sendable {
    private let number = Atomic<Int64>(0)

    init() {}

    public func set(_ value: Int) {
        number.store(Int64(value), ordering: .relaxed)
    }

    var value: Int64 { number.load(ordering: .relaxed) }
}
