internal import HTTP
internal import Operations
internal import Registration

extension Service {
    var listLetters: Operation {
        Operation(
            method: .get, path: "/events/{event}/letters", name: "listLetters",
            summary:
                "The letters that mail servers refused, the newest first, or those that wait, the oldest first",
            access: .role(.organiser),
            query: [
                .init(
                    name: "state",
                    schema: .words([LetterState.failed, .queued].map(\.rawValue)).about(
                        "`failed`, refused for good, which is so where it is missing; or `queued`.")),
                .init(name: "from", schema: .count.about("From `next`.")),
                .init(name: "limit", schema: Schema(.integer(1...1_000)).about("100 where it is missing.")),
            ],
            answers: [
                .init(status: .ok, about: "A part of the list.", schema: .page(of: ReportedLetter.schema))
            ]
        ) { call in
            let slug = call.parameters["event"]
            let from = call.number("from").map(LetterID.init)
            let limit = Int(call.number("limit") ?? 100)
            let (items, next): ([ReportedLetter], LetterID?)
            if call.text("state") == LetterState.queued.rawValue {
                guard let page = try await frontOfHouse.waitingLetters(event: slug, after: from, limit: limit)
                else { throw Problem.unknownEvent }
                (items, next) = page
            } else {
                guard let outbox = try await frontOfHouse.outbox(event: slug, before: from, limit: limit)
                else {
                    throw Problem.unknownEvent
                }
                (items, next) = (outbox.refusals, outbox.hasMore ? outbox.refusals.last?.letter.id : nil)
            }
            return .json(
                JSON.page(items.map(\.json), next: next.map { call.next("from", $0) } ?? .null).bytes)
        }
    }

    var sendLetterAgain: Operation {
        Operation(
            method: .post, path: "/events/{event}/letters/{id}/again", name: "sendLetterAgain",
            summary:
                "Has a letter that was refused sent again, to the attendee's address of now unless it is about another",
            access: .role(.organiser),
            answers: [
                .init(status: .accepted, about: "It is sent.", schema: .object(["id": .count]))
            ]
        ) { call in
            guard let id = Int64(call.parameters["id"]).map(LetterID.init),
                try await frontOfHouse.tryLetterAgain(event: call.parameters["event"], id)
            else { throw Problem(.notFound, "No letter of this event with this id was refused.") }
            return .json((["id": .integer(id.rawValue)] as JSON).bytes, status: .accepted)
        }
    }
}

extension ReportedLetter {
    fileprivate static let schema = Schema.object([
        "id": .count, "kind": .words(LetterKind.allCases.map(\.rawValue)), "reference": .text,
        "email": .text.about("Where it goes."),
        "state": .words(LetterState.allCases.map(\.rawValue)),
        "attempts": .count.about("How often it was tried in vain."),
        "reason": .text.about(
            "Why it waits or was refused, without addresses; empty where there is nothing to say."),
        "written": .moment, "changed": .moment.about("When something last became of it."),
        "next_try": Schema.moment.nullable.about("Null where it was refused for good."),
    ]).named("Letter")

    fileprivate var json: JSON {
        [
            "id": .integer(letter.id.rawValue), "kind": .text(letter.kind.rawValue),
            "reference": .text(attendee.reference.description), "email": .text(address),
            "state": .text(letter.state.rawValue), "attempts": JSON(letter.attempts),
            "reason": .text(letter.reason), "written": JSON(letter.written), "changed": JSON(letter.changed),
            "next_try": letter.state == .queued ? JSON(letter.next) : .null,
        ]
    }
}
