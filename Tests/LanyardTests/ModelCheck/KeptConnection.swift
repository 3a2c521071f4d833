import TestPeers

/// A connection that carries one request after the other; use it inside `onThread`.
final class KeptConnection {
    private let wire: Wire

    init(port: UInt16) throws { wire = try Wire(port: port) }

    func send(_ request: ModelRequest, token: String?) throws {
        var lines = ["\(request.method) \(request.path) HTTP/1.1", "Host: localhost"]
        if let token { lines.append("Authorization: Bearer \(token)") }
        if let key = request.key { lines.append("Idempotency-Key: \(key)") }
        lines += ["Content-Type: application/json", "Content-Length: \(request.json.utf8.count)"]
        try wire.send(lines.joined(separator: "\r\n") + "\r\n\r\n" + request.json)
    }

    func receive() throws -> Answer {
        var received: [UInt8] = []
        while true {
            let more = wire.receive()
            guard !more.isEmpty else { throw ProgramFailure.missing("an answer", package: "") }
            received += more
            if let answer = Answer(received) { return answer }
        }
    }

    func ask(_ request: ModelRequest, token: String?) throws -> Answer {
        try send(request, token: token)
        return try receive()
    }
}

struct ModelRequest: Sendable {
    var method: String
    var path: String
    var json = ""
    var key: String?
}

extension NewRegistration {
    var request: ModelRequest {
        ModelRequest(
            method: "POST", path: "/api/v1/events/day/registrations",
            json: """
                {"name":"Somebody","email":"\(address)","sessions":\(sessions.json),\
                "if_full":"\(waits ? "wait" : "refuse")","swap":\(swaps)}
                """, key: key)
    }
}

extension [String] {
    /// As a JSON list; none of them has anything to escape.
    var json: String { "[" + map { "\"\($0)\"" }.joined(separator: ",") + "]" }
}
