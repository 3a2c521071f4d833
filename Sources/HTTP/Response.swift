/// An answer; the server adds `Date`, `Content-Length` and what its connection needs.
public struct Response: Sendable {
    public var status: Status
    public var headers: Headers
    public var body: Body
    /// How much a streamed body comes to, where that is known: the client is told and can show how far it is.
    public var streamedBytes: UInt64?

    public init(_ status: Status, headers: Headers = [:], body: Body = .bytes([])) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    public static func text(_ text: String, status: Status = .ok) -> Response {
        bytes(Array(text.utf8), type: "text/plain; charset=utf-8", status: status)
    }

    public static func html(_ text: String, status: Status = .ok) -> Response {
        bytes(Array(text.utf8), type: "text/html; charset=utf-8", status: status)
    }

    /// - Parameter bytes: JSON text in UTF-8.
    public static func json(_ bytes: [UInt8], status: Status = .ok) -> Response {
        self.bytes(bytes, type: "application/json", status: status)
    }

    public static func bytes(_ bytes: [UInt8], type: String, status: Status = .ok) -> Response {
        Response(status, headers: ["Content-Type": type], body: .bytes(bytes))
    }

    /// After a POST: the browser fetches `target` with GET. `target` is percent-encoded already.
    public static func redirect(to target: String) -> Response {
        Response(.seeOther, headers: ["Location": target])
    }

    /// Server-sent events that `stream` writes until it returns or the client is gone.
    public static func events(_ stream: @escaping @Sendable (BodyWriter) async throws -> Void) -> Response {
        Response(
            .ok, headers: ["Content-Type": "text/event-stream", "Cache-Control": "no-store"],
            body: .stream(stream))
    }

    /// The same answer with one header set, for chains such as `.text("…").with("Cache-Control", "no-store")`.
    public func with(_ name: String, _ value: String) -> Response {
        var response = self
        response.headers[name] = value
        return response
    }
}
