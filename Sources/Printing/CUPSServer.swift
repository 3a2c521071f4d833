internal import CCups

/// Where a CUPS server listens.
public struct CUPSServer: Hashable, Sendable {
    /// A host name, an address, or the path of a Unix socket.
    var host: String
    var port: Int32

    /// Takes `HOST`, `HOST:PORT`, `[IPv6]:PORT` or the path of a socket; an empty text is the system's own
    /// server. Nil if the text is none of these.
    public init?(_ text: String) {
        if text.isEmpty {
            host = String(cString: cupsServer())
            port = ippPort()
            return
        }
        port = 631
        if text.hasPrefix("/") {
            host = text
            return
        }
        var rest = text[...]
        if rest.first == "[" {
            guard let end = rest.firstIndex(of: "]") else { return nil }
            host = String(rest[rest.index(after: rest.startIndex)..<end])
            rest = rest[rest.index(after: end)...]
        } else {
            host = String(rest.prefix { $0 != ":" })
            rest = rest.dropFirst(host.count)
        }
        guard !host.isEmpty, !host.contains(where: \.isWhitespace) else { return nil }
        guard !rest.isEmpty else { return }
        guard rest.first == ":", let number = UInt16(rest.dropFirst()), number > 0 else { return nil }
        port = Int32(number)
    }
}

extension CUPSServer: CustomStringConvertible {
    public var description: String {
        host.hasPrefix("/") ? host : host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
