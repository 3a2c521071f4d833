extension Schema {
    /// When the print server began a badge: one that it begins again after its own restart may come out twice.
    static let printing = """
        ALTER TABLE print_job ADD COLUMN begun_at INTEGER;
        """
}
