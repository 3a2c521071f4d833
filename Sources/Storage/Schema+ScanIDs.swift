extension Schema {
    /// Scanners that know nothing of each other may number their scans alike.
    static let scanIDs = """
        DROP INDEX scan_given;

        CREATE UNIQUE INDEX scan_given ON scan (event_id, door, given_id) WHERE given_id IS NOT NULL;
        """
}
