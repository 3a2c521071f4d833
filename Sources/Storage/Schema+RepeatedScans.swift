extension Schema {
    /// Somebody's later scans, which show on which other days they came; first admissions are not in it, so that
    /// they cost no more.
    static let repeatedScans = """
        CREATE INDEX scan_again ON scan (attendee_id) WHERE verdict = 'again';
        """
}
