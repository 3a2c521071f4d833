extension Schema {
    /// Changes, waiting lists and their times. The event's own list is its waiting attendees in the order in
    /// which they registered.
    static let changes = """
        ALTER TABLE event ADD COLUMN changes_close INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE event ADD COLUMN lists_close INTEGER NOT NULL DEFAULT 0;
        UPDATE event SET changes_close = starts, lists_close = starts;

        -- Whether the organiser holds all waiting lists of the event by hand.
        ALTER TABLE event_places ADD COLUMN lists_held INTEGER NOT NULL DEFAULT 0
            CHECK (lists_held = 0 OR lists_held = 1);

        -- A capacity below what was booked when it was set; `capacity` sinks to it as bookings are given back.
        ALTER TABLE session_places ADD COLUMN wanted INTEGER
            CHECK (wanted IS NULL OR (wanted >= 1 AND wanted < capacity));

        ALTER TABLE booking ADD COLUMN swaps INTEGER NOT NULL DEFAULT 0 CHECK (swaps = 0 OR swaps = 1);

        CREATE INDEX attendee_waiting ON attendee (event_id, id) WHERE status = 'waiting';

        -- What an attendee wants to have instead of their address, until whoever reads its letters confirms it.
        CREATE TABLE new_address (
            attendee_id INTEGER NOT NULL PRIMARY KEY REFERENCES attendee (id),
            address TEXT NOT NULL CHECK (length(address) BETWEEN 3 AND 10160),
            asked_at INTEGER NOT NULL
        ) STRICT;
        """
}
