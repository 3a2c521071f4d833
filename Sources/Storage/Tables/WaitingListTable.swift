public import Registration

/// Somebody on a session's waiting list, as the rule of promotion looks at them.
public struct WaitingAttendee: Sendable {
    public var attendee: AttendeeID
    /// The list's order.
    public var since: Int64
    public var question: PromotionQuestion
}

/// What counts those before somebody in a list, in the transactions of all who wait: from an index alone.
enum ListPosition {
    static let inSession: StaticString =
        "SELECT count(*) FROM booking WHERE session_id = $1 AND waiting_since <= $2"
    static let inEvent: StaticString =
        "SELECT count(*) FROM attendee WHERE event_id = $1 AND status = 'waiting' AND id <= $2"
}

extension Reading {
    /// The session's waiting list, oldest first.
    ///
    /// - Parameter number: only those who came on the list after it.
    public func waitingList(of session: SessionID, after number: Int64, limit: Int) throws
        -> [WaitingAttendee]
    {
        try connection.all(
            """
            SELECT attendee_id, waiting_since, swaps, attendee.status,
                (SELECT count(*) FROM booking AS held JOIN session AS theirs ON theirs.id = held.session_id
                    JOIN session AS ours ON ours.id = $1
                    WHERE held.attendee_id = booking.attendee_id AND held.status = 'confirmed'
                        AND theirs.starts < ours.ends AND ours.starts < theirs.ends)
            FROM booking JOIN attendee ON attendee.id = attendee_id
            WHERE session_id = $1 AND waiting_since > $2
            ORDER BY waiting_since LIMIT $3
            """, .id(session), .integer(number), .integer(limit)
        ) { row in
            WaitingAttendee(
                attendee: row.id(0), since: row.integer(1),
                question: PromotionQuestion(
                    attendee: try row.word(3), clashing: row.count(4), swaps: row.integer(2) != 0))
        }
    }

    /// How many of the session's waiting list came no later, 1 for the first.
    public func position(inListOf session: SessionID, since number: Int64) throws -> Int {
        try connection.first(ListPosition.inSession, .id(session), .integer(number)) { $0.count(0) } ?? 0
    }

    /// How many of the event's own waiting list came no later, 1 for the first.
    public func position(of attendee: AttendeeID, inListOf event: EventID) throws -> Int {
        try connection.first(ListPosition.inEvent, .id(event), .id(attendee)) { $0.count(0) } ?? 0
    }

    /// The event's own waiting list, oldest first.
    public func waitingAttendees(of event: EventID, limit: Int) throws -> [AttendeeID] {
        try connection.all(
            "SELECT id FROM attendee WHERE event_id = $1 AND status = 'waiting' ORDER BY id LIMIT $2",
            .id(event), .integer(limit)
        ) { $0.id(0) }
    }

    /// The sessions of an event that have places nobody has and somebody waits for.
    public func sessionsToPromote(of event: EventID) throws -> [SessionID] {
        try connection.all(
            """
            SELECT session_id FROM session_places JOIN session ON session.id = session_id
            WHERE event_id = $1 AND waiting > 0 AND confirmed < coalesce(wanted, capacity) ORDER BY starts, id
            """, .id(event)
        ) { $0.id(0) }
    }
}

extension Transaction {
    /// Holds all waiting lists of the event, or lets them go on.
    public func setListsHeld(_ isHeld: Bool, of event: EventID) throws {
        try connection.run(
            """
            UPDATE event_places SET lists_held = $2, revision = revision + 1 WHERE event_id = $1
            """, .id(event), .integer(isHeld ? 1 : 0))
    }

    /// Sets a session's capacity, which sinks to a number below what is booked only as bookings are given back.
    public func setCapacity(_ capacity: Int, of session: SessionID, event: EventID) throws {
        try connection.run(
            """
            UPDATE session_places SET capacity = CASE WHEN $2 < confirmed THEN confirmed ELSE $2 END,
                wanted = CASE WHEN $2 < confirmed THEN $2 END
            WHERE session_id = $1
            """, .id(session), .integer(capacity))
        try connection.run(
            "UPDATE event_places SET revision = revision + 1 WHERE event_id = $1", .id(event))
    }

    /// Sets an event's capacity, which sinks to a number below what is confirmed only as people leave.
    public func setCapacity(_ capacity: Int, of event: EventID) throws {
        try connection.run(
            """
            UPDATE event_places SET revision = revision + 1,
                capacity = CASE WHEN $2 < confirmed THEN confirmed ELSE $2 END,
                wanted = CASE WHEN $2 < confirmed THEN $2 END
            WHERE event_id = $1
            """, .id(event), .integer(capacity))
    }
}
