internal import HTTP
internal import Operations
internal import Registration

extension Service {
    var getConsents: Operation {
        Operation(
            method: .get, path: "/events/{event}/consents", name: "getConsents",
            summary: "How many of an event's people agree to each thing they were asked",
            access: .role(.organiser),
            answers: [
                .init(
                    status: .ok, about: "The numbers.",
                    schema: .object([
                        "people": .count.about("Those whose registration was not cancelled."),
                        "items": .list(Consent.schema.and(["people": .count])),
                    ]))
            ]
        ) { call in
            guard let found = try await frontOfHouse.consentNumbers(event: call.parameters["event"]) else {
                throw Problem.unknownEvent
            }
            let items = Consent.allCases.map { consent in
                JSON.object(consent.members + [.init("people", JSON(found[consent]))])
            }
            return .json((["people": JSON(found.people), "items": .list(items)] as JSON).bytes)
        }
    }

    var changeConsents: Operation {
        Operation(
            method: .put, path: "/events/{event}/attendees/{reference}/consents", name: "changeConsents",
            summary:
                "Makes these consents the ones that an attendee gives, as they asked for; others are withdrawn",
            access: .role(.organiser),
            body: Schema.object(["consents": .list(.consent, limit: Consent.allCases.count)]),
            answers: [
                .init(
                    status: .ok, about: "What they agree to now.",
                    schema: .object(["consents": .list(ConsentStatement.schema)]))
            ],
            problems: [.tooManyChanges]
        ) { call in
            let outcome = try await frontOfHouse.changeConsents(
                event: call.parameters["event"], reference: try call.reference(),
                to: Set(call.body.texts("consents").compactMap(Consent.init)))
            switch outcome {
            case .changed(let said):
                return .json((["consents": .list(said.standing.map(\.json))] as JSON).bytes)
            case .tooMany:
                throw Problem(
                    .tooManyChanges,
                    "This attendee's consents changed too often. They can only be withdrawn now.")
            case .unknownAttendee: throw Problem.unknownAttendee
            }
        }
    }
}

extension Schema {
    static let consent = Schema.words(Consent.allCases.map(\.rawValue))
}

extension ConsentStatement {
    static let schema = Schema.object([
        "consent": .consent, "wording": .text.about("The words that it was given under."), "at": .moment,
    ]).named("ConsentStatement")

    var json: JSON {
        ["consent": .text(consent.rawValue), "wording": .text(wording), "at": JSON(at)]
    }
}

extension Consent {
    static let schema = Schema.object([
        "consent": .consent, "wording": .text.about("To be shown to the person word by word."),
    ])

    var members: [JSON.Member] { [.init("consent", .text(rawValue)), .init("wording", .text(wording))] }
    var json: JSON { .object(members) }
}
