public import Registration

/// What finds whoever cancelled, in the transaction of a request that anybody may send: by an index.
enum CancelledAttendee {
    static let byAddress: StaticString = """
        SELECT id FROM attendee
        WHERE event_id = $1 AND email_key = $2 AND status = 'cancelled' AND erased_at IS NULL
        ORDER BY id DESC LIMIT 1
        """
}

extension Reading {
    /// Nil also for somebody who was erased.
    public func findAttendee(_ id: AttendeeID) throws -> Attendee? {
        try connection.first(
            """
            SELECT id, event_id, secret_high, secret_low, status, name, email, organisation, role,
                coalesce(access, ''), coalesce(dietary, ''), registered_at, printed
            FROM attendee LEFT JOIN need ON need.attendee_id = id WHERE id = $1 AND erased_at IS NULL
            """, .id(id), read: tables.attendee(row:))
    }

    public func findAttendee(_ reference: Reference) throws -> Attendee? {
        try findAttendee(tables.attendeeID(of: reference))
    }

    public func reference(of attendee: AttendeeID) -> Reference { tables.reference(of: attendee) }

    /// Rule 4: whether a registration of the event that is not cancelled has the address.
    public func isAddressTaken(_ address: EmailAddress, event: EventID) throws -> Bool {
        try findAttendee(with: address, event: event) != nil
    }

    /// Whoever is registered with the address and did not cancel.
    public func findAttendee(with address: EmailAddress, event: EventID) throws -> AttendeeID? {
        try connection.first(
            """
            SELECT id FROM attendee WHERE event_id = $1 AND email_key = $2 AND status <> 'cancelled'
            """, .id(event), .text(address.key)
        ) { $0.id(0) }
    }

    /// Whoever registered with the address last and cancelled.
    public func findCancelledAttendee(with address: EmailAddress, event: EventID) throws -> AttendeeID? {
        try connection.first(CancelledAttendee.byAddress, .id(event), .text(address.key)) { $0.id(0) }
    }
}

extension Transaction {
    /// Adds an attendee. The event's count is raised by `record(_:_:of:at:confirmed:waiting:)`.
    public func addAttendee(
        _ form: RegistrationForm, address: EmailAddress, secret: Code.Secret, status: Attendee.Status,
        event: EventID, at now: Timestamp
    ) throws -> Attendee {
        let number = try connection.insert(
            """
            INSERT INTO attendee (event_id, status, secret_high, secret_low, registered_at, email_key, email,
                name, organisation, role)
            VALUES ($1, $10, $2, $3, $4, $5, $6, $7, $8, $9)
            """, .id(event), .integer(Int64(secret.high)), .integer(Int64(secret.low)), .time(now),
            .text(address.key), .text(address.text), .text(form.name), .text(form.organisation),
            .text(form.role), .text(status.rawValue))
        let id = AttendeeID(rawValue: number)
        if form.hasNeeds { try keepNeeds(of: form, id) }
        return Attendee(
            id: id, event: event, reference: tables.reference(of: id), secret: secret, status: status,
            name: form.name, email: address.text, organisation: form.organisation, role: form.role,
            accessNeeds: form.accessNeeds, dietaryNeeds: form.dietaryNeeds, registered: now, printed: 0)
    }

    public func setStatus(_ status: Attendee.Status, of attendee: AttendeeID) throws {
        try connection.run(
            "UPDATE attendee SET status = $2 WHERE id = $1", .id(attendee), .text(status.rawValue))
    }

    /// Writes what the attendee typed anew, all of it.
    ///
    /// - Parameter address: that of the form, which the caller has seen to be nobody else's.
    public func correct(_ attendee: AttendeeID, to form: RegistrationForm, address: EmailAddress) throws {
        try connection.run(
            """
            UPDATE attendee SET email_key = $2, email = $3, name = $4, organisation = $5, role = $6
            WHERE id = $1
            """, .id(attendee), .text(address.key), .text(address.text), .text(form.name),
            .text(form.organisation), .text(form.role))
        try keepNeeds(of: form, attendee)
    }

    /// Notes that a badge came out, so that older ones are answered `replaced`.
    public func notePrinted(_ number: Int, of attendee: AttendeeID) throws {
        try connection.run(
            "UPDATE attendee SET printed = $2 WHERE id = $1 AND printed < $2", .id(attendee), .integer(number)
        )
    }
}

extension TableAccess {
    func attendee(row: Row) throws -> Attendee {
        let id: AttendeeID = row.id(0)
        return Attendee(
            id: id, event: row.id(1), reference: reference(of: id),
            secret: Code.Secret(high: UInt64(row.integer(2)), low: UInt64(row.integer(3))),
            status: try row.word(4), name: row.text(5), email: row.text(6), organisation: row.text(7),
            role: row.text(8), accessNeeds: row.text(9), dietaryNeeds: row.text(10), registered: row.time(11),
            printed: row.count(12))
    }
}
