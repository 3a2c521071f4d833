public import Registration

/// A member of staff with the hash of their password.
public struct StaffAccount: Sendable {
    public var member: StaffMember
    public var passwordHash: String
}

extension Reading {
    public func findStaff(_ address: EmailAddress) throws -> StaffAccount? {
        try connection.first(
            "SELECT id, email, role, password_hash FROM staff WHERE email_key = $1", .text(address.key)
        ) { StaffAccount(member: try StaffMember(row: $0, from: 0), passwordHash: $0.text(3)) }
    }

    public func staff() throws -> [StaffMember] {
        try connection.all("SELECT id, email, role FROM staff ORDER BY email_key") {
            try StaffMember(row: $0, from: 0)
        }
    }

    /// The session with this token, if it has neither ended nor been revoked.
    public func findStaffSession(tokenHash: String, now: Timestamp) throws -> StaffSession? {
        try connection.first(
            """
            SELECT staff_session.id, staff.id, email, role, started_at, seen_at, expires_at
            FROM staff_session JOIN staff ON staff.id = staff_id
            WHERE token_hash = $1 AND expires_at > $2 AND revoked_at IS NULL
            """, .text(tokenHash), .time(now), read: StaffSession.init(row:))
    }

    /// The sessions that go on, newest first.
    public func staffSessions(now: Timestamp) throws -> [StaffSession] {
        try connection.all(
            """
            SELECT staff_session.id, staff.id, email, role, started_at, seen_at, expires_at
            FROM staff_session JOIN staff ON staff.id = staff_id
            WHERE expires_at > $1 AND revoked_at IS NULL ORDER BY staff_session.id DESC LIMIT 1000
            """, .time(now), read: StaffSession.init(row:))
    }
}

extension Transaction {
    /// Adds a member of staff, or gives the one with this address a new role and password.
    public func saveStaff(
        _ address: EmailAddress, role: Role, passwordHash: String, at now: Timestamp
    ) throws -> StaffMember {
        let member: StaffMember? = try connection.first(
            """
            INSERT INTO staff (email, email_key, role, password_hash, added_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (email_key) DO UPDATE SET email = excluded.email, role = excluded.role,
                password_hash = excluded.password_hash
            RETURNING id, email, role
            """, .text(address.text), .text(address.key), .text(role.rawValue), .text(passwordHash),
            .time(now)
        ) { try StaffMember(row: $0, from: 0) }
        guard let member else { throw MissingRow(table: "staff") }
        return member
    }

    /// Keeps the same password in another form.
    public func renewPasswordHash(_ hash: String, of staff: StaffID) throws {
        try connection.run(
            "UPDATE staff SET password_hash = $2 WHERE id = $1", .id(staff), .text(hash))
    }

    /// Removes a member of staff, all their sign-ins and where they came from; nothing else names them.
    public func remove(_ staff: StaffID) throws {
        try connection.run("DELETE FROM staff_session WHERE staff_id = $1", .id(staff))
        try connection.run("DELETE FROM staff_address WHERE staff_id = $1", .id(staff))
        try connection.run("DELETE FROM staff WHERE id = $1", .id(staff))
    }

    public func startStaffSession(
        of staff: StaffID, tokenHash: String, at now: Timestamp, expires: Timestamp
    ) throws {
        try connection.run(
            """
            INSERT INTO staff_session (staff_id, token_hash, started_at, seen_at, expires_at)
            VALUES ($1, $2, $3, $3, $4)
            """, .id(staff), .text(tokenHash), .time(now), .time(expires))
    }

    /// Notes that the session was used, which puts off its end.
    public func extendStaffSession(_ id: Int64, seen: Timestamp, expires: Timestamp) throws {
        try connection.run(
            "UPDATE staff_session SET seen_at = $2, expires_at = $3 WHERE id = $1 AND revoked_at IS NULL",
            .integer(id), .time(seen), .time(expires))
    }

    /// Ends a session now, only if it is of `staff` where that is given; whether there was one to end.
    public func revokeStaffSession(_ id: Int64, of staff: StaffID?, at now: Timestamp) throws -> Bool {
        try connection.run(
            """
            UPDATE staff_session SET revoked_at = $2
            WHERE id = $1 AND revoked_at IS NULL AND (CAST($3 AS BIGINT) IS NULL OR staff_id = $3)
            """, .integer(id), .time(now), .id(staff)) > 0
    }

    /// Ends all sessions of a member of staff, as a new password does.
    public func revokeStaffSessions(of staff: StaffID, at now: Timestamp) throws {
        try connection.run(
            "UPDATE staff_session SET revoked_at = $2 WHERE staff_id = $1 AND revoked_at IS NULL", .id(staff),
            .time(now))
    }
}

extension StaffMember {
    init(row: Row, from column: Int32) throws {
        self.init(id: row.id(column), email: row.text(column + 1), role: try row.word(column + 2))
    }
}

extension StaffSession {
    init(row: Row) throws {
        self.init(
            id: row.integer(0), member: try StaffMember(row: row, from: 1), started: row.time(4),
            seen: row.time(5), expires: row.time(6))
    }
}
