import Synchronization

/// Makes ids for log lines: `k3f9a-1c`, the first part drawn at start, the second counted.
final class RequestIDs: Sendable {
    private let prefix: String
    private let counter = Atomic<UInt64>(0)

    init() {
        prefix = String(UInt64.random(in: 36 * 36 * 36 * 36..<36 * 36 * 36 * 36 * 36), radix: 36) + "-"
    }

    func next() -> String {
        let number = counter.wrappingAdd(1, ordering: .relaxed).newValue
        // Nine digits of base 36 are enough for centuries, and 15 bytes need no allocation.
        return prefix + String(number, radix: 36)
    }
}
