public import Registration

extension Reading {
    /// The attendee's bookings in the order of the programme, cancelled ones included.
    public func bookings(of attendee: AttendeeID) throws -> [Booking] {
        try connection.all(
            """
            SELECT session_id, status, waiting_since, swaps FROM booking JOIN session ON session.id = session_id
            WHERE attendee_id = $1 ORDER BY starts, id
            """, .id(attendee)
        ) {
            Booking(
                session: $0.id(0), status: try $0.word(1), waitingSince: $0.optionalInteger(2),
                swaps: $0.integer(3) != 0)
        }
    }

    public func findBooking(_ attendee: AttendeeID, session: SessionID) throws -> Booking.Status? {
        try connection.first(
            "SELECT status FROM booking WHERE attendee_id = $1 AND session_id = $2", .id(attendee),
            .id(session)
        ) { try $0.word(0) }
    }
}

extension Transaction {
    /// Gives the attendee a place that the caller has seen to be free, and that they neither have nor wait for.
    public func confirm(_ session: SessionID, for attendee: AttendeeID) throws {
        try connection.run(
            """
            INSERT INTO booking (attendee_id, session_id, status) VALUES ($1, $2, 'confirmed')
            ON CONFLICT (attendee_id, session_id) DO UPDATE SET status = 'confirmed'
            """, .id(attendee), .id(session))
        try connection.run(
            "UPDATE session_places SET confirmed = confirmed + 1 WHERE session_id = $1", .id(session))
    }

    /// Puts the attendee at the end of the session's waiting list.
    ///
    /// - Parameter number: of the activity that does it, which no earlier one can exceed.
    public func putOnList(
        of session: SessionID, _ attendee: AttendeeID, since number: Int64, swaps: Bool
    ) throws {
        try connection.run(
            """
            INSERT INTO booking (attendee_id, session_id, status, waiting_since, swaps)
            VALUES ($1, $2, 'waiting', $3, $4)
            ON CONFLICT (attendee_id, session_id) DO UPDATE
            SET status = 'waiting', waiting_since = excluded.waiting_since, swaps = excluded.swaps
            """, .id(attendee), .id(session), .integer(number), .integer(swaps ? 1 : 0))
        try connection.run(
            "UPDATE session_places SET waiting = waiting + 1 WHERE session_id = $1", .id(session))
    }

    /// Gives somebody on the session's waiting list a place that the caller has seen to be free.
    public func promote(_ attendee: AttendeeID, to session: SessionID) throws {
        try connection.run(
            """
            UPDATE booking SET status = 'confirmed', waiting_since = NULL, swaps = 0
            WHERE attendee_id = $1 AND session_id = $2
            """, .id(attendee), .id(session))
        try connection.run(
            """
            UPDATE session_places SET confirmed = confirmed + 1, waiting = waiting - 1 WHERE session_id = $1
            """, .id(session))
    }

    /// Says whether the attendee gives up what overlaps with the sessions that they wait for; of how many of these
    /// it was otherwise before.
    public func setSwaps(_ swaps: Bool, of attendee: AttendeeID) throws -> Int {
        try connection.run(
            "UPDATE booking SET swaps = $2 WHERE attendee_id = $1 AND status = 'waiting' AND swaps <> $2",
            .id(attendee), .integer(swaps ? 1 : 0))
    }

    /// Takes the attendee's place, in the session or on its waiting list. A capacity that is to be lower sinks
    /// with it.
    public func release(_ booking: Booking, of attendee: AttendeeID) throws {
        try connection.run(
            """
            UPDATE booking SET status = 'cancelled', waiting_since = NULL, swaps = 0
            WHERE attendee_id = $1 AND session_id = $2
            """, .id(attendee), .id(booking.session))
        switch booking.status {
        case .confirmed:
            try connection.run(
                """
                UPDATE session_places SET confirmed = confirmed - 1,
                    capacity = CASE WHEN wanted IS NULL THEN capacity
                        WHEN confirmed - 1 > wanted THEN confirmed - 1 ELSE wanted END,
                    wanted = CASE WHEN confirmed - 1 > wanted THEN wanted END
                WHERE session_id = $1
                """, .id(booking.session))
        case .waiting:
            try connection.run(
                "UPDATE session_places SET waiting = waiting - 1 WHERE session_id = $1", .id(booking.session))
        case .cancelled: break
        }
    }
}
