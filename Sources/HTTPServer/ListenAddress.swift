/// Where a server listens.
public enum ListenAddress: Hashable, Sendable {
    /// Port 0 takes any free one.
    case tcp(host: String, port: UInt16)
    case unix(path: String)
    /// A listening socket that is open already, such as one that systemd passed.
    case descriptor(Int32)

    /// Reads `HOST:PORT`, `[IPv6]:PORT` or `unix:PATH`.
    public init(_ text: String) throws(ListenError) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst(5))
            guard (1...107).contains(path.utf8.count) else {
                throw ListenError(
                    address: text, reason: "The path of a Unix socket has 1 to 107 bytes.")
            }
            self = .unix(path: path)
            return
        }
        guard let colon = text.lastIndex(of: ":"),
            let port = UInt16(text[text.index(after: colon)...])
        else {
            throw ListenError(
                address: text,
                reason:
                    "An address to listen on looks like 127.0.0.1:8080, [::1]:8080 or unix:/run/name.sock.")
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            throw ListenError(address: text, reason: "Write an IPv6 address in brackets: [::1]:8080.")
        }
        guard !host.isEmpty else {
            throw ListenError(
                address: text, reason: "The host is missing; 0.0.0.0 listens on every IPv4 address.")
        }
        self = .tcp(host: String(host), port: port)
    }
}

extension ListenAddress: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path): "unix:\(path)"
        case .descriptor(let descriptor): "descriptor \(descriptor)"
        }
    }
}

/// Why nobody listens on an address, and what to do about it.
public struct ListenError: Error, Sendable, CustomStringConvertible {
    public let address: String
    /// Whole sentences for the operator.
    public let reason: String

    public var description: String { "Can't listen on \(address). \(reason)" }
}
