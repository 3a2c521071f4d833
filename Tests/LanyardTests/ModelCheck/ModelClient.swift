import TestPeers

/// One of many at once: sends its operations one after the other and notes the answers.
struct ModelClient: Sendable {
    let port: UInt16
    let token: String
    let answers: ModelAnswers
    let seed: UInt64
    let client: Int

    /// - Returns: how many operations were sent.
    func run(until deadline: ContinuousClock.Instant) async throws -> Int {
        try await onThread {
            var operations = Operations(seed: seed, client: client)
            let connections = (try KeptConnection(port: port), try KeptConnection(port: port))
            var sent = 0
            while ContinuousClock.now < deadline {
                if try carryOut(operations.next(), connections) { sent += 1 }
            }
            return sent
        }
    }

    /// Whether there was anybody to do it to.
    private func carryOut(
        _ operation: Operation, _ connections: (KeptConnection, KeptConnection)
    ) throws -> Bool {
        let connection = connections.0
        switch operation {
        case .register(let new):
            let token = new.isByStaff ? token : nil
            try connection.send(new.request, token: token)
            if new.isRepeated { try connections.1.send(new.request, token: token) }
            try answers.note(new, try connection.receive())
            if new.isRepeated { try answers.note(new, try connections.1.receive()) }
        case .change(let person, let sessions, let waits, let swaps):
            guard let reference = answers.reference(of: person) else { return false }
            try change(reference, sessions, waits: waits, swaps: swaps, connection)
        case .add(let person, let session, let swaps):
            guard let reference = answers.reference(of: person) else { return false }
            try change(
                reference, answers.confirmed(reference) + [session], waits: true, swaps: swaps, connection)
        case .give(let person, let choice):
            guard let reference = answers.reference(of: person) else { return false }
            let wishes = answers.waits(reference)
            guard !wishes.isEmpty else { return false }
            let session = wishes[choice % wishes.count]
            let request = ModelRequest(
                method: "POST", path: "/api/v1/events/day/attendees/\(reference)/place",
                json: session.map { "{\"session\":\"\($0)\"}" } ?? "")
            try answers.note(
                changeOf: reference, try connection.ask(request, token: token), expecting: [200, 409])
        case .correct(let person, let name):
            guard let reference = answers.reference(of: person) else { return false }
            let answer = try connection.ask(
                patch("/attendees/\(reference)", ["\"name\":\"\(name)\""]), token: token)
            answers.note("a correction", answer, to: reference, expecting: [200, 409])
        case .cancel(let person):
            guard let reference = answers.reference(of: person) else { return false }
            let request = ModelRequest(method: "DELETE", path: "/api/v1/events/day/attendees/\(reference)")
            answers.note(
                "a cancellation", try connection.ask(request, token: token), to: reference, expecting: [200])
        case .erase(let person):
            guard let reference = answers.reference(of: person) else { return false }
            let request = ModelRequest(
                method: "DELETE", path: "/api/v1/events/day/attendees/\(reference)/personal-data")
            answers.expectErased(reference)
            answers.note(
                "an erasure", try connection.ask(request, token: token), to: reference, expecting: [204])
        case .hold(let isHeld):
            let request = ModelRequest(
                method: "PATCH", path: "/api/v1/events/day", json: "{\"lists_held\":\(isHeld)}")
            answers.note("a hold", try connection.ask(request, token: token), expecting: [200])
        case .setCapacity(let session, let capacity, let isForced):
            let answer = try connection.ask(
                patch(
                    session.map { "/sessions/\($0)" } ?? "",
                    ["\"capacity\":\(capacity)", "\"force\":\(isForced)"]), token: token)
            try answers.note(capacity: capacity, isForced: isForced, answer)
        }
        return true
    }

    private func change(
        _ reference: String, _ sessions: [String]?, waits: Bool, swaps: Bool?, _ connection: KeptConnection
    ) throws {
        var members = ["\"if_full\":\"\(waits ? "wait" : "refuse")\""]
        if let sessions { members.append("\"sessions\":\(sessions.json)") }
        if let swaps { members.append("\"swap\":\(swaps)") }
        try answers.note(
            changeOf: reference, try connection.ask(patch("/attendees/\(reference)", members), token: token))
    }

    private func patch(_ path: String, _ members: [String]) -> ModelRequest {
        ModelRequest(
            method: "PATCH", path: "/api/v1/events/day\(path)",
            json: "{\(members.joined(separator: ","))}")
    }
}
