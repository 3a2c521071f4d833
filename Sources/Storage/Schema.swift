/// The tables. Times are milliseconds since 1970 UTC, JSON is text; what changes with every registration and
/// scan stands in narrow rows (`…_places`, `point`), since a changed page goes to the log whole. Of the same
/// reason a `CHECK` with more than two words is written with `OR`: for `IN` SQLite builds a table in memory each
/// time.
enum Schema {
    /// What both triggers of rule 2 do.
    private static let refusalOfClash = """
        SELECT RAISE(ABORT, 'an attendee would hold two bookings that overlap') FROM booking AS other
            JOIN session AS theirs ON theirs.id = other.session_id
            JOIN session AS ours ON ours.id = NEW.session_id
            WHERE other.attendee_id = NEW.attendee_id AND other.session_id <> NEW.session_id
                AND other.status = 'confirmed' AND theirs.starts < ours.ends AND ours.starts < theirs.ends;
        """

    static let first = """
        CREATE TABLE setting (
            name TEXT NOT NULL PRIMARY KEY,
            value TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE event (
            id INTEGER NOT NULL PRIMARY KEY,
            slug TEXT NOT NULL UNIQUE CHECK (length(slug) BETWEEN 1 AND 64),
            title TEXT NOT NULL,
            venue TEXT NOT NULL,
            time_zone TEXT NOT NULL,
            starts INTEGER NOT NULL,
            ends INTEGER NOT NULL,
            contact TEXT NOT NULL,
            summary TEXT NOT NULL,
            registration_opens INTEGER NOT NULL,
            registration_closes INTEGER NOT NULL,
            doors_open INTEGER NOT NULL,
            doors_close INTEGER NOT NULL,
            CHECK (starts < ends),
            CHECK (doors_open < doors_close)
        ) STRICT;

        -- Rule 1 for the event, and where activity numbers come from (rule 9).
        CREATE TABLE event_places (
            event_id INTEGER NOT NULL PRIMARY KEY REFERENCES event (id),
            -- Counts the imports: whoever keeps the event's programme in memory sees by it that it changed.
            revision INTEGER NOT NULL,
            capacity INTEGER NOT NULL CHECK (capacity BETWEEN 1 AND 1000000),
            confirmed INTEGER NOT NULL DEFAULT 0 CHECK (confirmed >= 0),
            waiting INTEGER NOT NULL DEFAULT 0 CHECK (waiting >= 0),
            activity INTEGER NOT NULL DEFAULT 0,
            CHECK (confirmed <= capacity)
        ) STRICT;

        CREATE TABLE session (
            id INTEGER NOT NULL PRIMARY KEY,
            event_id INTEGER NOT NULL REFERENCES event (id),
            slug TEXT NOT NULL CHECK (length(slug) BETWEEN 1 AND 64 AND slug <> 'entrance'),
            kind TEXT NOT NULL CHECK (kind IN ('keynote', 'workshop', 'talk', 'break')),
            title TEXT NOT NULL,
            speakers TEXT NOT NULL,
            room TEXT NOT NULL,
            starts INTEGER NOT NULL,
            ends INTEGER NOT NULL,
            abstract TEXT NOT NULL,
            materials TEXT NOT NULL,
            UNIQUE (event_id, slug),
            CHECK (starts < ends)
        ) STRICT;

        -- Rule 1 for sessions; one without a capacity is open to everyone registered.
        CREATE TABLE session_places (
            session_id INTEGER NOT NULL PRIMARY KEY REFERENCES session (id),
            capacity INTEGER CHECK (capacity BETWEEN 1 AND 1000000),
            confirmed INTEGER NOT NULL DEFAULT 0 CHECK (confirmed >= 0),
            waiting INTEGER NOT NULL DEFAULT 0 CHECK (waiting >= 0),
            CHECK (confirmed <= capacity)
        ) STRICT;

        CREATE TABLE point (
            id INTEGER NOT NULL PRIMARY KEY,
            event_id INTEGER NOT NULL REFERENCES event (id),
            slug TEXT NOT NULL,
            session_id INTEGER UNIQUE REFERENCES session (id),
            arrived INTEGER NOT NULL DEFAULT 0,
            UNIQUE (event_id, slug)
        ) STRICT;

        -- The reference is the row's number through a keyed permutation, and the code begins with it, so that
        -- neither needs an index.
        CREATE TABLE attendee (
            id INTEGER NOT NULL PRIMARY KEY,
            event_id INTEGER NOT NULL REFERENCES event (id),
            status TEXT NOT NULL
                CHECK (status = 'confirmed' OR status = 'waiting' OR status = 'cancelled'),
            secret_high INTEGER NOT NULL,
            secret_low INTEGER NOT NULL,
            registered_at INTEGER NOT NULL,
            printed INTEGER NOT NULL DEFAULT 0,
            email_key TEXT NOT NULL,
            -- The rules count characters as people do, one of which may have many code points; so the limits
            -- here are the rules' in the bytes that they never let by.
            email TEXT NOT NULL CHECK (length(email) BETWEEN 3 AND 10160),
            name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 4800),
            organisation TEXT NOT NULL,
            role TEXT NOT NULL,
            access_needs TEXT NOT NULL,
            dietary_needs TEXT NOT NULL
        ) STRICT;

        -- Rule 4.
        CREATE UNIQUE INDEX attendee_address ON attendee (event_id, email_key) WHERE status <> 'cancelled';

        CREATE TABLE booking (
            attendee_id INTEGER NOT NULL REFERENCES attendee (id),
            session_id INTEGER NOT NULL REFERENCES session (id),
            status TEXT NOT NULL
                CHECK (status = 'confirmed' OR status = 'waiting' OR status = 'cancelled'),
            -- The number of the activity that put it on the waiting list: the list's order.
            waiting_since INTEGER,
            PRIMARY KEY (attendee_id, session_id),
            CHECK ((status = 'waiting') = (waiting_since IS NOT NULL))
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX booking_waiting ON booking (session_id, waiting_since) WHERE status = 'waiting';

        -- Rule 2, as bookings come and change. A session that is moved is not looked at here: an import checks
        -- the bookings of all its sessions when it has written them, since one moved before the next may overlap
        -- for a moment; and `verify` finds what was moved in any other way.
        CREATE TRIGGER booking_clash_added BEFORE INSERT ON booking WHEN NEW.status = 'confirmed'
        BEGIN
            \(refusalOfClash)
        END;
        CREATE TRIGGER booking_clash_changed BEFORE UPDATE ON booking WHEN NEW.status = 'confirmed'
        BEGIN
            \(refusalOfClash)
        END;

        -- Rule 6: a person enters a point once.
        CREATE TABLE admission (
            attendee_id INTEGER NOT NULL REFERENCES attendee (id),
            point_id INTEGER NOT NULL REFERENCES point (id),
            scan_id INTEGER NOT NULL REFERENCES scan (id),
            at INTEGER NOT NULL,
            PRIMARY KEY (attendee_id, point_id)
        ) STRICT, WITHOUT ROWID;

        -- How many were admitted in each span of time, for the chart that is drawn again with each arrival.
        CREATE TABLE arrival (
            point_id INTEGER NOT NULL REFERENCES point (id),
            began INTEGER NOT NULL,
            people INTEGER NOT NULL CHECK (people > 0),
            PRIMARY KEY (point_id, began)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE scan (
            id INTEGER NOT NULL PRIMARY KEY,
            event_id INTEGER NOT NULL REFERENCES event (id),
            point_id INTEGER NOT NULL REFERENCES point (id),
            door TEXT NOT NULL,
            -- What the scanner calls the scan, where it names them.
            given_id TEXT,
            attendee_id INTEGER REFERENCES attendee (id),
            print INTEGER,
            -- What was scanned, where it was no attendee's code.
            stray TEXT,
            scanned_at INTEGER NOT NULL,
            received_at INTEGER NOT NULL,
            verdict TEXT NOT NULL CHECK (verdict = 'admit' OR verdict = 'again' OR verdict = 'deny'),
            reason TEXT,
            CHECK ((verdict = 'deny') = (reason IS NOT NULL))
        ) STRICT;

        CREATE UNIQUE INDEX scan_given ON scan (event_id, given_id) WHERE given_id IS NOT NULL;

        CREATE TABLE activity (
            event_id INTEGER NOT NULL REFERENCES event (id),
            number INTEGER NOT NULL CHECK (number > 0),
            at INTEGER NOT NULL,
            kind TEXT NOT NULL,
            detail TEXT NOT NULL,
            PRIMARY KEY (event_id, number)
        ) STRICT, WITHOUT ROWID;

        -- Rule 9: what was recorded stays, and stays as it is.
        CREATE TRIGGER activity_stays BEFORE DELETE ON activity
        BEGIN
            SELECT RAISE(ABORT, 'activity is only ever appended to');
        END;
        CREATE TRIGGER activity_stays_same BEFORE UPDATE ON activity
        BEGIN
            SELECT RAISE(ABORT, 'activity is only ever appended to');
        END;

        -- Rule 7: each badge of a person has its own number.
        CREATE TABLE print_job (
            id INTEGER NOT NULL PRIMARY KEY,
            event_id INTEGER NOT NULL REFERENCES event (id),
            attendee_id INTEGER NOT NULL REFERENCES attendee (id),
            number INTEGER NOT NULL CHECK (number > 0),
            printer TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'printed', 'held', 'failed', 'cancelled')),
            reason TEXT NOT NULL DEFAULT '',
            -- The job's number at the print server, once it is there.
            spooled_as INTEGER,
            requested_at INTEGER NOT NULL,
            changed_at INTEGER NOT NULL,
            UNIQUE (attendee_id, number)
        ) STRICT;

        CREATE INDEX print_job_open ON print_job (printer, id)
        WHERE (state IN ('queued', 'sent', 'held') OR (state = 'cancelled' AND spooled_as IS NOT NULL));

        CREATE INDEX print_job_state ON print_job (state);

        -- Rule 5.
        CREATE TABLE answered_request (
            event_id INTEGER NOT NULL REFERENCES event (id),
            key TEXT NOT NULL,
            request TEXT NOT NULL,
            attendee_id INTEGER NOT NULL REFERENCES attendee (id),
            bookings TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (event_id, key)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE answered_print_request (
            event_id INTEGER NOT NULL REFERENCES event (id),
            key TEXT NOT NULL,
            request TEXT NOT NULL,
            print_job_id INTEGER NOT NULL REFERENCES print_job (id),
            at INTEGER NOT NULL,
            PRIMARY KEY (event_id, key)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE staff (
            id INTEGER NOT NULL PRIMARY KEY,
            email TEXT NOT NULL,
            email_key TEXT NOT NULL UNIQUE,
            role TEXT NOT NULL CHECK (role IN ('reception', 'organiser', 'admin')),
            password_hash TEXT NOT NULL,
            added_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE staff_session (
            id INTEGER NOT NULL PRIMARY KEY,
            staff_id INTEGER NOT NULL REFERENCES staff (id),
            token_hash TEXT NOT NULL UNIQUE,
            started_at INTEGER NOT NULL,
            seen_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            revoked_at INTEGER
        ) STRICT;

        CREATE TABLE token (
            id INTEGER NOT NULL PRIMARY KEY,
            token_hash TEXT NOT NULL UNIQUE,
            role TEXT NOT NULL CHECK (role IN ('reception', 'organiser', 'admin')),
            event_id INTEGER REFERENCES event (id),
            created_at INTEGER NOT NULL,
            revoked_at INTEGER
        ) STRICT;
        """
}
