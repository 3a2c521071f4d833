import Dispatch

/// Draws badges that people print themselves: a few at once, on threads that may block, which Swift's own may
/// not.
enum DrawingThread {
    private static let queue = DispatchQueue(label: "drawing", attributes: .concurrent)

    static func run<Result: Sendable>(
        _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withUnsafeThrowingContinuation { continuation in
            queue.async { continuation.resume(with: .init(catching: body)) }
        }
    }
}
