import Synchronization

/// A value that may be exchanged from any thread.
final class Held<Value: Sendable>: Sendable {
    private let mutex = Mutex<Value?>(nil)

    var value: Value? { mutex.withLock { $0 } }

    func set(_ value: Value?) { mutex.withLock { $0 = value } }
}
