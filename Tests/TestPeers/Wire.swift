import Glibc

/// A plain TCP connection to 127.0.0.1 that blocks for at most so long; use it inside ``onThread(_:)``.
public final class Wire: Sendable {
    private let handle: Int32

    public init(port: UInt16, patienceSeconds: Int = 20) throws {
        handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var patience = timeval(tv_sec: patienceSeconds, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(handle, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
        setsockopt(handle, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let failed = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(handle, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard failed == 0 else {
            let number = errno
            close(handle)
            throw ProgramFailure.notStarted("a connection to port \(port)", errno: number)
        }
    }

    deinit { close(handle) }

    public func send(_ text: String) throws { try send(Array(text.utf8)) }

    public func send(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(handle, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw ProgramFailure.notStarted("sending", errno: errno) }
            rest = rest.dropFirst(count)
        }
    }

    /// What comes next, empty once the other side has closed or is silent for too long.
    public func receive() -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(handle, &buffer, buffer.count, 0)
        return count > 0 ? Array(buffer[..<count]) : []
    }

    /// Everything until the other side closes.
    public func receiveAll() -> [UInt8] {
        var all: [UInt8] = []
        while true {
            let more = receive()
            if more.isEmpty { return all }
            all += more
        }
    }

    /// Everything up to and including a text, or what came before the other side closed or fell silent.
    public func receive(until mark: String) -> String {
        var all: [UInt8] = []
        let mark = Array(mark.utf8)
        while !all.ends(with: mark) {
            var byte: UInt8 = 0
            guard recv(handle, &byte, 1, 0) == 1 else { break }
            all.append(byte)
        }
        return String(decoding: all, as: UTF8.self)
    }
}

extension [UInt8] {
    fileprivate func ends(with other: [UInt8]) -> Bool {
        count >= other.count && Array(suffix(other.count)) == other
    }
}

/// Runs work that blocks on a thread of its own and waits for it without blocking.
public func onThread<Answer: Sendable>(_ body: @escaping @Sendable () throws -> Answer) async throws -> Answer
{
    try await withCheckedThrowingContinuation { continuation in
        inThread { continuation.resume(with: Result(catching: body)) }
    }
}
