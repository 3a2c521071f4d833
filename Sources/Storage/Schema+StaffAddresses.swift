extension Schema {
    /// From where members of staff signed in before, so that strangers who try their accounts can't keep them out.
    static let staffAddresses = """
        CREATE TABLE staff_address (
            staff_id INTEGER NOT NULL REFERENCES staff (id),
            address TEXT NOT NULL,
            seen_at INTEGER NOT NULL,
            PRIMARY KEY (staff_id, address)
        ) STRICT, WITHOUT ROWID;
        """
}
