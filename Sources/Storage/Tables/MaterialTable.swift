public import Registration

/// How files are cut up.
public enum MaterialChunk {
    /// Of every piece but the last. Writing one takes the writer some milliseconds, for which all others wait.
    public static let bytes = 256 << 10
    /// How many are taken out in one transaction, which reads each of their pages.
    public static let removedAtOnce = 8
}

extension Reading {
    /// An event's materials in the order in which they were added.
    public func materials(of event: EventID) throws -> [Material] {
        try connection.all(
            """
            SELECT id, event_id, session_id, name, address, bytes, changed_at FROM material
            WHERE event_id = $1 AND state = 'there' ORDER BY id
            """, .id(event), read: Material.init(row:))
    }

    public func findMaterial(_ id: MaterialID) throws -> Material? {
        try connection.first(
            """
            SELECT id, event_id, session_id, name, address, bytes, changed_at FROM material
            WHERE id = $1 AND state = 'there'
            """, .id(id), read: Material.init(row:))
    }

    /// How many materials the session has, those that are still arriving included.
    public func countMaterials(of session: SessionID, in event: EventID) throws -> Int {
        try connection.first(
            """
            SELECT count(*) FROM material WHERE event_id = $1 AND session_id = $2 AND state <> 'going'
            """, .id(event), .id(session)
        ) { $0.count(0) } ?? 0
    }

    /// What the event's files come to, those that are still arriving included.
    public func materialBytes(of event: EventID) throws -> Int {
        try connection.first(
            "SELECT coalesce(sum(bytes), 0) FROM material WHERE event_id = $1 AND state <> 'going'",
            .id(event)
        ) { $0.count(0) } ?? 0
    }

    /// A piece of a file; nil past its end, or once it is taken out.
    public func chunk(_ number: Int, of material: MaterialID) throws -> [UInt8]? {
        try connection.first(
            "SELECT bytes FROM material_chunk WHERE material_id = $1 AND number = $2", .id(material),
            .integer(number)
        ) { $0.bytes(0) }
    }

    /// The file of the session that has the name.
    public func findFile(_ name: String, session: SessionID) throws -> MaterialID? {
        try connection.first(
            """
            SELECT id FROM material WHERE session_id = $1 AND name = $2 AND address IS NULL AND state = 'there'
            """, .id(session), .text(name)
        ) { $0.id(0) }
    }

    /// Files that nobody will see: what a crash left half taken out, or half received before a moment.
    public func leftoverMaterials(before moment: Timestamp) throws -> [MaterialID] {
        try connection.all(
            "SELECT id FROM material WHERE state = 'going' OR (state = 'arriving' AND changed_at < $1)",
            .time(moment)
        ) { $0.id(0) }
    }
}

extension Transaction {
    public func addLink(
        _ name: String, to address: String, session: SessionID, event: EventID, at now: Timestamp
    ) throws -> MaterialID {
        MaterialID(
            rawValue: try connection.insert(
                """
                INSERT INTO material (event_id, session_id, name, address, state, changed_at)
                VALUES ($1, $2, $3, $4, 'there', $5)
                """, .id(event), .id(session), .text(name), .text(address), .time(now)))
    }

    /// Begins a file that is seen once `finishFile` was called.
    public func beginFile(
        _ name: String, session: SessionID, event: EventID, at now: Timestamp
    ) throws -> MaterialID {
        MaterialID(
            rawValue: try connection.insert(
                """
                INSERT INTO material (event_id, session_id, name, state, changed_at)
                VALUES ($1, $2, $3, 'arriving', $4)
                """, .id(event), .id(session), .text(name), .time(now)))
    }

    /// Adds the next piece of a file that is arriving.
    public func add(
        _ bytes: [UInt8], number: Int, to material: MaterialID, at now: Timestamp
    ) throws {
        let changed = try connection.run(
            """
            UPDATE material SET bytes = bytes + $2, changed_at = $3 WHERE id = $1 AND state = 'arriving'
            """, .id(material), .integer(bytes.count), .time(now))
        guard changed == 1 else { throw MissingRow(table: "material") }
        try connection.run(
            "INSERT INTO material_chunk (material_id, number, bytes) VALUES ($1, $2, $3)", .id(material),
            .integer(number), .bytes(bytes))
    }

    /// Shows a file that is here whole.
    public func finishFile(_ material: MaterialID, at now: Timestamp) throws {
        let changed = try connection.run(
            "UPDATE material SET state = 'there', changed_at = $2 WHERE id = $1 AND state = 'arriving'",
            .id(material), .time(now))
        guard changed == 1 else { throw MissingRow(table: "material") }
    }

    /// Hides a file, or what arrived of one; `discard` then takes it out.
    public func hideFile(_ material: MaterialID) throws {
        try connection.run("UPDATE material SET state = 'going' WHERE id = $1", .id(material))
    }

    public func removeLink(_ material: MaterialID) throws {
        try connection.run(
            "DELETE FROM material WHERE id = $1 AND address IS NOT NULL", .id(material))
    }

    /// Takes out some pieces of a hidden file, and with the last of them the file; true once it is gone.
    public func discard(_ material: MaterialID) throws -> Bool {
        let removed = try connection.run(
            """
            DELETE FROM material_chunk WHERE (material_id, number) IN (
                SELECT material_id, number FROM material_chunk JOIN material ON material.id = material_id
                WHERE material_id = $1 AND state = 'going' LIMIT $2)
            """, .id(material), .integer(MaterialChunk.removedAtOnce))
        guard removed < MaterialChunk.removedAtOnce else { return false }
        try connection.run("DELETE FROM material WHERE id = $1 AND state = 'going'", .id(material))
        return true
    }
}

extension Material {
    fileprivate init(row: Row) {
        self.init(
            id: row.id(0), event: row.id(1), session: row.id(2), name: row.text(3),
            content: row.optionalText(4).map { .link(address: $0) } ?? .file(bytes: row.count(5)),
            added: row.time(6))
    }
}
