import Glibc
import Synchronization

/// TCP ports of 127.0.0.1 that nothing listens on.
public enum FreePort {
    private static let given = Mutex<Set<UInt16>>([])

    /// A port that was free a moment ago and that no other test of this process was given.
    public static func find() throws -> UInt16 {
        for _ in 0..<100 {
            let port = try unused()
            if given.withLock({ $0.insert(port).inserted }) { return port }
        }
        throw ProgramFailure.notStarted("a free port", errno: EADDRINUSE)
    }

    private static func unused() throws -> UInt16 {
        let listener = try Listener(port: 0)
        return try listener.port()
    }

    /// Whether somebody listens on the port.
    public static func isTaken(_ port: UInt16) -> Bool {
        let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(handle) }
        return withLoopback(port) { connect(handle, $0, $1) } == 0
    }
}

/// A TCP socket that listens on 127.0.0.1, closed when this goes.
final class Listener: Sendable {
    let handle: Int32

    init(port: UInt16) throws {
        handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var on: Int32 = 1
        setsockopt(handle, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        // As little as a printer takes at once: who hangs up then has not swallowed everything already.
        var bytes: Int32 = 4_096
        setsockopt(handle, SOL_SOCKET, SO_RCVBUF, &bytes, socklen_t(MemoryLayout<Int32>.size))
        guard withLoopback(port, { bind(handle, $0, $1) }) == 0, listen(handle, 64) == 0 else {
            let number = errno
            close(handle)
            throw ProgramFailure.notStarted("listening on port \(port)", errno: number)
        }
    }

    deinit { close(handle) }

    func port() throws -> UInt16 {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let failed = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(handle, $0, &length) }
        }
        guard failed == 0 else { throw ProgramFailure.notStarted("getsockname", errno: errno) }
        return UInt16(bigEndian: address.sin_port)
    }
}

func withLoopback<R>(_ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
}
