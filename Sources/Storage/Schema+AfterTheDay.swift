extension Schema {
    /// What sessions leave behind, and what people say of them.
    static let afterTheDay = """
        -- A number is never given again: a file that is still being read must not become another.
        CREATE TABLE material (
            id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            event_id INTEGER NOT NULL REFERENCES event (id),
            session_id INTEGER NOT NULL REFERENCES session (id),
            name TEXT NOT NULL,
            -- NULL for a file.
            address TEXT,
            bytes INTEGER NOT NULL DEFAULT 0 CHECK (bytes >= 0),
            -- A file is seen by nobody before all of it is here, nor while it is taken out piece by piece.
            state TEXT NOT NULL CHECK (state = 'arriving' OR state = 'there' OR state = 'going'),
            changed_at INTEGER NOT NULL,
            CHECK (address IS NULL OR (bytes = 0 AND state = 'there'))
        ) STRICT;

        CREATE INDEX material_of_event ON material (event_id);
        CREATE UNIQUE INDEX material_file ON material (session_id, name)
        WHERE address IS NULL AND state = 'there';

        -- Files in pieces, each its own transaction, so that none keeps the other writes waiting.
        CREATE TABLE material_chunk (
            material_id INTEGER NOT NULL REFERENCES material (id),
            number INTEGER NOT NULL CHECK (number >= 0),
            bytes BLOB NOT NULL,
            PRIMARY KEY (material_id, number)
        ) STRICT;

        CREATE TABLE feedback (
            id INTEGER NOT NULL PRIMARY KEY,
            event_id INTEGER NOT NULL REFERENCES event (id),
            attendee_id INTEGER NOT NULL REFERENCES attendee (id),
            -- NULL for the day as a whole.
            session_id INTEGER REFERENCES session (id),
            rating INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 5),
            differently TEXT NOT NULL,
            quote TEXT NOT NULL,
            -- What the person agreed to, so that the quote may be published; empty where they did not.
            consent TEXT NOT NULL,
            answered_at INTEGER NOT NULL,
            CHECK (consent = '' OR quote <> '')
        ) STRICT;

        CREATE UNIQUE INDEX feedback_on_session ON feedback (attendee_id, session_id)
        WHERE session_id IS NOT NULL;
        CREATE UNIQUE INDEX feedback_on_day ON feedback (attendee_id) WHERE session_id IS NULL;
        CREATE INDEX feedback_of_event ON feedback (event_id, session_id);
        """
}
