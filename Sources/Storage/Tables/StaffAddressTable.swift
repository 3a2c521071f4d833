public import Registration

extension Reading {
    /// Whether the member of staff has signed in from this address, as far as is remembered.
    public func hasSignedIn(_ staff: StaffID, from address: String) throws -> Bool {
        try connection.first(
            "SELECT 1 FROM staff_address WHERE staff_id = $1 AND address = $2", .id(staff), .text(address)
        ) { _ in true } ?? false
    }
}

extension Transaction {
    /// How many addresses are remembered of one member of staff: those used last.
    static let staffAddressLimit = 20

    public func rememberSignIn(of staff: StaffID, from address: String, at now: Timestamp) throws {
        try connection.run(
            """
            INSERT INTO staff_address (staff_id, address, seen_at) VALUES ($1, $2, $3)
            ON CONFLICT (staff_id, address) DO UPDATE SET seen_at = excluded.seen_at
            """, .id(staff), .text(address), .time(now))
        try connection.run(
            """
            DELETE FROM staff_address WHERE staff_id = $1 AND address NOT IN (
                SELECT address FROM staff_address WHERE staff_id = $1 ORDER BY seen_at DESC, address LIMIT $2)
            """, .id(staff), .integer(Transaction.staffAddressLimit))
    }
}
