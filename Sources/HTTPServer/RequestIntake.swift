import HTTP

/// Takes in one request, piece by piece, and says when it is refused. Knows nothing of sockets.
struct RequestIntake {
    private(set) var request: Request
    let match: RouteMatch
    private let bodyLimitBytes: Int

    /// - Parameter headerBytes: the request line and all header fields as they came.
    init(request: Request, match: RouteMatch, limits: ServerLimits) {
        self.request = request
        self.match = match
        bodyLimitBytes = match.bodyLimitBytes ?? limits.bodyBytes
    }

    /// Why the request is refused on its headers alone, or nil.
    func refusal(
        version: String, headerBytes: Int, hasWellFormedHeaders: Bool, limits: ServerLimits
    ) -> RequestError? {
        if headerBytes > limits.headerBytes {
            return RequestError(
                .requestHeaderFieldsTooLarge,
                "The headers of this request are too large: at most \(limits.headerBytes / 1_024) KiB are taken."
            )
        }
        // What we read as a header another server on the way may not have, or the other way round (RFC 9112, 5.1).
        guard hasWellFormedHeaders else {
            return .badRequest("A header of this request has characters that no header may have.")
        }
        let hosts = request.headers.all("Host").count
        guard hosts == 1 || (hosts == 0 && version == "HTTP/1.0") else {
            return .badRequest("A request names the host that it is for, once.")
        }
        let lengths = request.headers.all("Content-Length")
        let encodings = request.headers.all("Transfer-Encoding")
        // Two readings of where a request ends let one request hide in another (RFC 9112, 11.2).
        if lengths.count + encodings.count > 1 {
            return .badRequest("The length of this request's body is given twice.")
        }
        if let encoding = encodings.first, encoding.lowercased() != "chunked" {
            return .badRequest("The only Transfer-Encoding taken here is chunked.")
        }
        if let length = lengths.first {
            guard !length.isEmpty, length.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
                return .badRequest("The Content-Length of this request is not a number.")
            }
            if Int(length) ?? .max > bodyLimitBytes { return .contentTooLarge(limitBytes: bodyLimitBytes) }
        }
        return nil
    }

    /// Adds a piece of the body; returns why the request is refused, or nil.
    mutating func take(_ piece: UnsafeRawBufferPointer) -> RequestError? {
        guard request.body.count + piece.count <= bodyLimitBytes else {
            request.body = []
            return .contentTooLarge(limitBytes: bodyLimitBytes)
        }
        request.body.append(contentsOf: piece)
        return nil
    }
}
