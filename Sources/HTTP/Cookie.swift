/// A cookie to set (RFC 6265). Values are percent-encoded on the way out and decoded by `Request.cookie(_:)`.
public struct Cookie: Sendable {
    public enum SameSite: String, Sendable {
        case strict = "Strict"
        case lax = "Lax"
    }

    public var name: String
    public var value: String
    public var path: String
    /// Nil: until the browser closes; 0 deletes it.
    public var maxAgeSeconds: Int?
    public var isHTTPOnly: Bool
    /// Sent back over TLS alone; set it wherever the public address is https.
    public var isSecure: Bool
    public var sameSite: SameSite

    public init(
        _ name: String, _ value: String, path: String = "/", maxAgeSeconds: Int? = nil,
        isHTTPOnly: Bool = true, isSecure: Bool, sameSite: SameSite = .lax
    ) {
        self.name = name
        self.value = value
        self.path = path
        self.maxAgeSeconds = maxAgeSeconds
        self.isHTTPOnly = isHTTPOnly
        self.isSecure = isSecure
        self.sameSite = sameSite
    }

    /// The value of its `Set-Cookie` header.
    public var headerValue: String {
        var text = "\(name)=\(PercentEncoding.encode(value)); Path=\(path); SameSite=\(sameSite.rawValue)"
        if let maxAgeSeconds { text += "; Max-Age=\(maxAgeSeconds)" }
        if isHTTPOnly { text += "; HttpOnly" }
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
