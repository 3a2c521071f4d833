public import Registration

extension Reading {
    /// What an attendee has answered; sessions by their numbers, nil for the day.
    public func feedback(of attendee: AttendeeID) throws -> [SessionID?: FeedbackAnswer] {
        let rows = try connection.all(
            """
            SELECT session_id, slug, rating, differently, quote, consent
            FROM feedback LEFT JOIN session ON session.id = session_id WHERE attendee_id = $1
            """, .id(attendee)
        ) { row -> (SessionID?, FeedbackAnswer) in
            let answer = FeedbackAnswer(
                session: row.optionalText(1), rating: row.count(2), differently: row.text(3),
                quote: row.text(4), mayBePublished: !row.text(5).isEmpty)
            return (row.optionalID(0), answer)
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// How an event and its sessions were rated.
    public func ratings(of event: EventID) throws -> [SessionID?: RatingCounts] {
        let rows = try connection.all(
            "SELECT session_id, rating, count(*) FROM feedback WHERE event_id = $1 GROUP BY session_id, rating",
            .id(event)
        ) { row -> (SessionID?, Int, Int) in (row.optionalID(0), row.count(1), row.count(2)) }
        return rows.reduce(into: [:]) { $0[$1.0, default: RatingCounts()].add($1.2, of: $1.1) }
    }

    /// What people will do differently, in an order that tells nothing of who or when; and how many wrote it.
    public func differences(
        on session: SessionID?, of event: EventID, limit: Int
    ) throws -> (texts: [String], count: Int) {
        let texts = try connection.all(
            """
            SELECT differently FROM feedback
            WHERE event_id = $1 AND session_id IS NOT DISTINCT FROM $2 AND differently <> ''
            ORDER BY differently LIMIT $3
            """, .id(event), .id(session), .integer(limit)
        ) { $0.text(0) }
        let count = try connection.first(
            """
            SELECT count(*) FROM feedback
            WHERE event_id = $1 AND session_id IS NOT DISTINCT FROM $2 AND differently <> ''
            """, .id(event), .id(session)
        ) { $0.count(0) }
        return (texts, count ?? 0)
    }

    /// The quotes whose people let them be published; and how many there are.
    public func quotes(
        on session: SessionID?, of event: EventID, limit: Int
    ) throws -> (quotes: [PublishableQuote], count: Int) {
        let quotes = try connection.all(
            """
            SELECT quote, role FROM feedback JOIN attendee ON attendee.id = attendee_id
            WHERE feedback.event_id = $1 AND session_id IS NOT DISTINCT FROM $2 AND consent <> ''
            ORDER BY quote LIMIT $3
            """, .id(event), .id(session), .integer(limit)
        ) { PublishableQuote(text: $0.text(0), role: $0.text(1)) }
        let count = try connection.first(
            """
            SELECT count(*) FROM feedback
            WHERE event_id = $1 AND session_id IS NOT DISTINCT FROM $2 AND consent <> ''
            """, .id(event), .id(session)
        ) { $0.count(0) }
        return (quotes, count ?? 0)
    }
}

extension Transaction {
    /// Keeps an answer, in the place of the person's earlier one on the same session.
    ///
    /// - Parameter consent: the wording agreed to; empty where the quote is not to be published.
    public func keep(
        _ answer: FeedbackAnswer, rating: Int, consent: String, on session: SessionID?,
        of attendee: AttendeeID, event: EventID, at now: Timestamp
    ) throws {
        try connection.run(
            "DELETE FROM feedback WHERE attendee_id = $1 AND session_id IS NOT DISTINCT FROM $2",
            .id(attendee), .id(session))
        try connection.run(
            """
            INSERT INTO feedback (event_id, attendee_id, session_id, rating, differently, quote, consent,
                answered_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """, .id(event), .id(attendee), .id(session), .integer(rating), .text(answer.differently),
            .text(answer.quote), .text(consent), .time(now))
    }

    /// No quote of the attendee may be published any more; answers how many could.
    public func withdrawQuotes(of attendee: AttendeeID) throws -> Int {
        try connection.run(
            "UPDATE feedback SET consent = '' WHERE attendee_id = $1 AND consent <> ''", .id(attendee))
    }
}
