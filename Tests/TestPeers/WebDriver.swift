import Foundation
import Glibc

/// What the WebDriver protocol needs of HTTP: JSON there, JSON back, a connection each.
///
/// `URLSession` does not read what chromedriver answers ("Failed writing header"), which has no spaces after
/// its colons.
struct WebDriver: Sendable {
    private static let timeoutSeconds = 30

    let port: UInt16

    /// The `value` of the answer; throws ``BrowserFailure`` with the driver's words for an error.
    func call(_ method: String, _ path: String, _ body: [String: any Sendable]? = nil) async throws -> Any? {
        let content = try body.map { try JSONSerialization.data(withJSONObject: $0) } ?? Data()
        let head =
            "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(content.count)\r\nConnection: close\r\n\r\n"
        let answer = try await exchange(Array(head.utf8) + Array(content))
        guard let end = answer.firstRange(of: Array("\r\n\r\n".utf8)) else {
            throw BrowserFailure(what: "\(path): no answer")
        }
        let json = try JSONSerialization.jsonObject(with: Data(answer[end.upperBound...])) as? [String: Any]
        guard answer.starts(with: Array("HTTP/1.1 200 ".utf8)) else {
            let fault = json?["value"] as? [String: Any]
            throw BrowserFailure(what: "\(path): \(fault?["message"] as? String ?? "no reason")")
        }
        return json?["value"]
    }

    func isReady() async -> Bool {
        let status = try? await call("GET", "/status") as? [String: Any]
        return status?["ready"] as? Bool == true
    }

    /// Blocks a thread of its own until the whole answer is there.
    private func exchange(_ request: [UInt8]) async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { continuation in
            inThread { continuation.resume(with: Result { try exchangeBlocking(request) }) }
        }
    }

    private func exchangeBlocking(_ request: [UInt8]) throws -> [UInt8] {
        let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { Glibc.close(handle) }
        var patience = timeval(tv_sec: WebDriver.timeoutSeconds, tv_usec: 0)
        setsockopt(handle, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        guard withLoopback(port, { Glibc.connect(handle, $0, $1) }) == 0 else {
            throw BrowserFailure(what: "nobody listens on \(port)")
        }
        var rest = request[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { send(handle, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { throw BrowserFailure(what: "the driver hung up") }
            rest = rest.dropFirst(sent)
        }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        // The driver leaves the connection open whatever it was asked.
        while WebDriver.length(of: answer).map({ answer.count < $0 }) ?? true {
            let count = recv(handle, &buffer, buffer.count, 0)
            guard count > 0 else { throw BrowserFailure(what: "the driver does not answer") }
            answer += buffer[..<count]
        }
        return answer
    }

    /// How long an answer is with its head; nil while the head is not all there.
    private static func length(of answer: [UInt8]) -> Int? {
        guard let end = answer.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let head = String(decoding: answer[..<end.lowerBound], as: UTF8.self)
        let length = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
        let digits = length?.split(separator: ":").last.map { $0.filter(\.isNumber) } ?? ""
        return end.upperBound + (Int(digits) ?? 0)
    }
}

/// What the browser could not do.
public struct BrowserFailure: Error, CustomStringConvertible {
    public var what: String

    public var description: String { what }
}
