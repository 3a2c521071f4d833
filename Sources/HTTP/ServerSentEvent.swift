/// One event of a `text/event-stream` (HTML standard, 9.2).
public struct ServerSentEvent: Sendable {
    /// What a client that reconnects sends as `Last-Event-ID`; nil leaves it as it was.
    public var id: String?
    /// The event's name; nil means `message`.
    public var event: String?
    /// May have several lines.
    public var data: String

    public init(id: String? = nil, event: String? = nil, data: String) {
        self.id = id
        self.event = event
        self.data = data
    }

    /// A comment that keeps the connection alive and shows whether the client is still there.
    public static let heartbeat: [UInt8] = Array(": still here\n\n".utf8)

    /// Tells the browser how long to wait before it connects again.
    public static func retry(afterMilliseconds milliseconds: Int) -> [UInt8] {
        Array("retry: \(milliseconds)\n\n".utf8)
    }

    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(data.utf8.count + 64)
        if let id { ServerSentEvent.append("id: ", id, to: &bytes) }
        if let event { ServerSentEvent.append("event: ", event, to: &bytes) }
        // `Character` counts CRLF as one line end; a lone CR ends a line for a browser too.
        for line in data.split(omittingEmptySubsequences: false, whereSeparator: { $0.isLineEnd }) {
            bytes += "data: ".utf8
            bytes += line.utf8
            bytes.append(UInt8(ascii: "\n"))
        }
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    private static func append(_ field: String, _ value: String, to bytes: inout [UInt8]) {
        bytes += field.utf8
        // The standard ignores an id with NUL, and a line end would begin another field.
        bytes += value.utf8.lazy.filter { $0 != 0x0A && $0 != 0x0D && $0 != 0 }
        bytes.append(UInt8(ascii: "\n"))
    }
}

extension Character {
    fileprivate var isLineEnd: Bool { self == "\n" || self == "\r" || self == "\r\n" }
}

extension Request {
    /// The id of the last event that a reconnecting follower got.
    public var lastEventID: String? { headers["Last-Event-ID"] }
}
