internal import HTTP
internal import Operations
internal import Registration

private let header = "Idempotency-Key"

/// How many characters make a key that nobody guesses: 128 random bits, as base 64 has them.
private let unguessableKeyLength = 22

extension Operation.Parameter {
    /// - Parameter effect: what a repetition does, as a sentence.
    static func idempotencyKey(_ effect: String) -> Operation.Parameter {
        let limit = FrontOfHouse.idempotencyKeyLimit
        return .init(
            name: header,
            schema: .text(limit: limit).about(
                "1 to \(limit) visible ASCII characters, best a random UUID. \(effect)"))
    }
}

extension Call {
    /// The request's key, apart from those of other tokens: nobody is hindered by what others chose. Without a token
    /// a short key counts only at the address that it came from: an answer has the way to somebody's ticket, which
    /// guessing the key must not give away.
    func idempotencyKey() throws(Problem) -> String? {
        guard let text = request.headers[header] else { return nil }
        // The draft has it as a structured field, between quotes; most clients send it bare.
        let isQuoted = text.count >= 2 && text.hasPrefix("\"") && text.hasSuffix("\"")
        let key = isQuoted ? text.dropFirst().dropLast() : text[...]
        guard (1...FrontOfHouse.idempotencyKeyLimit).contains(key.utf8.count),
            key.utf8.allSatisfy({ 0x21...0x7E ~= $0 })
        else {
            throw Problem(
                .badRequest,
                "An \(header) has 1 to \(FrontOfHouse.idempotencyKeyLimit) visible ASCII characters.")
        }
        if let caller { return "api:\(caller.id):\(key)" }
        return key.utf8.count < unguessableKeyLength ? "api-at:\(request.clientKey):\(key)" : "api::\(key)"
    }
}

extension Problem {
    static let keyReused = Problem(
        .keyReused, "This \(header) came with another request before. Take a new key.")
}
