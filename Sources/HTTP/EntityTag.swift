/// Names one state of a resource (RFC 9110, 8.8.3), for answers that a browser may keep.
public struct EntityTag: Hashable, Sendable {
    /// Without quotes; must not hold any.
    public let text: String

    public init(_ text: String) {
        self.text = text
    }

    public var headerValue: String {
        "\"" + text + "\""
    }
}

extension Request {
    /// Whether the client says that it has this state already. Compares weakly, as RFC 9110, 13.1.2 has it.
    public func has(_ tag: EntityTag) -> Bool {
        headers.all("If-None-Match").contains { list in
            list.split(separator: ",").contains { item in
                var item = item.drop { $0 == " " }
                while item.last == " " { item.removeLast() }
                if item == "*" { return true }
                if item.hasPrefix("W/") { item = item.dropFirst(2) }
                return item.count >= 2 && item.first == "\"" && item.last == "\""
                    && item.dropFirst().dropLast() == tag.text
            }
        }
    }
}

extension Response {
    /// The answer marked with its state; 304 without a body if a GET or HEAD comes from a client that has it.
    public func tagged(_ tag: EntityTag, for request: Request) -> Response {
        var response = with("ETag", tag.headerValue)
        guard status == .ok, request.method == .get || request.method == .head, request.has(tag) else {
            return response
        }
        response.status = .notModified
        response.headers["Content-Type"] = nil
        response.body = .bytes([])
        return response
    }
}
