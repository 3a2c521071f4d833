internal import Synchronization

/// One piece of work that waits for a thread and a connection, and the answer that goes back.
protocol Work<Access>: AnyObject, Sendable {
    associatedtype Access

    func run(_ access: Access) throws
    /// Hands the answer back, or the fault if there was one.
    func finish(fault: (any Error)?)
}

final class AnsweredWork<Access, Answer: Sendable>: Work {
    private let body: @Sendable (Access) throws -> Answer
    private let whenDone: @Sendable (Result<Answer, any Error>) -> Void
    private let answer = Mutex<Answer?>(nil)

    init(
        _ body: @escaping @Sendable (Access) throws -> Answer,
        whenDone: @escaping @Sendable (Result<Answer, any Error>) -> Void
    ) {
        self.body = body
        self.whenDone = whenDone
    }

    func run(_ access: Access) throws {
        let found = try body(access)
        answer.withLock { $0 = found }
    }

    func finish(fault: (any Error)?) {
        if fault == nil, let answer = answer.withLock({ $0 }) {
            whenDone(.success(answer))
        } else {
            whenDone(.failure(fault ?? StorageClosed()))
        }
    }
}

/// The store was closed before the work could be done.
public struct StorageClosed: Error, Hashable, Sendable {}

/// As many writes wait for the writer as may; nothing of this one was done.
public struct Overloaded: Error, Hashable, Sendable {
    public init() {}
}
