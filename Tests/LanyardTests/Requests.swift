import FoundationEssentials
import TestPeers

/// An answer of the daemon over HTTP.
struct Answer: Sendable {
    var status: Int
    var head: String
    var body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    func decoded<Value: Decodable>(as type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: Data(body))
    }
}

struct Registered: Decodable, Sendable {
    var reference: String
    var status: String
    var code: String?
    var manage_url: String
}

struct Verdict: Decodable, Sendable {
    var verdict: String
    var reference: String?
}

extension Installation {
    /// One request on a connection of its own; nil if the daemon hung up without an answer.
    func request(
        _ method: String, _ path: String, json: String? = nil, token: String? = nil, headers: [String] = []
    ) async throws -> Answer? {
        let port = httpPort
        return try await onThread { () -> Answer? in
            let wire = try Wire(port: port)
            var lines = ["\(method) \(path) HTTP/1.1", "Host: localhost", "Connection: close"] + headers
            if let token { lines.append("Authorization: Bearer \(token)") }
            if let json {
                lines += ["Content-Type: application/json", "Content-Length: \(json.utf8.count)"]
            }
            try wire.send(lines.joined(separator: "\r\n") + "\r\n\r\n" + (json ?? ""))
            return Answer(wire.receiveAll())
        }
    }

    func register(
        _ name: String, sessions: [String] = ["morning"], token: String? = nil, key: String? = nil
    ) async throws -> Answer? {
        let list = sessions.map { "\"\($0)\"" }.joined(separator: ",")
        let email = name.lowercased().filter { $0 != " " }
        return try await request(
            "POST", "/api/v1/events/day/registrations",
            json: #"{"name":"\#(name)","email":"\#(email)@example.org","sessions":[\#(list)]}"#, token: token,
            headers: key.map { ["Idempotency-Key: \($0)"] } ?? [])
    }

    func registered(_ name: String, token: String) async throws -> Registered {
        guard let answer = try await register(name, token: token), answer.status == 201 else {
            throw ProgramFailure.missing("a registration of \(name)", package: "")
        }
        return try answer.decoded(as: Registered.self)
    }

    /// Sends lines to the door on one connection and returns its answers, without their line ends.
    func scan(_ lines: String...) async throws -> [String] {
        let port = doorPort
        return try await onThread {
            let wire = try Wire(port: port)
            try wire.send(lines.map { $0 + "\r\n" }.joined())
            return lines.map { _ in String(wire.receive(until: "\r\n").dropLast()) }
        }
    }
}

extension Answer {
    /// Nil where the bytes are no whole answer.
    init?(_ bytes: [UInt8]) {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
        let words = head.split(separator: " ", maxSplits: 2)
        guard words.count > 1, let status = Int(words[1]) else { return nil }
        self.status = status
        body = Array(bytes[end.upperBound...])
        let length = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
        if let length, let count = Int(length.dropFirst(15).filter { $0 != " " }), body.count < count {
            return nil
        }
    }
}
