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

    /// How many of an event's letters wait, were sent, and were refused for good.
    public func letterCounts(of event: EventID) throws -> [LetterState: Int] {
        let counts = try connection.first(
            """
            SELECT (SELECT count(*) FROM letter WHERE state = 'queued' AND event_id = $1),
                (SELECT coalesce(sum(sent), 0) FROM letter_tally WHERE event_id = $1),
                (SELECT count(*) FROM letter WHERE state = 'failed' AND event_id = $1)
            """, .id(event)
        ) { [LetterState.queued: $0.count(0), .sent: $0.count(1), .failed: $0.count(2)] }
        return counts ?? [:]
    }

    public func refusedLetterCount(of event: EventID) throws -> Int {
        try connection.first(
            "SELECT count(*) FROM letter WHERE state = 'failed' AND event_id = $1", .id(event)
        ) { $0.count(0) } ?? 0
    }

    /// An event's letters that were refused for good, the newest first.
    ///
    /// - Parameter before: only those with smaller numbers; nil for all.
    public func refusedLetters(
        of event: EventID, before number: LetterID? = nil, limit: Int
    ) throws -> [LetterReport] {
        try connection.all(
            """
            SELECT id, kind, attendee_id, address, state, attempts, reason, written_at, next_at, changed_at
            FROM letter
            WHERE event_id = $1 AND state = 'failed' AND id < $2 ORDER BY id DESC LIMIT $3
            """, .id(event), .integer(number?.rawValue ?? .max), .integer(limit),
            read: LetterReport.init(row:))
    }

    /// An event's letters that wait, in the order in which they were written.
    ///
    /// - Parameter after: only those with larger numbers; nil for all.
    public func waitingLetters(
        of event: EventID, after number: LetterID? = nil, limit: Int
    ) throws -> [LetterReport] {
        try connection.all(
            """
            SELECT id, kind, attendee_id, address, state, attempts, reason, written_at, next_at, changed_at
            FROM letter
            WHERE event_id = $1 AND state = 'queued' AND id > $2 ORDER BY id LIMIT $3
            """, .id(event), .integer(number?.rawValue ?? 0), .integer(limit), read: LetterReport.init(row:))
    }

    /// Why letters of an event that were tried already wait, the most frequent first: the words, how many letters,
    /// and when the first of them is tried again.
    public func delays(of event: EventID, limit: Int) throws -> [(
        reason: String, letters: Int, next: Timestamp
    )] {
        try connection.all(
            """
            SELECT reason, count(*), min(next_at) FROM letter
            WHERE state = 'queued' AND event_id = $1 AND attempts > 0
            GROUP BY reason ORDER BY count(*) DESC, reason LIMIT $2
            """, .id(event), .integer(limit)
        ) { ($0.text(0), $0.count(1), $0.time(2)) }
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

    /// Puts a letter that was refused into the outbox again, as one written now; whether there was one.
    public func tryAgain(_ letter: LetterID, of event: EventID, at now: Timestamp) throws -> Bool {
        let tried = try connection.run(
            """
            UPDATE letter SET state = 'queued', attempts = 0, reason = '', next_at = $3, written_at = $3,
                changed_at = $3
            WHERE id = $1 AND event_id = $2 AND state = 'failed'
            """, .id(letter), .id(event), .time(now))
        letters += tried
        return tried > 0
    }

    /// The same for the next so many of an event's, from those that are numbered above one up to another; answers how
    /// many, and the number of the last.
    public func tryAllAgain(
        of event: EventID, after: LetterID, upTo last: LetterID, limit: Int, at now: Timestamp
    ) throws -> (count: Int, last: LetterID)? {
        let letters: [LetterID] = try connection.all(
            """
            SELECT id FROM letter WHERE event_id = $1 AND state = 'failed' AND id > $2 AND id <= $3
            ORDER BY id LIMIT $4
            """, .id(event), .id(after), .id(last), .integer(limit)
        ) { $0.id(0) }
        for letter in letters { _ = try tryAgain(letter, of: event, at: now) }
        return letters.last.map { (letters.count, $0) }
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

extension LetterReport {
    fileprivate init(row: Row) throws {
        self.init(
            id: row.id(0), kind: try row.word(1), attendee: row.id(2), address: row.optionalText(3),
            state: try row.word(4), attempts: row.count(5), reason: row.text(6), written: row.time(7),
            next: row.time(8), changed: row.time(9))
    }
}
