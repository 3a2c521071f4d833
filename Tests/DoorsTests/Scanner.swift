import Glibc

@testable import Doors

/// A scanner's side of a door's connection; every call waits for at most ten seconds.
final class Scanner: Sendable {
    private let socket: Descriptor

    /// Connects from the local address given.
    init(_ address: DoorAddress, receiveBuffer: Int32? = nil) throws {
        let target: SocketAddress
        switch address {
        case .tcp(let host, let port): target = try SocketAddress.tcp(host: host, port: port)
        case .unix(let path): target = try SocketAddress.unix(path: path)
        case .descriptor: throw ListenError("A test can't connect to \(address).")
        }
        socket = Descriptor(Glibc.socket(target.family, Int32(SOCK_STREAM.rawValue), 0))
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(socket.number, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
        setsockopt(socket.number, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
        if var receiveBuffer { setsockopt(socket.number, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, 4) }
        guard target.lend({ connect(socket.number, $0, $1) }) == 0 else {
            throw ListenError("connect to \(address)", errno)
        }
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    /// Sends until the door takes no more for ten seconds; says how much it took.
    @discardableResult
    func send(_ bytes: [UInt8], flags: Int32 = 0) -> Int {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(
                    socket.number, $0.baseAddress.map { $0 + sent }, $0.count - sent,
                    flags | Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { break }
            sent += count
        }
        return sent
    }

    /// Sends as much as the door's system takes without waiting.
    func sendWithoutWaiting(_ bytes: [UInt8]) -> Int { send(bytes, flags: Int32(MSG_DONTWAIT)) }

    /// The next so many lines, fewer if the door closes or is silent for ten seconds; ends are left out.
    func lines(_ count: Int) -> [String] {
        var bytes: [UInt8] = []
        var lines = 0
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while lines < count {
            // Only what is asked for is taken, so that the rest stays for the next call.
            let peeked = recv(socket.number, &buffer, buffer.count, Int32(MSG_PEEK))
            if peeked <= 0 { break }
            var taken = 0
            while taken < peeked && lines < count {
                if buffer[taken] == UInt8(ascii: "\n") { lines += 1 }
                taken += 1
            }
            recv(socket.number, &buffer, taken, 0)
            bytes += buffer[..<taken]
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").map(String.init)
    }

    func line() -> String? { lines(1).first }

    /// Whether the door has closed its side; waits for that.
    func isClosed() -> Bool {
        var byte: UInt8 = 0
        let count = recv(socket.number, &byte, 1, 0)
        return count == 0 || (count < 0 && errno == ECONNRESET)
    }

    func endSending() { shutdown(socket.number, Int32(SHUT_WR)) }

    /// Makes the system answer with a reset when this scanner goes.
    func willReset() {
        var value = linger(l_onoff: 1, l_linger: 0)
        setsockopt(socket.number, SOL_SOCKET, SO_LINGER, &value, socklen_t(MemoryLayout<linger>.size))
    }
}
