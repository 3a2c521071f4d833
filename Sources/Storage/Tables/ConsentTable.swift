public import Registration

extension Reading {
    /// All that somebody ever said of consents, oldest first.
    public func consents(of attendee: AttendeeID) throws -> [ConsentStatement] {
        try connection.all(
            """
            SELECT kind, is_given, text, at FROM consent JOIN wording ON wording.id = wording_id
            WHERE attendee_id = $1 ORDER BY number
            """, .id(attendee)
        ) { row in
            ConsentStatement(
                try row.word(0), isGiven: row.integer(1) != 0, wording: row.text(2), at: row.time(3))
        }
    }

    /// How many of those whose registration was not cancelled agree to each at the moment; the kinds that nobody
    /// agrees to are left out.
    public func consentCounts(of event: EventID) throws -> [Consent: Int] {
        let counts = try connection.all(
            """
            SELECT kind, count(*) FROM consent AS said JOIN attendee ON attendee.id = attendee_id
            WHERE event_id = $1 AND status <> 'cancelled' AND is_given = 1 AND NOT EXISTS (
                SELECT 1 FROM consent AS later WHERE later.attendee_id = said.attendee_id
                    AND later.kind = said.kind AND later.number > said.number)
            GROUP BY kind
            """, .id(event)
        ) { row in (try row.word(0) as Consent, row.count(1)) }
        return Dictionary(uniqueKeysWithValues: counts)
    }
}

extension Transaction {
    public func append(_ statements: [ConsentStatement], of attendee: AttendeeID) throws {
        for statement in statements {
            try connection.run(
                "INSERT INTO wording (text) VALUES ($1) ON CONFLICT (text) DO NOTHING",
                .text(statement.wording))
            try connection.run(
                """
                INSERT INTO consent (attendee_id, number, kind, is_given, wording_id, at)
                VALUES ($1, (SELECT coalesce(max(number), 0) + 1 FROM consent WHERE attendee_id = $1), $2, $3,
                    (SELECT id FROM wording WHERE text = $4), $5)
                """, .id(attendee), .text(statement.consent.rawValue), .integer(statement.isGiven ? 1 : 0),
                .text(statement.wording), .time(statement.at))
        }
    }
}
