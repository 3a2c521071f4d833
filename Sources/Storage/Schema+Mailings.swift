extension Schema {
    /// Letters to many people, which are written a batch at a time.
    static let mailings = """
        CREATE TABLE mailing (
            id INTEGER NOT NULL PRIMARY KEY,
            event_id INTEGER NOT NULL REFERENCES event (id),
            kind TEXT NOT NULL CHECK (kind = 'programme-changed' OR kind = 'reminder'),
            -- Only to those who have booked or wait for one of these, as ',3,4,'; NULL for all.
            sessions TEXT,
            -- Only to those who registered earlier.
            registered_before INTEGER NOT NULL,
            -- Whom they are still owed: those with numbers above the first, up to the second.
            written_to INTEGER NOT NULL,
            last_attendee INTEGER NOT NULL,
            CHECK (written_to < last_attendee)
        ) STRICT;
        """
}
