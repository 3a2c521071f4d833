public import Registration

extension Reading {
    /// The records after `number`, oldest first.
    public func activity(of event: EventID, since number: Int64, limit: Int) throws -> [ActivityRecord] {
        try connection.all(
            """
            SELECT event_id, number, at, kind, detail FROM activity
            WHERE event_id = $1 AND number > $2 ORDER BY number LIMIT $3
            """, .id(event), .integer(number), .integer(limit)
        ) { row in
            ActivityRecord(
                event: row.id(0), number: row.integer(1), at: row.time(2), kind: try row.word(3),
                detail: row.text(4))
        }
    }

    /// The number of the newest record; 0 before the first.
    public func latestActivity(of event: EventID) throws -> Int64 {
        try connection.first("SELECT activity FROM event_places WHERE event_id = $1", .id(event)) {
            $0.integer(0)
        } ?? 0
    }
}

/// What counts a record and those whom it moves.
private enum EventCount {
    static let record: StaticString = """
        UPDATE event_places SET activity = activity + 1, confirmed = confirmed + $2, waiting = waiting + $3
        WHERE event_id = $1
        """
    static let leaving: StaticString = """
        UPDATE event_places SET activity = activity + 1, confirmed = confirmed + $2, waiting = waiting + $3,
            capacity = CASE WHEN wanted IS NULL THEN capacity
                WHEN confirmed + $2 > wanted THEN confirmed + $2 ELSE wanted END,
            wanted = CASE WHEN confirmed + $2 > wanted THEN wanted END
        WHERE event_id = $1
        """
}

extension Transaction {
    /// Appends to the event's record (rule 9), and with the number changes how many are confirmed and wait. A capacity that
    /// is to be lower sinks with whoever leaves.
    @discardableResult
    public func record(
        _ kind: ActivityRecord.Kind, _ detail: String, of event: EventID, at now: Timestamp,
        confirmed: Int = 0, waiting: Int = 0
    ) throws -> ActivityRecord {
        let changed = try connection.run(
            confirmed < 0 ? EventCount.leaving : EventCount.record, .id(event), .integer(confirmed),
            .integer(waiting))
        guard changed == 1 else { throw MissingRow(table: "event_places") }
        let number = try latestActivity(of: event)
        try connection.run(
            "INSERT INTO activity (event_id, number, at, kind, detail) VALUES ($1, $2, $3, $4, $5)",
            .id(event), .integer(number), .time(now), .text(kind.rawValue), .text(detail))
        let record = ActivityRecord(event: event, number: number, at: now, kind: kind, detail: detail)
        recorded.append(record)
        return record
    }
}
