public import Registration

/// What of an event changes only by an import: itself, its sessions and its check-in points.
public struct Timetable: Sendable {
    public let event: Event
    public let sessions: [String: Session]
    public let points: [String: CheckInPoint]
    let revision: Int64

    init?(_ slug: String, in transaction: Transaction) throws {
        guard let event = try transaction.findEvent(slug) else { return nil }
        self.event = event
        sessions = Dictionary(
            uniqueKeysWithValues: try transaction.sessions(of: event.id).map { ($0.slug, $0) })
        points = Dictionary(uniqueKeysWithValues: try transaction.points(of: event.id).map { ($0.slug, $0) })
        revision = try transaction.revision(of: event.id)
    }
}

extension Transaction {
    func revision(of event: EventID) throws -> Int64 {
        try connection.first("SELECT revision FROM event_places WHERE event_id = $1", .id(event)) {
            $0.integer(0)
        } ?? 0
    }
}
