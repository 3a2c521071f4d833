/// One request, whole: its body has arrived and is within the limit of its route, except where the route takes an
/// upload.
public struct Request: Sendable {
    public var method: Method
    /// The path as it was sent, percent-encoded, without the query.
    public var path: String
    /// What stands between the slashes of the path, each percent-decoded; one may hold a slash itself.
    public var segments: [String]
    public var query: FormFields
    public var headers: Headers
    public var body: [UInt8]
    /// The body where the route takes an upload; has no pieces elsewhere.
    public var upload = UploadReader([])
    /// The client's address as text, such as `192.0.2.7` or `2001:db8::1`; `unixAddress` on a Unix socket.
    public var remoteAddress: String
    /// Names this request in log lines; at most 15 characters, unique while the server runs.
    public var id: String
    /// What is wrong with the address of the request; the router answers with it.
    var fault: RequestError?

    /// What stands for the address of a peer on a Unix socket, which has none.
    public static let unixAddress = "unix"

    /// Never fails: a router answers a target with wrong percent-encoding with 400.
    ///
    /// - Parameter target: the path and query as sent, such as `/e/demo?page=2`.
    public init(
        _ method: Method, _ target: String, headers: Headers = [:], body: [UInt8] = [],
        remoteAddress: String = "127.0.0.1", id: String = "-"
    ) {
        self.method = method
        self.headers = headers
        self.body = body
        self.remoteAddress = remoteAddress
        self.id = id
        let target = RequestTarget(target)
        path = target.path
        segments = target.segments
        query = target.query
        fault = target.fault
    }

    /// The fields of an HTML form in the body.
    ///
    /// Throws `RequestError`: 415 if the body is no such form, 400 or 413 if it can't be read.
    public func form() throws(RequestError) -> FormFields {
        let type = headers["Content-Type"] ?? ""
        let media = type.prefix { $0 != ";" }.filter { $0 != " " }
        guard media.equalsIgnoringCase("application/x-www-form-urlencoded") else {
            throw RequestError(
                .unsupportedMediaType, "This address takes a form: application/x-www-form-urlencoded.")
        }
        return try FormFields(parsing: body)
    }

    /// The path and query as they are sent.
    public var target: String {
        query.isEmpty ? path : path + "?" + query.encoded
    }
}
