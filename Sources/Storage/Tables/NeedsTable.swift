public import Registration

/// How many people have the same dietary needs, as they were typed.
public struct DietaryCount: Hashable, Sendable {
    public var needs: String
    public var people: Int
}

/// When an event's needs were deleted.
public struct NeedsPurge: Hashable, Sendable {
    public var event: EventID
    public var purged: Timestamp
    /// Whether the log was emptied since.
    public var isErased: Bool
}

extension Reading {
    /// The dietary needs of those who are confirmed, each text once, the most frequent first.
    public func dietaryNeeds(of event: EventID, limit: Int) throws -> [DietaryCount] {
        try connection.all(
            """
            SELECT dietary, count(*) FROM need JOIN attendee ON id = attendee_id
            WHERE event_id = $1 AND status = 'confirmed' AND dietary <> ''
            GROUP BY dietary ORDER BY count(*) DESC, dietary LIMIT $2
            """, .id(event), .integer(limit)
        ) { DietaryCount(needs: $0.text(0), people: $0.count(1)) }
    }

    /// Those who are confirmed and have access needs, by name.
    public func attendeesWithAccessNeeds(of event: EventID, limit: Int) throws -> [Attendee] {
        try connection.all(
            """
            SELECT id, event_id, secret_high, secret_low, status, name, email, organisation, role, access,
                dietary, registered_at, printed
            FROM need JOIN attendee ON id = attendee_id
            WHERE event_id = $1 AND status = 'confirmed' AND access <> ''
            ORDER BY fold(name), id LIMIT $2
            """, .id(event), .integer(limit), read: tables.attendee(row:))
    }

    /// Whether anybody's needs are kept, of those who cancelled too.
    public func hasNeeds(of event: EventID) throws -> Bool {
        try connection.first(
            """
            SELECT EXISTS (SELECT 1 FROM need JOIN attendee ON attendee.id = attendee_id WHERE event_id = $1)
            """, .id(event)
        ) { $0.integer(0) != 0 } ?? false
    }

    /// When each event's needs were deleted last.
    public func needsPurges() throws -> [NeedsPurge] {
        try connection.all("SELECT event_id, purged_at, is_erased FROM needs_purge") {
            NeedsPurge(event: $0.id(0), purged: $0.time(1), isErased: $0.integer(2) != 0)
        }
    }
}

extension Transaction {
    public func forgetNeeds(of attendee: AttendeeID) throws {
        try connection.run("DELETE FROM need WHERE attendee_id = $1", .id(attendee))
    }

    /// Keeps what somebody needs instead of what they said before.
    func keepNeeds(of form: RegistrationForm, _ attendee: AttendeeID) throws {
        guard form.hasNeeds else {
            try forgetNeeds(of: attendee)
            return
        }
        try connection.run(
            """
            INSERT INTO need (attendee_id, access, dietary) VALUES ($1, $2, $3)
            ON CONFLICT (attendee_id) DO UPDATE SET access = excluded.access, dietary = excluded.dietary
            """, .id(attendee), .text(form.accessNeeds), .text(form.dietaryNeeds))
    }

    /// Deletes the needs of everybody in the event, and notes it. Once it is committed they are in no page of the
    /// database, but in its log until `Store.emptyLog()`, which the note asks for.
    ///
    /// Deleted rows would not do: SQLite overwrites them, but not copies that it left in unused parts of pages
    /// when it moved rows between them. It does overwrite each page of a table that is dropped.
    public func purgeNeeds(of event: EventID, at now: Timestamp) throws {
        try connection.execute(
            """
            CREATE TABLE need_kept (
                attendee_id INTEGER NOT NULL PRIMARY KEY REFERENCES attendee (id),
                access TEXT NOT NULL,
                dietary TEXT NOT NULL,
                CHECK (access <> '' OR dietary <> '')
            ) STRICT;
            INSERT INTO need_kept (attendee_id, access, dietary)
                SELECT attendee_id, access, dietary FROM need JOIN attendee ON id = attendee_id
                WHERE event_id <> \(event);
            DROP TABLE need;
            ALTER TABLE need_kept RENAME TO need;
            """)
        try connection.run(
            """
            INSERT INTO needs_purge (event_id, purged_at, is_erased) VALUES ($1, $2, 0)
            ON CONFLICT (event_id) DO UPDATE SET purged_at = excluded.purged_at, is_erased = 0
            """, .id(event), .time(now))
    }

    /// Notes of purges up to that time that the log was emptied.
    public func noteErased(purgedBy time: Timestamp) throws {
        try connection.run("UPDATE needs_purge SET is_erased = 1 WHERE purged_at <= $1", .time(time))
    }
}
