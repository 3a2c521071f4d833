extension Schema {
    /// As for sessions: a capacity below what was confirmed when it was set; `capacity` sinks to it as people leave.
    static let eventCapacity = """
        ALTER TABLE event_places ADD COLUMN wanted INTEGER
            CHECK (wanted IS NULL OR (wanted >= 1 AND wanted < capacity));
        """
}
