public import Registration

extension Reading {
    public func findToken(hash: String) throws -> TokenHolder? {
        try connection.first(
            "SELECT id, role, event_id FROM token WHERE token_hash = $1 AND revoked_at IS NULL", .text(hash)
        ) { TokenHolder(id: $0.integer(0), role: try $0.word(1), event: $0.optionalID(2)) }
    }

    /// Every token that was made, oldest first.
    public func tokens() throws -> [IssuedToken] {
        try connection.all(
            """
            SELECT token.id, role, coalesce(slug, ''), created_at, revoked_at
            FROM token LEFT JOIN event ON event.id = event_id ORDER BY token.id
            """
        ) { row in
            let event = row.text(2)
            return IssuedToken(
                id: row.integer(0), role: try row.word(1), event: event.isEmpty ? nil : event,
                created: row.time(3), revoked: row.optionalTime(4))
        }
    }
}

extension Transaction {
    public func addToken(hash: String, role: Role, event: EventID?, at now: Timestamp) throws {
        try connection.run(
            "INSERT INTO token (token_hash, role, event_id, created_at) VALUES ($1, $2, $3, $4)", .text(hash),
            .text(role.rawValue), .id(event), .time(now))
    }

    /// Ends a token for good; whether there was one to end.
    public func revokeToken(_ id: Int64, at now: Timestamp) throws -> Bool {
        try connection.run(
            "UPDATE token SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL", .integer(id), .time(now))
            > 0
    }
}
