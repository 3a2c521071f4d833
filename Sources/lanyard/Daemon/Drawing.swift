import Dispatch
import Storage
import Synchronization

/// Draws the badges that people print themselves: two at once, so that a rush for them leaves the processor to
/// the doors.
enum Drawing {
    /// How many may wait, past which people are told to come back.
    static let waitingLimit = 100

    private static let queues = [DispatchQueue(label: "drawing 1"), DispatchQueue(label: "drawing 2")]
    private static let waiting = Atomic(0)

    /// - Throws: `Overloaded` if too many wait, or what the drawing throws.
    static func run<Result: Sendable>(
        _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        let number = waiting.add(1, ordering: .relaxed).newValue
        defer { waiting.subtract(1, ordering: .relaxed) }
        guard number <= waitingLimit else { throw Overloaded() }
        return try await withCheckedThrowingContinuation { continuation in
            queues[number % queues.count].async { continuation.resume(with: .init(catching: body)) }
        }
    }
}
