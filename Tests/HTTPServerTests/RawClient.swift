import Foundation
import Glibc
import HTTPServer

/// A client that writes any bytes it likes, so that it can be truncated, oversize, slow or rude. All calls block:
/// use it inside `onThread`.
final class RawClient {
    struct Answer {
        var status: Int
        var headers: [(name: String, value: String)]
        var body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }

        subscript(name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }
    }

    struct Fault: Error, CustomStringConvertible {
        var description: String
    }

    let descriptor: Int32
    private var received: [UInt8] = []
    private var isOpen = true

    /// What it opened before it throws is closed by `deinit`, and only there: closing twice would take away a
    /// descriptor that the server in this process got meanwhile.
    init(_ address: ListenAddress) throws {
        switch address {
        case .tcp(let host, let port):
            var hints = addrinfo()
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
            var found: UnsafeMutablePointer<addrinfo>?
            guard getaddrinfo(host, String(port), &hints, &found) == 0, let first = found else {
                throw Fault(description: "no address \(host)")
            }
            defer { freeaddrinfo(found) }
            descriptor = socket(first.pointee.ai_family, Int32(SOCK_STREAM.rawValue), 0)
            guard connect(descriptor, first.pointee.ai_addr, first.pointee.ai_addrlen) == 0 else {
                throw Fault(description: "connect: \(String(cString: strerror(errno)))")
            }
        case .unix(let path):
            descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
            let status = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            guard status == 0 else {
                throw Fault(description: "connect: \(String(cString: strerror(errno)))")
            }
        case .descriptor: throw Fault(description: "a descriptor is no address to connect to")
        }
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit {
        if isOpen { close(descriptor) }
    }

    /// Closes with a reset instead of the ordinary goodbye.
    func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
        disconnect()
    }

    func disconnect() {
        if isOpen { close(descriptor) }
        isOpen = false
    }

    func send(_ text: String) throws { try send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { bytes in
                Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Fault(description: "send: \(String(cString: strerror(errno)))") }
            sent += count
        }
    }

    /// Sends a request with the headers that every request needs.
    func request(
        _ method: String, _ target: String, headers: [String] = [], body: [UInt8] = []
    ) throws -> Answer {
        var lines = ["\(method) \(target) HTTP/1.1", "Host: test"] + headers
        if !body.isEmpty { lines.append("Content-Length: \(body.count)") }
        try send(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
        return try answer(bodiless: method == "HEAD")
    }

    /// Reads one answer: its headers and the body that they announce.
    func answer(bodiless: Bool = false) throws -> Answer {
        let head = try readHead()
        var answer = head
        if bodiless || head.status == 304 || head.status == 204 { return answer }
        if head["Transfer-Encoding"] == "chunked" {
            while let chunk = try readChunk() { answer.body += chunk }
        } else if let length = head["Content-Length"].flatMap(Int.init) {
            while received.count < length { try receive() }
            answer.body = Array(received.prefix(length))
            received.removeFirst(length)
        } else {
            while try receiveUnlessEnded() {}
            answer.body = received
            received = []
        }
        return answer
    }

    /// Reads an answer's headers alone.
    func readHead() throws -> Answer {
        let lines = try readLines()
        let status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) }
        guard let status else { throw Fault(description: "no status line: \(lines)") }
        let headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (String(parts[0]), parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "")
        }
        return Answer(status: status, headers: headers, body: [])
    }

    /// The next chunk of a chunked body; nil at its end.
    func readChunk() throws -> [UInt8]? {
        let line = try readLine()
        guard let count = Int(line, radix: 16) else { throw Fault(description: "no chunk: \(line)") }
        while received.count < count + 2 { try receive() }
        let chunk = Array(received.prefix(count))
        received.removeFirst(count + 2)
        return count == 0 ? nil : chunk
    }

    /// Whether the server ends the connection, be it with a goodbye or a reset, before anything else comes.
    func isEnded() -> Bool {
        if !received.isEmpty { return false }
        var byte: UInt8 = 0
        let count = recv(descriptor, &byte, 1, 0)
        return count == 0 || (count < 0 && errno == ECONNRESET)
    }

    /// Whether something is there to be read, or the end.
    func hasSomething(withinMilliseconds limit: Int32) -> Bool {
        var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&state, 1, limit) > 0
    }

    /// Waits a moment, whether or not there is unread data.
    func waitAMoment(milliseconds: Int32) {
        var nothing = pollfd(fd: -1, events: 0, revents: 0)
        poll(&nothing, 1, milliseconds)
    }

    func waitMicroseconds(_ time: UInt32) { usleep(time) }

    /// Whether the server ends the connection, whatever it says before.
    func isEndedAfterAll() -> Bool {
        while let isMore = try? receiveUnlessEnded(), isMore {}
        received = []
        return isEnded()
    }

    private func readLines() throws -> [String] {
        var lines: [String] = []
        while true {
            let line = try readLine()
            if line.isEmpty { return lines }
            lines.append(line)
        }
    }

    private func readLine() throws -> String {
        while true {
            if let end = received.firstIndex(of: 0x0A) {
                let line = String(decoding: received[..<end].filter { $0 != 0x0D }, as: UTF8.self)
                received.removeFirst(end + 1)
                return line
            }
            try receive()
        }
    }

    private func receive() throws {
        guard try receiveUnlessEnded() else { throw Fault(description: "the server ended the connection") }
    }

    private func receiveUnlessEnded() throws -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count >= 0 else { throw Fault(description: "recv: \(String(cString: strerror(errno)))") }
        received += buffer.prefix(count)
        return count > 0
    }
}

/// Runs what blocks on a thread of its own, as the handlers under test need the threads of the tasks. It stays in
/// the task that calls it, so that what it expects in vain counts against the right test.
func onThread<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withTaskExecutorPreference(OwnThread()) { try body() }
}

private final class OwnThread: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        Thread.detachNewThread { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
