/// The rows of changes from one workshop to another, written as the daemon writes them: the same statements with their
/// savepoints.
struct BareChanges {
    private let database: BareDatabase

    /// As `BareRows.run`, for as many attendees in turn as change at once over HTTP.
    static func run(path: String, seconds: Double, batch: Int) throws {
        let changes = BareChanges(database: try BareDatabase(path: path, statements: ChangeStatement.all))
        let (event, sessions) = try changes.database.readEvent()
        let people = try changes.database.numbers(
            """
            SELECT attendee_id FROM booking WHERE session_id = \(sessions[0]) AND status = 'confirmed' LIMIT 64
            """)
        guard !people.isEmpty else { throw Failure("nobody has the first workshop") }
        let processor = ownProcessorSeconds()
        let driven = try changes.database.write(seconds: seconds, batch: batch) { count in
            // Everybody takes the second workshop, then everybody the first again.
            let there = count / people.count % 2
            try changes.change(
                people[count % people.count], event: event, from: sessions[there], to: sessions[1 - there],
                beside: sessions[2])
        }
        print(driven.answered, driven.seconds, ownProcessorSeconds() - processor)
    }

    private func change(
        _ attendee: Int64, event: Int64, from: Int64, to: Int64, beside: Int64
    ) throws {
        try step(.savepoint)
        try step(.revision, event)
        try step(.attendee, attendee)
        try step(.bookings, attendee)
        for session in [to, beside] { try step(.sessionPlaces, session) }
        try step(.release, attendee, from)
        try step(.releaseCount, from)
        try step(.confirm, attendee, to)
        try step(.confirmCount, to)
        try step(.eventCount, event)
        let activity = try step(.activityNumber, event)
        try step(
            .activity, event, activity, BareRows.time, "changed",
            #"{"reference":"K7QX2M4P","gained":["case-studies"],"waiting":[],"released":["active-medicine"]}"#
        )
        try step(.eventPlaces, event)
        try step(.sessionPlaces, from)
        try step(.attendee, attendee)
        try step(.bookings, attendee)
        try step(.end)
    }

    @discardableResult
    private func step(_ statement: ChangeStatement, _ values: any Bindable...) throws -> Int64 {
        try database.step(statement.rawValue, values)
    }
}

/// The statements of one change in the order in which `Storage` first runs them.
private enum ChangeStatement: Int, CaseIterable {
    case savepoint, revision, attendee, bookings, sessionPlaces, release, releaseCount, confirm, confirmCount
    case eventCount, activityNumber, activity, eventPlaces, end

    static let all = allCases.map(\.sql)

    private var sql: String {
        switch self {
        case .savepoint: "SAVEPOINT work"
        case .revision:
            "SELECT revision, coalesce(wanted, capacity), confirmed, waiting FROM event_places WHERE event_id = ?"
        case .attendee:
            """
            SELECT id, event_id, secret_high, secret_low, status, name, email, organisation, role,
                coalesce(access, ''), coalesce(dietary, ''), registered_at, printed
            FROM attendee LEFT JOIN need ON need.attendee_id = id WHERE id = ?
            """
        case .bookings:
            """
            SELECT session_id, status, waiting_since, swaps FROM booking JOIN session ON session.id = session_id
            WHERE attendee_id = ? ORDER BY starts, title
            """
        case .sessionPlaces:
            "SELECT coalesce(wanted, capacity), confirmed, waiting FROM session_places WHERE session_id = ?"
        case .release:
            """
            UPDATE booking SET status = 'cancelled', waiting_since = NULL, swaps = 0
            WHERE attendee_id = ? AND session_id = ?
            """
        case .releaseCount:
            """
            UPDATE session_places SET confirmed = confirmed - 1,
                capacity = CASE WHEN wanted IS NULL THEN capacity
                    WHEN confirmed - 1 > wanted THEN confirmed - 1 ELSE wanted END,
                wanted = CASE WHEN confirmed - 1 > wanted THEN wanted END
            WHERE session_id = ?
            """
        case .confirm:
            """
            INSERT INTO booking (attendee_id, session_id, status) VALUES (?, ?, 'confirmed')
            ON CONFLICT (attendee_id, session_id) DO UPDATE SET status = 'confirmed'
            """
        case .confirmCount: "UPDATE session_places SET confirmed = confirmed + 1 WHERE session_id = ?"
        case .eventCount:
            """
            UPDATE event_places SET activity = activity + 1, confirmed = confirmed + 0, waiting = waiting + 0
            WHERE event_id = ?
            """
        case .activityNumber: "SELECT activity FROM event_places WHERE event_id = ?"
        case .activity: "INSERT INTO activity (event_id, number, at, kind, detail) VALUES (?, ?, ?, ?, ?)"
        case .eventPlaces:
            "SELECT coalesce(wanted, capacity), confirmed, waiting FROM event_places WHERE event_id = ?"
        case .end: "RELEASE work"
        }
    }
}
