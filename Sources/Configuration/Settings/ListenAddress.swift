/// Where something listens: a port of an address of this machine, or a Unix socket.
public enum ListenAddress: Hashable, Sendable {
    /// Port 0 takes any free one.
    case tcp(host: String, port: UInt16)
    case unix(path: String)

    /// Reads `HOST:PORT`, `[IPV6]:PORT` or `unix:PATH`.
    public init(_ text: String) throws(InvalidText) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst(5))
            // unix(7): sun_path has 108 bytes, the last of them a zero.
            guard (1...107).contains(path.utf8.count) else {
                throw InvalidText("has a socket's path of \(path.utf8.count) bytes; 1 to 107 are taken")
            }
            self = .unix(path: path)
            return
        }
        let invalid = InvalidText(
            "is to be an address and a port, such as \"127.0.0.1:8080\" or \"[::1]:8080\", or \"unix:PATH\", "
                + "not \"\(text.prefix(80))\"")
        guard let colon = text.lastIndex(of: ":") else { throw invalid }
        let digits = text[text.index(after: colon)...]
        guard !digits.isEmpty, digits.allSatisfy({ ("0"..."9").contains($0) }) else { throw invalid }
        guard let port = UInt16(digits) else {
            throw InvalidText("has the port \(digits.prefix(12)); the highest is 65535")
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
            guard IPAddress(String(host))?.isVersion4 == false else { throw invalid }
        } else {
            guard host == "localhost" || IPAddress(String(host))?.isVersion4 == true else { throw invalid }
        }
        self = .tcp(host: String(host), port: port)
    }

    /// Whether only one of the two can be listened on.
    public func clashes(with other: ListenAddress) -> Bool {
        switch (self, other) {
        case (.unix(let path), .unix(let otherPath)): return path == otherPath
        case (.tcp(let host, let port), .tcp(let otherHost, let otherPort)):
            guard port == otherPort, port != 0 else { return false }
            let hosts = [host, otherHost].map { $0 == "localhost" ? "127.0.0.1" : $0 }
            return hosts[0] == hosts[1] || hosts.contains("::")
                || (hosts.contains("0.0.0.0") && !hosts.contains { $0.contains(":") })
        default: return false
        }
    }
}

extension ListenAddress: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }
}
