extension Schema {
    /// A kind of letter more: SQLite changes no constraint of a table that is there, so the outbox is written anew.
    static let addressLetters = """
        DROP INDEX letter_due;
        DROP INDEX letter_failed;
        ALTER TABLE letter RENAME TO letter_before;

        CREATE TABLE letter (
            id INTEGER NOT NULL PRIMARY KEY,
            event_id INTEGER NOT NULL REFERENCES event (id),
            attendee_id INTEGER NOT NULL REFERENCES attendee (id),
            kind TEXT NOT NULL CHECK (kind = 'registered' OR kind = 'waiting' OR kind = 'promoted'
                OR kind = 'changed' OR kind = 'cancelled' OR kind = 'programme-changed'
                OR kind = 'reminder' OR kind = 'link' OR kind = 'confirm-address' OR kind = 'address-changed'),
            -- The bookings that it tells, as JSON; empty where it tells those that there are when it is sent.
            told TEXT NOT NULL,
            sequence INTEGER NOT NULL CHECK (sequence >= 0),
            -- NULL for the attendee's own at the time of sending.
            address TEXT,
            state TEXT NOT NULL DEFAULT 'queued'
                CHECK (state = 'queued' OR state = 'sent' OR state = 'failed'),
            attempts INTEGER NOT NULL DEFAULT 0,
            -- Why it waits or was refused; empty where there is nothing to say.
            reason TEXT NOT NULL DEFAULT '',
            next_at INTEGER NOT NULL,
            written_at INTEGER NOT NULL,
            changed_at INTEGER NOT NULL
        ) STRICT;

        INSERT INTO letter (id, event_id, attendee_id, kind, told, sequence, address, state, attempts, reason,
                next_at, written_at, changed_at)
            SELECT id, event_id, attendee_id, kind, told, sequence, address, state, attempts, reason, next_at,
                written_at, changed_at
            FROM letter_before;
        DROP TABLE letter_before;

        -- The next letter is the first here: those put off stand among those of their time.
        CREATE INDEX letter_due ON letter (next_at) WHERE state = 'queued';
        CREATE INDEX letter_failed ON letter (event_id) WHERE state = 'failed';
        """
}
