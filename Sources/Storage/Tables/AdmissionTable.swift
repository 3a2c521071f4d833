public import Registration

extension Reading {
    /// Where the person was admitted, each point once, and when; the session is nil at the entrance.
    public func admissions(of attendee: AttendeeID) throws -> [(session: SessionID?, at: Timestamp)] {
        try connection.all(
            """
            SELECT session_id, at FROM admission JOIN point ON point.id = point_id
            WHERE attendee_id = $1 ORDER BY at, point_id
            """, .id(attendee)
        ) { ($0.optionalID(0), $0.time(1)) }
    }

    /// When the attendee was scanned again where they had been let in before, in order; the session is nil at the
    /// entrance.
    public func repeatedScans(of attendee: AttendeeID) throws -> [(session: SessionID?, at: Timestamp)] {
        try connection.all(
            """
            SELECT session_id, scanned_at FROM scan JOIN point ON point.id = point_id
            WHERE attendee_id = $1 AND verdict = 'again' ORDER BY scanned_at, scan.id
            """, .id(attendee)
        ) { ($0.optionalID(0), $0.time(1)) }
    }
}
