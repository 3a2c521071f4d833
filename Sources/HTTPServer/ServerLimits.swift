/// Everything the server bounds, in one place.
public struct ServerLimits: Sendable {
    /// The request line and all header fields; past it 431.
    public var headerBytes = 16 << 10
    /// A request's body, where its route says nothing else; past it 413.
    public var bodyBytes = 64 << 10
    /// Open connections; one more is told so and closed.
    public var connections = 4_096
    /// Open connections of one IPv4 address or IPv6 network of 64 bits; 0 means any number. Trusted proxies and
    /// Unix sockets are not counted.
    public var connectionsPerAddress = 64
    /// From the first line of a request, or from the connection's start, to the body's last byte.
    public var requestSeconds = 30.0
    /// How long a connection may be silent between requests, or while an answer is being read.
    public var idleSeconds = 30
    /// What a stream may write ahead of a client that reads slowly.
    public var streamBufferBytes = 64 << 10
    /// What of an upload may wait for a handler that takes it in slowly.
    public var uploadBufferBytes = 256 << 10
    /// How much of a refused body is read and dropped, so that the client gets to read why it was refused.
    public var drainedBytes = 1 << 20

    public init() {}

    /// What libmicrohttpd may use for one connection: the header's text, and half as much for its parts and for
    /// the header of the answer. All of it is zeroed between requests, so more would cost time.
    var connectionMemoryBytes: Int { headerBytes * 3 / 2 }
}
