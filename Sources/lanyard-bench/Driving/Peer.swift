import Glibc

/// A TCP connection to 127.0.0.1 that never blocks, and what came over it and is not yet understood.
final class Peer {
    static let bufferBytes = 256 << 10

    let descriptor: Int32
    /// Which of the connections of a load it is.
    let number: Int
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Peer.bufferBytes, alignment: 16)
    private var start = 0
    private var end = 0

    init(port: UInt16, number: Int = 0) throws {
        self.number = number
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        guard withLoopback(port, { connect(descriptor, $0, $1) }) == 0 else {
            throw Failure("port \(port) can't be connected to: \(describe(errno))")
        }
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    deinit {
        close(descriptor)
        buffer.deallocate()
    }

    /// Sends all of it; what is sent here is so little at a time that the kernel takes it at once, as a rule.
    func send(_ bytes: UnsafeRawBufferPointer) throws {
        var sent = 0
        while sent < bytes.count {
            let count = Glibc.send(
                descriptor, bytes.baseAddress?.advanced(by: sent), bytes.count - sent,
                Int32(MSG_NOSIGNAL))
            if count >= 0 {
                sent += count
            } else if errno == EAGAIN {
                var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                guard poll(&wanted, 1, 5_000) > 0 else { throw Failure("a peer takes nothing in for 5 s") }
            } else if errno != EINTR {
                throw Failure("a connection broke while sending: \(describe(errno))")
            }
        }
    }

    /// Reads what is there.
    func receive() throws {
        if start == end { (start, end) = (0, 0) }
        if end > Peer.bufferBytes / 2, start > 0 {
            buffer.copyMemory(from: received)
            (start, end) = (0, end - start)
        }
        guard end < Peer.bufferBytes else { throw Failure("an answer is too long") }
        let count = recv(descriptor, buffer.baseAddress?.advanced(by: end), Peer.bufferBytes - end, 0)
        if count > 0 {
            end += count
        } else if count == 0 {
            throw Failure("the other side hung up")
        } else if errno != EAGAIN, errno != EINTR {
            throw Failure("a connection broke while reading: \(describe(errno))")
        }
    }

    /// What came and was not dropped yet; good until the next `receive`.
    var received: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: buffer[start..<end]) }

    func drop(_ count: Int) { start += count }
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
