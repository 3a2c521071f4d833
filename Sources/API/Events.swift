internal import HTTP
internal import Operations
internal import Registration

extension Service {
    var listEvents: Operation {
        Operation(
            method: .get, path: "/events", name: "listEvents",
            summary: "Every event, in the order in which they start", access: .everyone,
            answers: [
                .init(status: .ok, about: "The events.", schema: .page(of: Event.schema.named("Event")))
            ]
        ) { _ in
            let events = try await frontOfHouse.events().map { $0.event.json($0.places) }
            return .json(JSON.page(events, next: .null).bytes)
        }
    }

    var getEvent: Operation {
        Operation(
            method: .get, path: "/events/{event}", name: "getEvent",
            summary: "An event with its programme and check-in points", access: .everyone,
            answers: [.init(status: .ok, about: "The event.", schema: EventProgramme.schema)]
        ) { call in
            guard let found = try await frontOfHouse.programme(event: call.parameters["event"]) else {
                throw Problem.unknownEvent
            }
            return .json(found.json.bytes)
        }
    }
}

extension JSON {
    static func page(_ items: [JSON], next: JSON) -> JSON {
        ["items": .list(items), "next": next]
    }
}

extension Places {
    /// How many places are left; nil where the number is not limited.
    fileprivate var leftJSON: JSON { JSON(left) }
}

extension Event {
    fileprivate static let members: KeyValuePairs<String, Schema> = [
        "event": .text.about("Its name in addresses."), "title": .text, "venue": .text,
        "time_zone": .text.about("An IANA time zone name; people are told times in it."),
        "starts": .moment, "ends": .moment, "capacity": .count, "places_left": .count, "contact": .text,
        "summary": .text, "registration_opens": .moment, "registration_closes": .moment,
        "doors_open": .moment, "doors_close": .moment,
        "changes_close": .moment.about("From when on attendees can't change or cancel."),
        "lists_close": .moment.about("From when on nobody is promoted from a waiting list but by hand."),
        "lists_held": Schema.boolean.about("Whether the organiser holds the waiting lists by hand."),
        "waiting": .count.about("How many are on the event's own waiting list."),
    ]

    static let schema = Schema.object(members)

    func members(_ places: Places) -> [JSON.Member] {
        [
            .init("event", .text(slug)), .init("title", .text(title)), .init("venue", .text(venue)),
            .init("time_zone", .text(timeZone)), .init("starts", JSON(starts)), .init("ends", JSON(ends)),
            .init("capacity", JSON(capacity)), .init("places_left", places.leftJSON),
            .init("contact", .text(contact)), .init("summary", .text(summary)),
            .init("registration_opens", JSON(registrationOpens)),
            .init("registration_closes", JSON(registrationCloses)), .init("doors_open", JSON(doorsOpen)),
            .init("doors_close", JSON(doorsClose)), .init("changes_close", JSON(changesClose)),
            .init("lists_close", JSON(listsClose)), .init("lists_held", .boolean(listsHeld)),
            .init("waiting", JSON(places.waiting)),
        ]
    }

    func json(_ places: Places) -> JSON { .object(members(places)) }
}

extension EventProgramme {
    static let schema = Event.schema.and([
        "sessions": .list(
            Schema.object([
                "session": .text.about("Its name in addresses, bookings and at check-in points."),
                "kind": .words(Session.Kind.allCases.map(\.rawValue)), "title": .text,
                "speakers": .list(.text), "room": .text, "starts": .moment, "ends": .moment,
                "capacity": Schema.count.nullable.about("Null: open to everyone registered, not booked."),
                "places_left": Schema.count.nullable,
                "waiting": .count.about("How many are on its waiting list."), "abstract": .text,
                "materials": .list(.text),
            ]).named("Session")
        ).about("In the order in which they start."),
        "points": .list(.text).about("The check-in points: `entrance`, and the rooms of sessions."),
        "questions": .list(Question.schema).about("What everybody who registers is asked, in this order."),
        "consents": .list(Consent.schema.named("Consent")).about(
            "What everybody who registers may agree to, each for itself."),
    ]).named("EventProgramme")

    var json: JSON {
        let sessions = programme.offers.map { offer -> JSON in
            let session = offer.session
            return [
                "session": .text(session.slug), "kind": .text(session.kind.rawValue),
                "title": .text(session.title), "speakers": .list(session.speakers.map(JSON.text)),
                "room": .text(session.room), "starts": JSON(session.starts), "ends": JSON(session.ends),
                "capacity": JSON(session.capacity), "places_left": offer.places.leftJSON,
                "waiting": JSON(offer.places.waiting), "abstract": .text(session.abstract),
                "materials": .list(session.materials.map(JSON.text)),
            ]
        }
        return .object(
            event.members(places) + [
                .init("sessions", .list(sessions)), .init("points", .list(points.map { .text($0.slug) })),
                .init("questions", .list(questions.map(\.json))),
                .init("consents", .list(Consent.allCases.map(\.json))),
            ])
    }
}
