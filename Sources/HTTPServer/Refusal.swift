import Glibc
import HTTP

/// An answer written to the socket by hand, where libmicrohttpd can't send one: before it has read the whole
/// request, or instead of serving a connection at all.
struct Refusal {
    private let bytes: [UInt8]

    init(_ response: Response) {
        // A body that does not fit a fresh socket's buffer would come out torn.
        var body = "\(response.status.phrase)\n"[...].utf8.map { $0 }
        if case .bytes(let whole) = response.body, whole.count <= 16 << 10 { body = whole }
        var text = "HTTP/1.1 \(response.status.rawValue) \(response.status.phrase)\r\n"
        for field in response.headers.fields { text += "\(field.name): \(field.value)\r\n" }
        text += "Date: \(Refusal.date())\r\nContent-Length: \(body.count)\r\nConnection: close\r\n\r\n"
        bytes = Array(text.utf8) + body
    }

    /// Sends what the socket takes at once and ends our side of the conversation.
    func send(to descriptor: Int32) {
        _ = bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, flags) }
        shutdown(descriptor, Int32(SHUT_WR))
    }

    private var flags: Int32 { Int32(MSG_DONTWAIT | MSG_NOSIGNAL) }

    /// The date as HTTP has it (RFC 9110, 5.6.7).
    private static func date() -> String {
        var now = time(nil)
        var parts = tm()
        gmtime_r(&now, &parts)
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 40) { text in
            strftime(text.baseAddress, text.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
            return text.baseAddress.map { String(cString: $0) } ?? ""
        }
    }
}
