import Dispatch
import Synchronization

/// Work that blocks its thread, which Swift's own threads may not do.
enum BlockingWork {
    private static let queue = DispatchQueue(label: "blocking", attributes: .concurrent)

    static func run<Result: Sendable>(
        _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: .init(catching: body)) }
        }
    }

    /// Lets the work go on by itself.
    static func begin(_ body: @escaping @Sendable () -> Void) { queue.async(execute: body) }

    /// Waits for the work, but not for longer; whether it was done by then. It goes on in any case.
    static func run(withinSeconds seconds: Double, _ body: @escaping @Sendable () -> Void) async -> Bool {
        let first = First()
        return await withCheckedContinuation { continuation in
            queue.async {
                body()
                if first.isCaller() { continuation.resume(returning: true) }
            }
            queue.asyncAfter(deadline: .now() + seconds) {
                if first.isCaller() { continuation.resume(returning: false) }
            }
        }
    }

    /// Tells the first who asks from all others.
    private final class First: Sendable {
        private let isTaken = Atomic(false)

        func isCaller() -> Bool { !isTaken.exchange(true, ordering: .relaxed) }
    }
}
