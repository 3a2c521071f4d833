/// The statements of one registration in the order in which `Storage` runs them.
enum Statement: Int, CaseIterable {
    case savepoint, revision, eventPlaces, sessionPlaces, address, attendee, booking, sessionCount
    case eventCount, activityNumber, activity, release

    static let all = allCases.map(\.sql)

    private var sql: String {
        switch self {
        case .savepoint: "SAVEPOINT work"
        case .revision: "SELECT revision FROM event_places WHERE event_id = ?"
        case .eventPlaces:
            "SELECT coalesce(wanted, capacity), confirmed, waiting FROM event_places WHERE event_id = ?"
        case .sessionPlaces:
            "SELECT coalesce(wanted, capacity), confirmed, waiting FROM session_places WHERE session_id = ?"
        case .address:
            "SELECT 1 FROM attendee WHERE event_id = ? AND email_key = ? AND status <> 'cancelled'"
        case .attendee:
            """
            INSERT INTO attendee (event_id, status, secret_high, secret_low, registered_at, email_key, email,
                name, organisation, role)
            VALUES (?, 'confirmed', ?, ?, ?, ?, ?, ?, ?, ?)
            """
        case .booking: "INSERT INTO booking (attendee_id, session_id, status) VALUES (?, ?, 'confirmed')"
        case .sessionCount: "UPDATE session_places SET confirmed = confirmed + 1 WHERE session_id = ?"
        case .eventCount:
            """
            UPDATE event_places SET activity = activity + 1, confirmed = confirmed + 1 WHERE event_id = ?
            """
        case .activityNumber: "SELECT activity FROM event_places WHERE event_id = ?"
        case .activity: "INSERT INTO activity (event_id, number, at, kind, detail) VALUES (?, ?, ?, ?, ?)"
        case .release: "RELEASE work"
        }
    }
}
