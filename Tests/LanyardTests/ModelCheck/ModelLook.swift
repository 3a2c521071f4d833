import TestPeers

/// Holds what the daemon says and keeps, once all is quiet, against the reference model.
struct ModelLook {
    let here: Installation
    let token: String

    private struct Page<Item: Decodable>: Decodable {
        var items: [Item]
        var next: String?
    }

    private struct Attendance: Decodable {
        struct Session: Decodable, Equatable {
            var session: String
            var capacity: Int?
            var booked: Int
            var waiting: Int
        }

        var capacity: Int
        var registered: Int
        var sessions: [Session]
    }

    func activity() async throws -> [Activity] { try await list("activity?limit=1000") }

    /// Everything that is not as it must be.
    func findings(_ answers: ModelAnswers.State, _ record: [Activity]) async throws -> [String] {
        var model = ReferenceModel(
            sessions: ModelDay.sessions,
            requests: answers.registrations.mapValues {
                .init(address: $0.new.address, isByStaff: $0.new.isByStaff)
            })
        for activity in record { model.replay(activity) }
        model.settle()
        return try await answers.mistakes + model.breaches + told(model, answers) + repeated(answers)
            + people(model) + lists(model) + attendance(model) + rows(model, answers)
    }

    /// What was answered at the time must be what the record says of it.
    private func told(_ model: ReferenceModel, _ answers: ModelAnswers.State) -> [String] {
        let registrations = difference("told of a registration", model.told, answers.told) { $0.text }
        return registrations
            + Set(model.changes.keys).union(answers.changes.keys).sorted().flatMap {
                changes(of: $0, model, answers)
            }
    }

    /// Each change that is recorded must have been answered; other answers tell of nothing that was changed, and so of
    /// what the person had at some time.
    private func changes(
        of reference: String, _ model: ReferenceModel, _ answers: ModelAnswers.State
    ) -> [String] {
        var others = answers.changes[reference] ?? []
        var findings: [String] = []
        for change in model.changes[reference] ?? [] {
            if let index = others.firstIndex(of: change) {
                others.remove(at: index)
            } else {
                findings.append("nobody was told of a change to \(change.text)")
            }
        }
        let had = model.had[reference] ?? []
        return findings
            + others.filter { !had.contains($0.withoutPositions) }.map { "never had, but told: \($0.text)" }
    }

    /// Sent once more, each request with a key has the answer of the first time.
    private func repeated(_ answers: ModelAnswers.State) async throws -> [String] {
        let (port, token) = (here.httpPort, token)
        // What was answered to somebody erased is forgotten: sent again, they would register again.
        let registrations = answers.registrations.filter { !answers.erased.contains($0.key) }.values.prefix(
            200)
        return try await onThread {
            let connection = try KeptConnection(port: port)
            return try registrations.compactMap { registration in
                let again = try connection.ask(
                    registration.new.request, token: registration.new.isByStaff ? token : nil)
                return again.text == registration.body
                    ? nil : "rule 5: \(registration.body) was answered again as \(again.text)"
            }
        }
    }

    private func people(_ model: ReferenceModel) async throws -> [String] {
        let found: [Standing] = try await list("attendees?limit=1000")
        return difference(
            "the list of attendees",
            Dictionary(
                uniqueKeysWithValues: model.status.keys.filter { !model.erased.contains($0) }.map {
                    ($0, model.standing(of: $0))
                }),
            Dictionary(uniqueKeysWithValues: found.map { ($0.reference, $0.sorted) })
        ) { $0.text }
    }

    private func lists(_ model: ReferenceModel) async throws -> [String] {
        var findings: [String] = []
        for session in ModelDay.sessions {
            let found: [Standing] = try await list(
                "attendees?session=\(session.slug)&status=waiting&limit=1000")
            let wanted = (model.lists[session.slug] ?? []).map(\.reference)
            if found.map(\.reference) != wanted {
                findings.append("\(session.slug) is waited for by \(found.map(\.reference)), not \(wanted)")
            }
        }
        return findings
    }

    private func attendance(_ model: ReferenceModel) async throws -> [String] {
        let found = try await get("/api/v1/events/day/attendance").decoded(as: Attendance.self)
        var findings: [String] = []
        if found.capacity != model.capacity || found.registered != model.confirmed {
            findings.append("\(found.registered) of \(found.capacity) registered, not \(model.confirmed)")
        }
        for session in model.sessions {
            let wanted = Attendance.Session(
                session: session.slug, capacity: session.capacity,
                booked: model.booked[session.slug]?.count ?? 0, waiting: model.lists[session.slug]?.count ?? 0
            )
            if !found.sessions.contains(wanted) { findings.append("attendance does not say \(wanted)") }
        }
        return findings
    }

    /// The tables themselves: every booking, the lists in their order.
    private func rows(_ model: ReferenceModel, _ answers: ModelAnswers.State) async throws -> [String] {
        let output = try await Program.run(
            "sqlite3",
            arguments: [
                here.folder.path("lanyard.db"),
                """
                SELECT slug, booking.status, swaps, email FROM booking JOIN session ON session.id = session_id
                JOIN attendee ON attendee.id = attendee_id WHERE booking.status <> 'cancelled'
                ORDER BY slug, booking.status, coalesce(waiting_since, 0), email
                """,
            ])
        func address(_ reference: String) -> String { answers.registrations[reference]?.new.address ?? "" }
        let wanted = ModelDay.sessions.map(\.slug).flatMap { slug in
            (model.booked[slug] ?? []).map { "\(slug)|confirmed|0|\(address($0))" }.sorted()
                + (model.lists[slug] ?? []).map {
                    "\(slug)|waiting|\($0.swaps ? 1 : 0)|\(address($0.reference))"
                }
        }
        let found = output.split(separator: "\n").map(String.init)
        return found == wanted ? [] : ["the tables have \(found), not \(wanted)"]
    }

    private func difference<Value: Equatable>(
        _ what: String, _ wanted: [String: Value], _ found: [String: Value], _ text: (Value) -> String
    ) -> [String] {
        Set(wanted.keys).union(found.keys).sorted().filter { wanted[$0] != found[$0] }.map { key in
            "\(what): \(found[key].map(text) ?? "nothing of \(key)"), not \(wanted[key].map(text) ?? "that")"
        }
    }

    private func list<Item: Decodable>(_ path: String) async throws -> [Item] {
        var items: [Item] = []
        var next: String? = "/api/v1/events/day/" + path
        while let path = next {
            let page = try await get(path).decoded(as: Page<Item>.self)
            items += page.items
            next = page.next
        }
        return items
    }

    private func get(_ path: String) async throws -> Answer {
        guard let answer = try await here.request("GET", path, token: token), answer.status == 200 else {
            throw ProgramFailure.missing(path, package: "")
        }
        return answer
    }
}
