public import Registration

extension Reading {
    public func sessions(of event: EventID) throws -> [Session] {
        try connection.all(
            """
            SELECT id, slug, kind, title, speakers, room, starts, ends, coalesce(wanted, capacity), abstract,
                materials
            FROM session JOIN session_places ON session_id = id WHERE event_id = $1 ORDER BY starts, id
            """, .id(event), read: Session.init(row:))
    }

    /// - Parameter isHeld: whether the event's waiting lists are held.
    public func offers(of event: EventID, isHeld: Bool = false) throws -> [Programme.Offer] {
        try connection.all(
            """
            SELECT id, slug, kind, title, speakers, room, starts, ends, coalesce(wanted, capacity), abstract,
                materials, confirmed, waiting
            FROM session JOIN session_places ON session_id = id WHERE event_id = $1
            """, .id(event)
        ) { row in
            let session = try Session(row: row)
            return Programme.Offer(
                session: session,
                places: Places(
                    capacity: session.capacity, confirmed: row.count(11), waiting: row.count(12),
                    isHeld: isHeld))
        }
    }

    /// - Parameter isHeld: whether the event's waiting lists are held.
    public func places(of session: SessionID, isHeld: Bool = false) throws -> Places {
        try connection.first(
            """
            SELECT coalesce(wanted, capacity), confirmed, waiting FROM session_places WHERE session_id = $1
            """, .id(session)
        ) {
            Places(
                capacity: $0.optionalCount(0), confirmed: $0.count(1), waiting: $0.count(2), isHeld: isHeld)
        }
            ?? Places(capacity: 0, confirmed: 0, waiting: 0)
    }

    public func points(of event: EventID) throws -> [CheckInPoint] {
        try connection.all(
            "SELECT id, event_id, slug, session_id FROM point WHERE event_id = $1 ORDER BY id", .id(event)
        ) { CheckInPoint(id: $0.id(0), event: $0.id(1), slug: $0.text(2), session: $0.optionalID(3)) }
    }
}

extension Transaction {
    /// Makes the session and its check-in point, or changes all of it but its number.
    public func save(_ session: Session, of event: EventID) throws {
        let id: SessionID? = try connection.first(
            """
            INSERT INTO session (event_id, slug, kind, title, speakers, room, starts, ends, abstract, materials)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            ON CONFLICT (event_id, slug) DO UPDATE SET kind = excluded.kind, title = excluded.title,
                speakers = excluded.speakers, room = excluded.room, starts = excluded.starts,
                ends = excluded.ends, abstract = excluded.abstract, materials = excluded.materials
            RETURNING id
            """, .id(event), .text(session.slug), .text(session.kind.rawValue), .text(session.title),
            .text(try TextList(session.speakers).json), .text(session.room), .time(session.starts),
            .time(session.ends), .text(session.abstract), .text(try TextList(session.materials).json)
        ) { $0.id(0) }
        guard let id else { throw MissingRow(table: "session") }
        try connection.run(
            """
            INSERT INTO session_places (session_id, capacity) VALUES ($1, $2)
            ON CONFLICT (session_id) DO UPDATE SET
                capacity = CASE WHEN excluded.capacity < session_places.confirmed
                    THEN session_places.confirmed ELSE excluded.capacity END,
                wanted = CASE WHEN excluded.capacity < session_places.confirmed THEN excluded.capacity END
            """, .id(id), .optional(session.capacity))
        try connection.run(
            """
            INSERT INTO point (event_id, slug, session_id) VALUES ($1, $2, $3)
            ON CONFLICT (event_id, slug) DO NOTHING
            """, .id(event), .text(session.slug), .id(id))
    }

    /// Removes a session that nobody ever booked or was scanned at.
    public func remove(_ session: SessionID) throws {
        try connection.run("DELETE FROM point WHERE session_id = $1", .id(session))
        try connection.run("DELETE FROM session_places WHERE session_id = $1", .id(session))
        try connection.run("DELETE FROM session WHERE id = $1", .id(session))
    }

    /// Whether a booking, a scan or a material names the session, so that it must stay. Reads those tables to their end if
    /// none does: an import that leaves a session out is rare, and an index would cost every registration.
    public func isInUse(_ session: SessionID) throws -> Bool {
        try connection.first(
            """
            SELECT EXISTS (SELECT 1 FROM booking WHERE session_id = $1) OR EXISTS (
                SELECT 1 FROM scan JOIN point ON point.id = scan.point_id WHERE point.session_id = $1)
                OR EXISTS (SELECT 1 FROM material WHERE session_id = $1)
            """, .id(session)
        ) { $0.integer(0) != 0 } ?? false
    }
}

extension Session {
    init(row: Row) throws {
        self.init(
            id: row.id(0), slug: row.text(1), kind: try row.word(2), title: row.text(3),
            speakers: try TextList(json: row.text(4)).texts, room: row.text(5), starts: row.time(6),
            ends: row.time(7), capacity: row.optionalCount(8), abstract: row.text(9),
            materials: try TextList(json: row.text(10)).texts)
    }
}
