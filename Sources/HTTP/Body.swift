/// What an answer carries.
public enum Body: Sendable {
    case bytes([UInt8])
    /// Called once, when the headers are on their way; the body ends when it returns. If it throws, the
    /// connection is cut, so that the client can tell that the end is missing.
    case stream(@Sendable (BodyWriter) async throws -> Void)

    /// All of it, for tests and for what must be known whole. A stream is stopped at `limitBytes`.
    public func collected(limitBytes: Int = 1 << 20) async throws -> [UInt8] {
        switch self {
        case .bytes(let bytes): return bytes
        case .stream(let stream):
            let collector = BodyCollector(limitBytes: limitBytes)
            do {
                try await stream(BodyWriter { try await collector.add($0) })
            } catch let error as ClientGone {
                guard await collector.isFull else { throw error }
            }
            return await collector.bytes
        }
    }
}

/// Where a streamed body goes.
public struct BodyWriter: Sendable {
    private let send: @Sendable ([UInt8]) async throws -> Void

    /// - Parameter send: called with each piece; returns when there is room for another, throws
    ///   `ClientGone` when nobody reads any more.
    public init(send: @escaping @Sendable ([UInt8]) async throws -> Void) {
        self.send = send
    }

    /// Returns once the piece is on its way or in a small buffer; waits while the client reads slowly. Throws
    /// `ClientGone` once the client has left or the server stops.
    public func write(_ bytes: [UInt8]) async throws {
        try await send(bytes)
    }

    public func write(_ event: ServerSentEvent) async throws {
        try await send(event.bytes)
    }
}

/// Nobody reads the streamed body any more.
public struct ClientGone: Error, Sendable {
    public init() {}
}

private actor BodyCollector {
    private(set) var bytes: [UInt8] = []
    private let limitBytes: Int

    init(limitBytes: Int) {
        self.limitBytes = limitBytes
    }

    var isFull: Bool { bytes.count >= limitBytes }

    func add(_ piece: [UInt8]) throws {
        bytes += piece.prefix(limitBytes - bytes.count)
        if isFull { throw ClientGone() }
    }
}
