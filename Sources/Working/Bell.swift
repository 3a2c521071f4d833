/// Wakes a worker. Rings while it is at work are heard once, after it.
public struct Bell: Sendable {
    public let rings: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    public init() {
        (rings, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    public func ring() { continuation.yield() }

    /// Ends the rings for good.
    public func silence() { continuation.finish() }
}
