internal import CMicrohttpd
import HTTP

/// Copies the header fields of a request out of libmicrohttpd.
struct RequestHeaders {
    private(set) var headers = Headers()
    /// Whether each name is a token, and no value has control characters but tabs (RFC 9110, 5.1 and 5.5).
    private(set) var areWellFormed = true

    init(from connection: OpaquePointer) {
        headers.reserveCapacity(16)
        withUnsafeMutablePointer(to: &self) { read in
            _ = MHD_get_connection_values_n(
                connection, .HEADER_KIND,
                { context, _, name, nameBytes, value, valueBytes in
                    context?.assumingMemoryBound(to: RequestHeaders.self).pointee.add(
                        UnsafeRawBufferPointer(start: name, count: name == nil ? 0 : nameBytes),
                        UnsafeRawBufferPointer(start: value, count: value == nil ? 0 : valueBytes))
                    return .YES
                }, read)
        }
    }

    /// Bytes that are no UTF-8 become U+FFFD; no header that we read may have any.
    private mutating func add(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
        if name.isEmpty || !name.allSatisfy(\.isOfToken) || !value.allSatisfy(\.isOfValue) {
            areWellFormed = false
        }
        headers.add(String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self))
    }
}

extension UInt8 {
    /// Whether it may stand in a token (RFC 9110, 5.6.2).
    fileprivate var isOfToken: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+.^_`|~".utf8.contains(self)
        }
    }

    /// Whether it may stand in a field's value.
    fileprivate var isOfValue: Bool { (self >= 0x20 && self != 0x7F) || self == 0x09 }
}
