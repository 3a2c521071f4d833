public import Registration
internal import Storage

/// One person as lists for organisers have them.
public struct ExportedAttendee: Sendable {
    public var person: RegisteredAttendee
    /// When first admitted at the entrance.
    public var arrived: Timestamp?
    /// The consents that stand.
    public var consents: [ConsentStatement]
    /// By the questions' slugs.
    public var answers: [String: Answer]
}

extension FrontOfHouse {
    /// Every question of the event, then those that were asked once and have answers; nil if there is no such
    /// event.
    public func exportedQuestions(event slug: String) async throws -> [(question: Question, isAsked: Bool)]? {
        try await store.read { snapshot in
            guard let event = try snapshot.findEvent(slug) else { return nil }
            return try snapshot.keptQuestions(of: event.id).map { ($0.question, $0.isAsked) }
        }
    }

    /// A part of an event's people in the order in which they registered, and where the next part begins; nil if
    /// there is no such event.
    public func exportedAttendees(
        event slug: String, after: Int64?, limit: Int
    ) async throws -> (items: [ExportedAttendee], next: Int64?)? {
        guard let page = try await attendees(event: slug, after: after, limit: limit) else { return nil }
        let arrivals = try await arrivals(of: page.items)
        let ids = page.items.map(\.attendee.id)
        let extras = try await store.read { snapshot in
            try ids.map {
                (consents: try snapshot.consents(of: $0).standing, answers: try snapshot.answers(of: $0))
            }
        }
        let items = zip(page.items, extras).map { person, extras in
            ExportedAttendee(
                person: person, arrived: arrivals[person.attendee.id], consents: extras.consents,
                answers: extras.answers)
        }
        return (items, page.next)
    }
}
