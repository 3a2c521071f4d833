import Registration

/// An event with hours as its times, and forms and questions about it that are in order as they stand.
enum Sample {
    static func hour(_ hour: Int64) -> Timestamp { Timestamp(rawValue: hour * 3_600_000) }

    static let event = Event(
        id: EventID(rawValue: 1), slug: "day", title: "The Day", venue: "Hall", timeZone: "Europe/London",
        starts: hour(9), ends: hour(17), capacity: 100, contact: "desk@example.org", summary: "",
        registrationOpens: hour(1), registrationCloses: hour(9), doorsOpen: hour(8), doorsClose: hour(17))

    static let keynote = session(1, "keynote", 9, 10, capacity: nil)
    static let first = session(2, "first", 10, 11)
    static let second = session(3, "second", 10, 12)
    static let third = session(4, "third", 12, 13)

    static func session(
        _ id: Int64, _ slug: String, _ starts: Int64, _ ends: Int64, capacity: Int? = 10
    ) -> Session {
        Session(
            id: SessionID(rawValue: id), slug: slug, kind: capacity == nil ? .keynote : .workshop,
            title: "The \(slug) session", speakers: [], room: "Room \(id)", starts: hour(starts),
            ends: hour(ends), capacity: capacity, abstract: "", materials: [])
    }

    static func programme(full: Set<String> = [], and more: [Session] = []) -> Programme {
        Programme(
            ([keynote, first, second, third] + more).map { session in
                Programme.Offer(
                    session: session,
                    places: Places(
                        capacity: session.capacity, confirmed: full.contains(session.slug) ? 10 : 3,
                        waiting: 0))
            })
    }

    static func form(
        name: String = "Ada Lovelace", email: String = "ada@example.org", sessions: [String] = []
    ) -> RegistrationForm {
        RegistrationForm(name: name, email: email, sessions: sessions)
    }

    static func decide(
        _ form: RegistrationForm, registered: Int = 3, full: Set<String> = [], and more: [Session] = [],
        isAddressTaken: Bool = false, byStaff: Bool = false, at now: Timestamp = hour(5)
    ) -> RegistrationDecision {
        RegistrationQuestion(
            CheckedForm(form), event: event,
            eventPlaces: Places(capacity: event.capacity, confirmed: registered, waiting: 0),
            programme: programme(full: full, and: more), isAddressTaken: isAddressTaken, isByStaff: byStaff,
            now: now
        ).decision
    }
}

extension RegistrationDecision {
    /// A place in the event and in each of the sessions.
    static func books(_ sessions: [Session]) -> RegistrationDecision {
        .accept(.confirmed, WishedPlaces(confirmed: sessions))
    }
}
