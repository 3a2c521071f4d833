import Synchronization

/// A value that may be exchanged from any thread.
public final class Held<Value: Sendable>: Sendable {
    private let mutex: Mutex<Value?>

    public init(_ value: Value? = nil) {
        mutex = Mutex(value)
    }

    public var value: Value? { mutex.withLock { $0 } }

    public func set(_ value: Value?) { mutex.withLock { $0 = value } }
}
