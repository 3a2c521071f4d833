/// A cookie to set (RFC 6265), which other sites' forms don't send along (`SameSite=Lax`). Values are percent-encoded on the way out and decoded by `Request.cookie(_:)`.
public struct Cookie: Sendable {
    public var name: String
    public var value: String
    public var path: String
    /// Nil: until the browser closes; 0 deletes it.
    public var maxAgeSeconds: Int?
    /// Sent back over TLS alone; set it wherever the public address is https.
    public var isSecure: Bool

    public init(
        _ name: String, _ value: String, path: String = "/", maxAgeSeconds: Int? = nil, isSecure: Bool
    ) {
        self.name = name
        self.value = value
        self.path = path
        self.maxAgeSeconds = maxAgeSeconds
        self.isSecure = isSecure
    }

    /// The value of its `Set-Cookie` header.
    public var headerValue: String {
        var text = "\(name)=\(PercentEncoding.encode(value)); Path=\(path); SameSite=Lax; HttpOnly"
        if let maxAgeSeconds { text += "; Max-Age=\(maxAgeSeconds)" }
        if isSecure { text += "; Secure" }
        return text
    }
}

extension Response {
    public mutating func set(_ cookie: Cookie) {
        headers.add("Set-Cookie", cookie.headerValue)
    }
}

extension Request {
    /// The value of the first cookie of that name; as sent if it is not percent-encoded.
    public func cookie(_ name: String) -> String? {
        for header in headers.all("Cookie") {
            for pair in header.utf8.split(separator: UInt8(ascii: ";")) {
                let pair = pair.drop { $0 == 0x20 }
                guard let equals = pair.firstIndex(of: UInt8(ascii: "=")),
                    pair[..<equals].elementsEqual(name.utf8)
                else { continue }
                var value = Substring(pair[pair.index(after: equals)...])
                if value.count >= 2, value.first == "\"", value.last == "\"" {
                    value = value.dropFirst().dropLast()
                }
                var text = String(value)
                let decoded = text.withUTF8 { bytes in
                    try? PercentEncoding.decode(bytes, plusIsSpace: false)
                }
                return decoded ?? text
            }
        }
        return nil
    }
}
