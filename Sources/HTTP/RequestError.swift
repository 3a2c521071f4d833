/// Why a request gets no ordinary answer, thrown by handlers and by this room, shown by the router's error page.
public struct RequestError: Error, Sendable {
    public var status: Status
    /// Plain words for whoever sent the request.
    public var sentence: String
    /// Added to the answer's headers, such as `Retry-After`.
    public var headers: Headers

    public init(_ status: Status, _ sentence: String, headers: Headers = [:]) {
        self.status = status
        self.sentence = sentence
        self.headers = headers
    }

    public static func badRequest(_ sentence: String) -> RequestError {
        RequestError(.badRequest, sentence)
    }

    public static var notFound: RequestError {
        RequestError(.notFound, "There is nothing at this address.")
    }

    public static func methodNotAllowed(_ method: Method, allowed: [Method]) -> RequestError {
        let list = allowed.map(\.rawValue).joined(separator: ", ")
        return RequestError(
            .methodNotAllowed, "This address takes \(list), not \(method.rawValue.prefix(20)).",
            headers: ["Allow": list])
    }

    public static func contentTooLarge(limitBytes: Int) -> RequestError {
        let size =
            switch limitBytes {
            case (1 << 20)...: "\(limitBytes >> 20) MiB"
            case let bytes where bytes % 1_024 == 0: "\(bytes / 1_024) KiB"
            case let bytes: "\(bytes) bytes"
            }
        return RequestError(.contentTooLarge, "This request is too large: at most \(size) may be sent here.")
    }

    /// Too much is going on; the client may try again later.
    public static func unavailable(_ sentence: String, retryAfterSeconds: Int) -> RequestError {
        RequestError(.serviceUnavailable, sentence, headers: ["Retry-After": String(retryAfterSeconds)])
    }
}

/// Shows an error that a handler threw or that the router found: a `RequestError` is the client's business, anything
/// else is a fault of ours, whose details are for the log alone.
public typealias ErrorPage = @Sendable (any Error, Request) -> Response

extension Response {
    /// The error in one plain line of text; what a router shows if nobody sets its `errorPage`.
    public static func plainError(_ error: any Error) -> Response {
        guard let known = error as? RequestError else {
            return .text("Something went wrong here. Please try again.\n", status: .internalServerError)
        }
        var response = Response.text(known.sentence + "\n", status: known.status)
        for field in known.headers.fields { response.headers.add(field.name, field.value) }
        return response
    }
}
