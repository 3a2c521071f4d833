public import Registration

/// What of an event changes only by an import or an organiser: itself, its sessions, its check-in points and its
/// questions; and its places.
public struct Timetable: Sendable {
    public let event: Event
    public let sessions: [String: Session]
    public let sessionsByID: [SessionID: Session]
    public let points: [String: CheckInPoint]
    /// What the event asks everybody, in its order.
    public let questions: [Question]
    public private(set) var places: Places
    let revision: Int64

    init?(_ slug: String, in transaction: Transaction) throws {
        guard let event = try transaction.findEvent(slug) else { return nil }
        self.event = event
        let programme = try transaction.sessions(of: event.id)
        sessions = Dictionary(uniqueKeysWithValues: programme.map { ($0.slug, $0) })
        sessionsByID = Dictionary(uniqueKeysWithValues: programme.map { ($0.id, $0) })
        points = Dictionary(uniqueKeysWithValues: try transaction.points(of: event.id).map { ($0.slug, $0) })
        questions = try transaction.questions(of: event.id)
        (revision, places) = try transaction.revisionAndPlaces(of: event.id)
    }

    func with(_ places: Places) -> Timetable {
        var timetable = self
        timetable.places = places
        return timetable
    }
}

extension Transaction {
    func revisionAndPlaces(of event: EventID) throws -> (Int64, Places) {
        let found = try connection.first(
            """
            SELECT revision, coalesce(wanted, capacity), confirmed, waiting FROM event_places WHERE event_id = $1
            """, .id(event)
        ) {
            ($0.integer(0), Places(capacity: $0.count(1), confirmed: $0.count(2), waiting: $0.count(3)))
        }
        guard let found else { throw MissingRow(table: "event_places") }
        return found
    }
}
