public import Registration

extension Reading {
    /// The address that the attendee asked to have instead of theirs, and has not confirmed.
    public func newAddress(of attendee: AttendeeID) throws -> String? {
        try connection.first("SELECT address FROM new_address WHERE attendee_id = $1", .id(attendee)) {
            $0.text(0)
        }
    }
}

extension Transaction {
    /// Keeps an address until it is confirmed; one that was asked for before is forgotten.
    public func keepNewAddress(
        _ address: EmailAddress, of attendee: AttendeeID, at now: Timestamp
    ) throws {
        try connection.run(
            """
            INSERT INTO new_address (attendee_id, address, asked_at) VALUES ($1, $2, $3)
            ON CONFLICT (attendee_id) DO UPDATE SET address = excluded.address, asked_at = excluded.asked_at
            """, .id(attendee), .text(address.text), .time(now))
    }

    public func forgetNewAddress(of attendee: AttendeeID) throws {
        try connection.run("DELETE FROM new_address WHERE attendee_id = $1", .id(attendee))
    }
}
