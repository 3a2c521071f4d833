import Glibc

/// A socket's own or its peer's address, whatever its family.
struct SocketAddress {
    private var storage = sockaddr_storage()
    private(set) var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

    var family: Int32 { Int32(storage.ss_family) }

    /// Looks a TCP address up; the host is a number or a name that the system knows.
    static func tcp(host: String, port: UInt16) throws(ListenError) -> SocketAddress {
        var hints = addrinfo()
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var results: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, String(port), &hints, &results)
        defer { if results != nil { freeaddrinfo(results) } }
        guard code == 0, let first = results?.pointee, let found = first.ai_addr else {
            throw ListenError(
                "\(host) is no address of this machine: \(String(cString: gai_strerror(code))).")
        }
        var address = SocketAddress()
        address.length = first.ai_addrlen
        withUnsafeMutableBytes(of: &address.storage) {
            $0.copyMemory(from: UnsafeRawBufferPointer(start: found, count: Int(first.ai_addrlen)))
        }
        return address
    }

    static func unix(path: String) throws(ListenError) -> SocketAddress {
        var address = SocketAddress()
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        let isTooLong = withUnsafeMutableBytes(of: &name.sun_path) { bytes in
            guard path.utf8.count < bytes.count else { return true }
            bytes.copyBytes(from: path.utf8)
            return false
        }
        if isTooLong { throw ListenError("The path of a Unix socket is at most 107 bytes: \(path).") }
        address.length = socklen_t(MemoryLayout<sockaddr_un>.size)
        withUnsafeMutableBytes(of: &address.storage) { storage in
            withUnsafeBytes(of: name) { storage.copyMemory(from: $0) }
        }
        return address
    }

    /// What a socket is bound to.
    static func own(of socket: Int32) -> SocketAddress {
        read { getsockname(socket, $0, $1) }
    }

    /// Lets a call such as `accept` fill in an address.
    static func read(_ call: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Void)
        -> SocketAddress
    {
        var address = SocketAddress()
        var length = address.length
        withUnsafeMutablePointer(to: &address.storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { call($0, &length) }
        }
        address.length = length
        return address
    }

    /// Lends the address to a call such as `bind`.
    func lend<Value>(_ call: (UnsafePointer<sockaddr>, socklen_t) -> Value) -> Value {
        withUnsafePointer(to: storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { call($0, length) }
        }
    }

    /// The numeric address and the port; nil if it is no IP address. An IPv4 address that came in over an IPv6
    /// socket is written as itself.
    var internet: (host: String, port: UInt16)? {
        switch family {
        case AF_INET:
            var address = withUnsafeBytes(of: storage) { $0.load(as: sockaddr_in.self) }
            return (SocketAddress.text(AF_INET, &address.sin_addr), UInt16(bigEndian: address.sin_port))
        case AF_INET6:
            var address = withUnsafeBytes(of: storage) { $0.load(as: sockaddr_in6.self) }
            let text = SocketAddress.text(AF_INET6, &address.sin6_addr)
            let isMapped = text.hasPrefix("::ffff:") && text.contains(".")
            return (isMapped ? String(text.dropFirst(7)) : text, UInt16(bigEndian: address.sin6_port))
        default:
            return nil
        }
    }

    private static func text(_ family: Int32, _ address: UnsafeRawPointer) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { buffer in
            guard
                let text = inet_ntop(family, address, buffer.baseAddress, socklen_t(INET6_ADDRSTRLEN))
            else { return "" }
            return String(cString: text)
        }
    }
}
