/// The limits that an operator may set; those that scanners, forms and tables rely on are fixed in the rooms
/// that keep them.
public struct Limits: Hashable, Sendable {
    /// The request line and headers of one HTTP request, in bytes.
    public var httpHeaderBytes = 16 * 1_024
    /// The body of one HTTP request, in bytes.
    public var httpBodyBytes = 64 * 1_024
    /// HTTP connections at once.
    public var httpConnections = 4_096
    /// HTTP connections at once from one address.
    public var httpConnectionsPerAddress = 64
    /// How long one whole HTTP request may take to arrive, in seconds.
    public var requestSeconds = 30
    /// Pages and programs that follow events live at once.
    public var liveFollowers = 1_000
    /// Writes that wait for the writer at once.
    public var waitingWrites = 10_000
    /// Connections at once to a door that has no `max_connections` of its own.
    public var doorConnections = 256
    /// Registrations without a token, from one address in a minute.
    public var publicRegistrationsPerMinute = 20
    /// Sign-in attempts from one address, and for one account, in a minute.
    public var signInAttemptsPerMinute = 10
    /// Scans at one door that are nobody's code and kept, in a minute.
    public var unknownCodesPerMinute = 1_200

    public init() {}

    private typealias Path = any WritableKeyPath<Limits, Int> & Sendable

    /// Every key of `[limits]`: where it is kept and what it may be set to.
    private static let keys: [(key: String, path: Path, range: ClosedRange<Int>)] = [
        ("http_header_bytes", \.httpHeaderBytes, 1_024...1 << 20),
        ("http_body_bytes", \.httpBodyBytes, 16 * 1_024...64 << 20),
        ("http_connections", \.httpConnections, 8...100_000),
        ("http_connections_per_address", \.httpConnectionsPerAddress, 1...100_000),
        ("request_seconds", \.requestSeconds, 1...3_600),
        ("live_followers", \.liveFollowers, 0...100_000),
        ("waiting_writes", \.waitingWrites, 100...1_000_000),
        ("door_connections", \.doorConnections, 1...10_000),
        ("public_registrations_per_minute", \.publicRegistrationsPerMinute, 1...1_000_000),
        ("sign_in_attempts_per_minute", \.signInAttemptsPerMinute, 1...10_000),
        ("unknown_codes_per_minute", \.unknownCodesPerMinute, 1...1_000_000),
    ]

    init(_ reader: TableReader) {
        self.init()
        for (key, path, range) in Limits.keys {
            if let number = reader.integer(key, in: range) { self[keyPath: path] = number }
        }
        reader.finish()
    }
}
