import Glibc

/// Requests that register somebody new each, for one after the other of some choices of workshops.
final class Registrations {
    /// Digits of the number that makes each request another one.
    private static let digits = 8

    /// For each choice of workshops a request, and where in it the number stands.
    private var templates: [(bytes: [UInt8], places: [Int])] = []
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 2_048, alignment: 16)
    /// How many were sent.
    private(set) var count: Int

    /// - Parameters:
    ///   - token: staff's registrations need no rate limit and are answered with the code.
    ///   - first: the number of the first, so that several of these never use an address twice.
    ///   - choices: two workshops in different blocks, where nothing else is said.
    init(
        event: String, token: String?, first: Int, choices: [[String]] = BenchEvent.choices,
        waits: Bool = false
    ) {
        count = first
        let mark = String(repeating: "#", count: Registrations.digits)
        for choice in choices {
            let sessions = choice.map { "\"\($0)\"" }.joined(separator: ",")
            let body =
                #"{"name":"Ada Lovelace \#(mark)","email":"a\#(mark)@example.org","#
                + #""organisation":"Analytical Engines","role":"Engineer","sessions":[\#(sessions)]\#(waits ? #","if_full":"wait""# : "")}"#
            let head =
                "POST /api/v1/events/\(event)/registrations HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                + (token.map { "Authorization: Bearer \($0)\r\n" } ?? "")
                + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
            let bytes = Array((head + body).utf8)
            let marked = bytes.indices.filter { bytes[$0] == UInt8(ascii: "#") }
            templates.append(
                (bytes, stride(from: 0, to: marked.count, by: Registrations.digits).map { marked[$0] }))
        }
    }

    deinit { buffer.deallocate() }

    func send(to peer: Peer) throws {
        let (bytes, places) = templates[count % templates.count]
        buffer.copyBytes(from: bytes)
        for place in places {
            var rest = count
            for digit in (0..<Registrations.digits).reversed() {
                buffer[place + digit] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            }
        }
        count += 1
        try peer.send(UnsafeRawBufferPointer(rebasing: buffer[..<bytes.count]))
    }

    /// What each must be answered.
    static func check(_ answer: HTTPAnswer) throws {
        guard answer.status == 201, answer.body.firstOffset(of: #""reference":""#) != nil else {
            throw Failure("a registration was answered \(answer.status): \(answer.text)")
        }
    }
}
