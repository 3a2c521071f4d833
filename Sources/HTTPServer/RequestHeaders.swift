internal import CMicrohttpd
import HTTP

/// Copies the header fields of a request out of libmicrohttpd.
enum RequestHeaders {
    static func read(from connection: OpaquePointer) -> Headers {
        var headers = Headers()
        headers.reserveCapacity(16)
        withUnsafeMutablePointer(to: &headers) { headers in
            _ = MHD_get_connection_values_n(
                connection, .HEADER_KIND,
                { context, _, name, nameBytes, value, valueBytes in
                    context?.assumingMemoryBound(to: Headers.self).pointee.add(
                        RequestHeaders.text(name, nameBytes), RequestHeaders.text(value, valueBytes))
                    return .YES
                }, headers)
        }
        return headers
    }

    /// Bytes that are no UTF-8 become U+FFFD; no header that we read may have any.
    private static func text(_ start: UnsafePointer<CChar>?, _ count: Int) -> String {
        String(decoding: UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count), as: UTF8.self)
    }
}
