import Glibc

/// TCP ports of 127.0.0.1 that were free a moment ago, all different.
///
/// They are below those that the system gives to outgoing connections, of which others may make many before
/// somebody listens here.
func freePorts(_ count: Int) throws -> [UInt16] {
    var held: [Int32] = []
    defer { for socket in held { close(socket) } }
    var ports: [UInt16] = []
    for _ in 0..<(count * 20) where ports.count < count {
        let port = UInt16.random(in: 10_000..<32_000)
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        held.append(socket)
        // Each is held until all are found, so none is found twice.
        if withLoopback(port, { bind(socket, $0, $1) }) == 0 { ports.append(port) }
    }
    guard ports.count == count else { throw Failure("there are no \(count) free ports") }
    return ports
}

/// Whether somebody listens on a port of 127.0.0.1.
func isTaken(_ port: UInt16) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    defer { close(descriptor) }
    return withLoopback(port) { connect(descriptor, $0, $1) } == 0
}
