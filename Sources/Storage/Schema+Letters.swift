extension Schema {
    /// The outbox. A registration writes one row and the end of one index: everything here grows at its end.
    static let letters = """
        CREATE TABLE letter (
            id INTEGER NOT NULL PRIMARY KEY,
            event_id INTEGER NOT NULL REFERENCES event (id),
            attendee_id INTEGER NOT NULL REFERENCES attendee (id),
            kind TEXT NOT NULL CHECK (kind = 'registered' OR kind = 'waiting' OR kind = 'promoted'
                OR kind = 'changed' OR kind = 'cancelled' OR kind = 'programme-changed'
                OR kind = 'reminder' OR kind = 'link' OR kind = 'confirm-address'),
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

        -- The next letter is the first here: those put off stand among those of their time.
        CREATE INDEX letter_due ON letter (next_at) WHERE state = 'queued';

        CREATE INDEX letter_failed ON letter (event_id) WHERE state = 'failed';

        -- How many were sent, which no one could count among a million as often as it is asked.
        CREATE TABLE letter_tally (
            event_id INTEGER NOT NULL PRIMARY KEY REFERENCES event (id),
            sent INTEGER NOT NULL
        ) STRICT;

        -- Up to when an event's reminders are written, so that each is written once.
        CREATE TABLE reminder (
            event_id INTEGER NOT NULL PRIMARY KEY REFERENCES event (id),
            written_for INTEGER NOT NULL
        ) STRICT;
        """
}
