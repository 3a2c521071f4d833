public import Registration
internal import Storage

public struct EventSummary: Sendable {
    public var event: Event
    public var places: Places
}

/// An event with its sessions and check-in points.
public struct EventProgramme: Sendable {
    public var event: Event
    public var places: Places
    public var programme: Programme
    public var points: [CheckInPoint]
    /// What is asked of everybody who registers.
    public var questions: [Question]
}

extension EventProgramme {
    /// Everything that stands in the way of a registration as the event was when this was read, but not whether the
    /// address is registered already: that is told to nobody whose form can't be accepted anyway.
    public func refusals(
        of typed: RegistrationForm, byStaff: Bool = false, at now: Timestamp
    ) -> [RegistrationRefusal] {
        let question = RegistrationQuestion(
            CheckedForm(typed), event: event, eventPlaces: places, programme: programme,
            isAddressTaken: false, isByStaff: byStaff, now: now, questions: questions)
        if case .refuse(let refusals) = question.decision { return refusals }
        return []
    }
}

extension FrontOfHouse {
    /// Every event, in the order in which they start.
    public func events() async throws -> [EventSummary] {
        let now = now
        return try await store.read { snapshot in
            try snapshot.events().map { event in
                EventSummary(
                    event: event,
                    places: try snapshot.places(of: event.id, isHeld: event.holdsLists(at: now)))
            }
        }
    }

    /// The time zones of events that can't be read here, where Debian's `tzdata` is missing or old: people would be told
    /// wrong times.
    public func unreadableTimeZones() async throws -> [String] {
        let zones = try await store.read { try $0.events().map(\.timeZone) }
        return Set(zones).filter { !LocalTime.isKnown($0) }.sorted()
    }

    /// The event alone; nil if there is none of that name.
    public func event(_ slug: String) async throws -> Event? {
        try await store.read { try $0.findEvent(slug) }
    }

    public func programme(event slug: String) async throws -> EventProgramme? {
        let now = now
        return try await store.read { snapshot in
            guard let event = try snapshot.findEvent(slug) else { return nil }
            let isHeld = event.holdsLists(at: now)
            return EventProgramme(
                event: event, places: try snapshot.places(of: event.id, isHeld: isHeld),
                programme: Programme(try snapshot.offers(of: event.id, isHeld: isHeld)),
                points: try snapshot.points(of: event.id),
                questions: try snapshot.questions(of: event.id))
        }
    }
}
