public import Registration

extension Reading {
    /// The attendee's bookings in the order of the programme, cancelled ones included.
    public func bookings(of attendee: AttendeeID) throws -> [Booking] {
        try connection.all(
            """
            SELECT session_id, status FROM booking JOIN session ON session.id = session_id
            WHERE attendee_id = $1 ORDER BY starts, title
            """, .id(attendee)
        ) { Booking(session: $0.id(0), status: try $0.word(1)) }
    }

    public func findBooking(_ attendee: AttendeeID, session: SessionID) throws -> Booking.Status? {
        try connection.first(
            "SELECT status FROM booking WHERE attendee_id = $1 AND session_id = $2", .id(attendee),
            .id(session)
        ) { try $0.word(0) }
    }
}

extension Transaction {
    /// Gives the attendee a place, which the caller has seen to be free.
    public func confirm(_ session: SessionID, for attendee: AttendeeID) throws {
        try connection.run(
            "INSERT INTO booking (attendee_id, session_id, status) VALUES ($1, $2, 'confirmed')",
            .id(attendee),
            .id(session))
        try connection.run(
            "UPDATE session_places SET confirmed = confirmed + 1 WHERE session_id = $1", .id(session))
    }

    /// Frees the attendee's confirmed places, and answers which.
    public func releaseBookings(of attendee: AttendeeID) throws -> [SessionID] {
        let released: [SessionID] = try connection.all(
            """
            UPDATE booking SET status = 'cancelled' WHERE attendee_id = $1 AND status = 'confirmed'
            RETURNING session_id
            """, .id(attendee)
        ) { $0.id(0) }
        for session in released {
            try connection.run(
                "UPDATE session_places SET confirmed = confirmed - 1 WHERE session_id = $1", .id(session))
        }
        return released
    }
}
