/// One piece of work that waits for a thread and a connection, and the answer that goes back.
class Work<Access>: @unchecked Sendable {
    // `@unchecked` is right: a piece of work is touched by its sender until it is sent, and then by the one
    // thread that took it out of the mailbox.

    func run(_ access: Access) throws { preconditionFailure("a kind of work must say what it does") }
    /// Hands the answer back, or the fault if there was one.
    func finish(fault: (any Error)?) { preconditionFailure("a kind of work must answer") }
}

final class AnsweredWork<Access, Answer: Sendable>: Work<Access>, @unchecked Sendable {
    private let body: @Sendable (Access) throws -> Answer
    private let whenDone: @Sendable (Result<Answer, any Error>) -> Void
    private var answer: Answer?

    init(
        _ body: @escaping @Sendable (Access) throws -> Answer,
        whenDone: @escaping @Sendable (Result<Answer, any Error>) -> Void
    ) {
        self.body = body
        self.whenDone = whenDone
    }

    override func run(_ access: Access) throws {
        answer = try body(access)
    }

    override func finish(fault: (any Error)?) {
        if let answer, fault == nil {
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
