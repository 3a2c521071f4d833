public import Registration

extension Reading {
    /// The letters whose time has come, in the order in which they are to be sent.
    public func dueLetters(at now: Timestamp, limit: Int) throws -> [Letter] {
        try connection.all(
            """
            SELECT id, event_id, attendee_id, kind, told, sequence, address, attempts, written_at
            FROM letter WHERE state = 'queued' AND next_at <= $1 ORDER BY next_at, id LIMIT $2
            """, .time(now), .integer(limit), read: Letter.init(row:))
    }

    /// When the next of the letters that wait is to be sent; nil if none waits.
    public func nextLetterTime() throws -> Timestamp? {
        try connection.first("SELECT min(next_at) FROM letter WHERE state = 'queued'") {
            $0.optionalTime(0)
        } ?? nil
    }

    public func letterCounts() throws -> [LetterState: Int] {
        let counts = try connection.first(
            """
            SELECT (SELECT count(*) FROM letter WHERE state = 'queued'),
                (SELECT coalesce(sum(sent), 0) FROM letter_tally),
                (SELECT count(*) FROM letter WHERE state = 'failed')
            """
        ) { [LetterState.queued: $0.count(0), .sent: $0.count(1), .failed: $0.count(2)] }
        return counts ?? [:]
    }

    /// The letters of an event that were refused for good, the newest first.
    public func refusedLetters(of event: EventID, limit: Int) throws -> [RefusedLetter] {
        try connection.all(
            """
            SELECT id, kind, attendee_id, reason, changed_at FROM letter
            WHERE event_id = $1 AND state = 'failed' ORDER BY id DESC LIMIT $2
            """, .id(event), .integer(limit)
        ) { row in
            RefusedLetter(
                id: row.id(0), kind: try row.word(1), attendee: row.id(2), reason: row.text(3),
                refused: row.time(4))
        }
    }
}

extension Transaction {
    /// Puts a letter into the outbox, to be sent at once.
    public func write(_ letter: NewLetter, at now: Timestamp) throws {
        letters += 1
        try connection.run(
            """
            INSERT INTO letter (event_id, attendee_id, kind, told, sequence, address, next_at, written_at,
                changed_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $7)
            """, .id(letter.event), .id(letter.attendee), .text(letter.kind.rawValue),
            .text(ToldBookings.json(of: letter)), .integer(letter.sequence), .optional(letter.address),
            .time(now))
    }

    public func noteSent(_ letter: LetterID, at now: Timestamp) throws {
        let event: EventID? = try connection.first(
            """
            UPDATE letter SET state = 'sent', reason = '', changed_at = $2 WHERE id = $1 AND state = 'queued'
            RETURNING event_id
            """, .id(letter), .time(now)
        ) { $0.id(0) }
        guard let event else { return }
        try connection.run(
            """
            INSERT INTO letter_tally (event_id, sent) VALUES ($1, 1)
            ON CONFLICT (event_id) DO UPDATE SET sent = letter_tally.sent + 1
            """, .id(event))
    }

    /// Puts a letter off that was tried in vain.
    public func noteDelayed(_ letter: LetterID, reason: String, until: Timestamp, at now: Timestamp) throws {
        try connection.run(
            """
            UPDATE letter SET attempts = attempts + 1, reason = $2, next_at = $3, changed_at = $4
            WHERE id = $1 AND state = 'queued'
            """, .id(letter), .text(reason), .time(until), .time(now))
    }

    public func noteRefused(_ letter: LetterID, reason: String, at now: Timestamp) throws {
        try connection.run(
            """
            UPDATE letter SET state = 'failed', attempts = attempts + 1, reason = $2, changed_at = $3
            WHERE id = $1 AND state = 'queued'
            """, .id(letter), .text(reason), .time(now))
    }

    /// Takes a letter out of the outbox that has nothing to tell any more.
    public func withdraw(_ letter: LetterID) throws {
        try connection.run("DELETE FROM letter WHERE id = $1 AND state = 'queued'", .id(letter))
    }
}

extension Letter {
    init(row: Row) throws {
        let json = row.text(4)
        var told = NewLetter(
            kind: try row.word(3), event: row.id(1), attendee: row.id(2), sequence: row.count(5),
            address: row.optionalText(6))
        if !json.isEmpty { try ToldBookings(json: json).fill(&told) }
        self.init(
            id: row.id(0), told: told, tellsLatest: json.isEmpty, attempts: row.count(7), written: row.time(8)
        )
    }
}
