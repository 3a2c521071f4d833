import Glibc
import HTTP

/// Socket addresses of the kernel as texts.
enum SocketAddress {
    /// Where the descriptor is bound.
    static func local(of descriptor: Int32) -> ListenAddress? {
        var storage = sockaddr_storage()
        let family = withPointer(to: &storage) { getsockname(descriptor, $0, $1) }
        switch family {
        case AF_INET, AF_INET6:
            guard let host = host(of: &storage) else { return nil }
            return .tcp(host: host, port: port(of: &storage))
        default: return nil
        }
    }

    /// The peer as `Request.remoteAddress` has it.
    static func peer(of storage: inout sockaddr_storage) -> String {
        let text = host(of: &storage) ?? Request.unixAddress
        // An IPv4 client on an IPv6 socket is the same client.
        return text.hasPrefix("::ffff:") && text.contains(".") ? String(text.dropFirst(7)) : text
    }

    private static func host(of storage: inout sockaddr_storage) -> String? {
        let family = Int32(storage.ss_family)
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { text in
            let result: UnsafePointer<CChar>? = withUnsafePointer(to: &storage) { pointer in
                switch family {
                case AF_INET:
                    pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { address in
                        withUnsafePointer(to: address.pointee.sin_addr) {
                            inet_ntop(family, $0, text.baseAddress, socklen_t(text.count))
                        }
                    }
                case AF_INET6:
                    pointer.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { address in
                        withUnsafePointer(to: address.pointee.sin6_addr) {
                            inet_ntop(family, $0, text.baseAddress, socklen_t(text.count))
                        }
                    }
                default: nil
                }
            }
            return result.map { String(cString: $0) }
        }
    }

    private static func port(of storage: inout sockaddr_storage) -> UInt16 {
        // IPv4 and IPv6 addresses both have their port in the second 16-bit word.
        withUnsafeBytes(of: &storage) { UInt16(bigEndian: $0.load(fromByteOffset: 2, as: UInt16.self)) }
    }

    /// Calls a function that fills in an address; its family, or -1 if it failed.
    private static func withPointer(
        to storage: inout sockaddr_storage,
        _ call: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
    ) -> Int32 {
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let status = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { call($0, &size) }
        }
        return status == 0 ? Int32(storage.ss_family) : -1
    }

    /// Lends the address of a Unix socket; the path has at most 107 bytes.
    static func withUnix<Result>(
        path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
