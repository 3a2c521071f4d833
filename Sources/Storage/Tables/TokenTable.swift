public import Registration

extension Reading {
    public func findToken(hash: String) throws -> TokenHolder? {
        try connection.first(
            "SELECT id, role, event_id FROM token WHERE token_hash = $1 AND revoked_at IS NULL", .text(hash)
        ) { TokenHolder(id: $0.integer(0), role: try $0.word(1), event: $0.optionalID(2)) }
    }
}

extension Transaction {
    public func addToken(hash: String, role: Role, event: EventID?, at now: Timestamp) throws {
        try connection.run(
            "INSERT INTO token (token_hash, role, event_id, created_at) VALUES ($1, $2, $3, $4)", .text(hash),
            .text(role.rawValue), .id(event), .time(now))
    }
}
