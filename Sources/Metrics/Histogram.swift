import Synchronization

/// Counts of measured values by size, from any thread, without a lock.
public final class Histogram: Sendable {
    /// Bounds in seconds for what people wait for: 0.5 ms to 10 s.
    public static let latencySeconds = [
        0.000_5, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ]

    /// What each bucket holds at most, smallest first.
    public let bounds: [Double]
    /// One more than there are bounds: the last has what is larger than all.
    private let buckets: [Counter]
    private let sumBits = Atomic<UInt64>(0)

    /// - Precondition: the bounds rise, and there are some.
    init(bounds: [Double]) {
        precondition(!bounds.isEmpty && zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 })
        self.bounds = bounds
        buckets = (0...bounds.count).map { _ in Counter() }
    }

    /// What is no number is not counted.
    public func observe(_ value: Double) {
        if value.isNaN { return }
        buckets[bounds.firstIndex { value <= $0 } ?? bounds.count].add()
        var current = sumBits.load(ordering: .relaxed)
        while true {
            let next = (Double(bitPattern: current) + value).bitPattern
            let (isDone, found) = sumBits.weakCompareExchange(
                expected: current, desired: next, ordering: .relaxed)
            if isDone { return }
            current = found
        }
    }

    /// How many values were at most each bound, and at last how many there were.
    var cumulativeCounts: [UInt64] {
        var total: UInt64 = 0
        return buckets.map { bucket in
            total += bucket.value
            return total
        }
    }

    var sum: Double { Double(bitPattern: sumBits.load(ordering: .relaxed)) }
}
