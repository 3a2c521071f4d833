public import Registration

extension Reading {
    /// Whether letters are owed to many people that are not written yet.
    ///
    /// - Parameter event: of one event; nil for all.
    public func owesLetters(of event: EventID? = nil) throws -> Bool {
        try connection.first(
            "SELECT EXISTS (SELECT 1 FROM mailing WHERE event_id = $1 OR CAST($1 AS BIGINT) IS NULL)",
            event.map { .id($0) } ?? .null
        ) { $0.integer(0) != 0 } ?? false
    }

    /// The time that an event's reminders were last written for; nil before the first.
    public func remindersWritten(of event: EventID) throws -> Timestamp? {
        try connection.first("SELECT written_for FROM reminder WHERE event_id = $1", .id(event)) {
            $0.time(0)
        }
    }

    /// Whether the daemon that serves the database sends letters, as it noted when it was started last.
    public func sendsLetters() throws -> Bool {
        try connection.first("SELECT value FROM setting WHERE name = 'letters'") { $0.text(0) } == "yes"
    }
}

extension Transaction {
    public func noteSendsLetters(_ sends: Bool) throws {
        try connection.run(
            """
            INSERT INTO setting (name, value) VALUES ('letters', $1)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """, .text(sends ? "yes" : "no"))
    }

    /// Owes a letter to each who is an attendee of the event at this moment, which tells what they have booked when
    /// it is sent. A reminder goes only to those who have a place in the event.
    ///
    /// They are written by ``writeOwedLetters(limit:at:)``: all at once would hold up everybody else for as long.
    ///
    /// - Parameters:
    ///   - registeredBefore: only to those who registered earlier; nil for all.
    ///   - sessions: only to those who have booked or wait for one of them; nil for all.
    public func oweToAll(
        _ kind: LetterKind, event: EventID, registeredBefore: Timestamp? = nil,
        booked sessions: [SessionID]? = nil
    ) throws {
        let last = try connection.first("SELECT max(id) FROM attendee") { $0.optionalInteger(0) } ?? nil
        guard let last, last > 0 else { return }
        // Whoever carries out the outbox is told after the commit.
        letters += 1
        try connection.run(
            """
            INSERT INTO mailing (event_id, kind, sessions, registered_before, written_to, last_attendee)
            VALUES ($1, $2, $3, $4, 0, $5)
            """, .id(event), .text(kind.rawValue),
            .optional(sessions.map { "," + $0.map(\.description).joined(separator: ",") + "," }),
            .integer(registeredBefore?.rawValue ?? .max), .integer(last))
    }

    /// Puts the owed letters to the next so many attendees into the outbox; answers how many these were, nil if none
    /// is owed any more.
    ///
    /// Whoever still has a letter about the programme there that no mail server was given gets no second one: it tells
    /// what holds when it is sent.
    ///
    /// - Parameter underWay: the letters that are being handed over. What they tell was read before this, so they
    ///   stand for no other.
    public func writeOwedLetters(
        limit: Int64, besides underWay: Set<LetterID> = [], at now: Timestamp
    ) throws -> Int? {
        let owed = try connection.first(
            "SELECT id, written_to, last_attendee FROM mailing ORDER BY id LIMIT 1"
        ) { (id: $0.integer(0), writtenTo: $0.integer(1), last: $0.integer(2)) }
        guard let owed else { return nil }
        let end = min(owed.writtenTo + limit, owed.last)
        let taken = Value.text("," + underWay.map(\.description).joined(separator: ",") + ",")
        // They stay where they are in the outbox, and become letters of this moment: with another Message-ID, should a
        // crash have hidden that a server took the earlier one.
        try connection.run(
            OwedLetters.renewal, .integer(owed.id), .time(now), .integer(owed.writtenTo), .integer(end), taken
        )
        let written = try connection.run(
            OwedLetters.writing, .integer(owed.id), .time(now), .integer(owed.writtenTo), .integer(end), taken
        )
        letters += written
        if end == owed.last {
            try connection.run("DELETE FROM mailing WHERE id = $1", .integer(owed.id))
        } else {
            try connection.run(
                "UPDATE mailing SET written_to = $2 WHERE id = $1", .integer(owed.id), .integer(end))
        }
        return written
    }

    /// Owes nobody anything any more.
    public func forgetOwedLetters() throws {
        try connection.run("DELETE FROM mailing")
    }

    public func noteReminders(of event: EventID, writtenFor time: Timestamp) throws {
        try connection.run(
            """
            INSERT INTO reminder (event_id, written_for) VALUES ($1, $2)
            ON CONFLICT (event_id) DO UPDATE SET written_for = excluded.written_for
            """, .id(event), .time(time))
    }
}

/// What writing owed letters asks of the database: `$1` is the mailing, `$2` the time, `$3` and `$4` after whom and up to
/// whom they are written, `$5` the letters that are being handed over, as `,3,4,`. A letter waits where the index
/// `letter_programme` has it.
enum OwedLetters {
    static let renewal: StaticString = """
        UPDATE letter SET written_at = $2, changed_at = $2,
            sequence = (SELECT activity FROM event_places WHERE event_places.event_id = letter.event_id)
        WHERE state = 'queued' AND kind = 'programme-changed' AND attempts = 0
            AND attendee_id > $3 AND attendee_id <= $4 AND $5 NOT LIKE '%,' || id || ',%'
            AND event_id = (SELECT event_id FROM mailing
                WHERE mailing.id = $1 AND mailing.kind = 'programme-changed')
        """

    static let writing: StaticString = """
        INSERT INTO letter (event_id, attendee_id, kind, told, sequence, next_at, written_at, changed_at)
        SELECT mailing.event_id, attendee.id, mailing.kind, '',
            (SELECT activity FROM event_places WHERE event_places.event_id = mailing.event_id), $2, $2, $2
        FROM mailing JOIN attendee ON attendee.event_id = mailing.event_id
            AND attendee.id > $3 AND attendee.id <= $4
        WHERE mailing.id = $1 AND registered_at < registered_before
            AND (status = 'confirmed' OR (status = 'waiting' AND mailing.kind <> 'reminder'))
            AND (sessions IS NULL OR EXISTS (SELECT 1 FROM booking WHERE attendee_id = attendee.id
                AND booking.status <> 'cancelled' AND sessions LIKE '%,' || session_id || ',%'))
            AND (mailing.kind <> 'programme-changed' OR NOT EXISTS (SELECT 1 FROM letter
                WHERE letter.attendee_id = attendee.id AND letter.state = 'queued'
                    AND letter.kind = 'programme-changed' AND letter.attempts = 0
                    AND $5 NOT LIKE '%,' || letter.id || ',%'))
        ORDER BY attendee.id
        """
}
