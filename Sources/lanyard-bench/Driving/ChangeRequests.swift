/// Requests of an attendee for each connection, who takes the one and the other workshop of a block in turn.
final class ChangeRequests {
    private let requests: [[[UInt8]]]
    private var turns: [Int]

    init(of references: [String], token: String) {
        requests = references.map { reference in
            BenchEvent.blocks[0].map { workshop in
                ChangeRequests.patch(reference, sessions: [workshop, BenchEvent.blocks[1][0]], token: token)
            }
        }
        turns = references.map { _ in 0 }
    }

    func send(to peer: Peer) throws {
        let both = requests[peer.number]
        try both[turns[peer.number] % both.count].withUnsafeBytes(peer.send)
        turns[peer.number] += 1
    }

    /// What each must be answered.
    static func check(_ answer: HTTPAnswer) throws {
        guard answer.status == 200, answer.body.firstOffset(of: #""reference":""#) != nil else {
            throw Failure("a change was answered \(answer.status): \(answer.text)")
        }
    }

    /// The request that makes these the sessions of an attendee.
    static func patch(_ reference: String, sessions: [String], token: String) -> [UInt8] {
        let body = "{\"sessions\":[\(sessions.map { "\"\($0)\"" }.joined(separator: ","))]}"
        return Array(
            """
            PATCH /api/v1/events/\(BenchEvent.slug)/attendees/\(reference) HTTP/1.1\r
            Host: 127.0.0.1\r
            Authorization: Bearer \(token)\r
            Content-Type: application/json\r
            Content-Length: \(body.utf8.count)\r
            \r
            \(body)
            """.utf8)
    }

    static func cancellation(_ reference: String, token: String) -> [UInt8] {
        Array(
            """
            DELETE /api/v1/events/\(BenchEvent.slug)/attendees/\(reference) HTTP/1.1\r
            Host: 127.0.0.1\r
            Authorization: Bearer \(token)\r
            \r

            """.utf8)
    }
}
