public import Registration

extension Reading {
    public func events() throws -> [Event] {
        try connection.all(
            """
            SELECT id, slug, title, venue, time_zone, starts, ends, coalesce(wanted, capacity), contact,
                summary, registration_opens, registration_closes, doors_open, doors_close, changes_close,
                lists_close, lists_held, needs_purged
            FROM event JOIN event_places ON event_id = id ORDER BY starts, slug
            """, read: Event.init(row:))
    }

    public func findEvent(_ id: EventID) throws -> Event? {
        try connection.first(
            """
            SELECT id, slug, title, venue, time_zone, starts, ends, coalesce(wanted, capacity), contact,
                summary, registration_opens, registration_closes, doors_open, doors_close, changes_close,
                lists_close, lists_held, needs_purged
            FROM event JOIN event_places ON event_id = id WHERE id = $1
            """, .id(id), read: Event.init(row:))
    }

    public func findEvent(_ slug: String) throws -> Event? {
        try connection.first(
            """
            SELECT id, slug, title, venue, time_zone, starts, ends, coalesce(wanted, capacity), contact,
                summary, registration_opens, registration_closes, doors_open, doors_close, changes_close,
                lists_close, lists_held, needs_purged
            FROM event JOIN event_places ON event_id = id WHERE slug = $1
            """, .text(slug), read: Event.init(row:))
    }

    /// - Parameter isHeld: whether its waiting lists are held.
    public func places(of event: EventID, isHeld: Bool = false) throws -> Places {
        try connection.first(
            "SELECT coalesce(wanted, capacity), confirmed, waiting FROM event_places WHERE event_id = $1",
            .id(event)
        ) { Places(capacity: $0.count(0), confirmed: $0.count(1), waiting: $0.count(2), isHeld: isHeld) }
            ?? Places(capacity: 0, confirmed: 0, waiting: 0)
    }
}

extension Transaction {
    /// Makes the event, or changes all of it but its number; the slug tells which.
    public func save(_ event: Event) throws -> EventID {
        let id: EventID? = try connection.first(
            """
            INSERT INTO event (slug, title, venue, time_zone, starts, ends, contact, summary,
                registration_opens, registration_closes, doors_open, doors_close, changes_close, lists_close,
                needs_purged)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            ON CONFLICT (slug) DO UPDATE SET title = excluded.title, venue = excluded.venue,
                time_zone = excluded.time_zone, starts = excluded.starts, ends = excluded.ends,
                contact = excluded.contact, summary = excluded.summary,
                registration_opens = excluded.registration_opens,
                registration_closes = excluded.registration_closes, doors_open = excluded.doors_open,
                doors_close = excluded.doors_close, changes_close = excluded.changes_close,
                lists_close = excluded.lists_close, needs_purged = excluded.needs_purged
            RETURNING id
            """, .text(event.slug), .text(event.title), .text(event.venue), .text(event.timeZone),
            .time(event.starts), .time(event.ends), .text(event.contact), .text(event.summary),
            .time(event.registrationOpens), .time(event.registrationCloses), .time(event.doorsOpen),
            .time(event.doorsClose), .time(event.changesClose), .time(event.listsClose),
            .time(event.needsPurged)
        ) { $0.id(0) }
        guard let id else { throw MissingRow(table: "event") }
        try connection.run(
            """
            INSERT INTO event_places (event_id, capacity, revision) VALUES ($1, $2, 1)
            ON CONFLICT (event_id) DO UPDATE SET revision = event_places.revision + 1,
                capacity = CASE WHEN excluded.capacity < event_places.confirmed
                    THEN event_places.confirmed ELSE excluded.capacity END,
                wanted = CASE WHEN excluded.capacity < event_places.confirmed THEN excluded.capacity END
            """, .id(id), .integer(event.capacity))
        try connection.run(
            "INSERT INTO point (event_id, slug) VALUES ($1, $2) ON CONFLICT (event_id, slug) DO NOTHING",
            .id(id), .text(CheckInPoint.entrance))
        return id
    }
}

extension Event {
    init(row: Row) {
        self.init(
            id: row.id(0), slug: row.text(1), title: row.text(2), venue: row.text(3), timeZone: row.text(4),
            starts: row.time(5), ends: row.time(6), capacity: row.count(7), contact: row.text(8),
            summary: row.text(9), registrationOpens: row.time(10), registrationCloses: row.time(11),
            doorsOpen: row.time(12), doorsClose: row.time(13), changesClose: row.time(14),
            listsClose: row.time(15), needsPurged: row.time(17))
        listsHeld = row.integer(16) != 0
    }
}

/// A row that must be there was not: the tables contradict each other.
public struct MissingRow: Error, Hashable, Sendable {
    public let table: String

    public init(table: String) {
        self.table = table
    }
}
