public import Registration

extension Reading {
    /// The attendees of an event in the order in which they registered.
    ///
    /// - Parameters:
    ///   - search: what must be found in the name, the organisation and the address together; nil for everybody.
    ///   - session: only those with a booking in it.
    ///   - status: that of the booking in the session, or of the attendee where there is none; nil for a booking
    ///     that is not cancelled, and for every attendee.
    public func attendees(
        of event: EventID, search: SearchWords?, session: SessionID?, status: Booking.Status?,
        after: AttendeeID, limit: Int
    ) throws -> [Attendee] {
        let patterns = patterns(search)
        return try connection.all(
            """
            SELECT id, event_id, secret_high, secret_low, status, name, email, organisation, role,
                coalesce(access, ''), coalesce(dietary, ''), registered_at, printed
            FROM (SELECT attendee.*, ' ' || fold(name || ' ' || organisation || ' ' || email) AS folded
                FROM attendee) AS person LEFT JOIN need ON need.attendee_id = id
            WHERE event_id = $1 AND id > $2 AND erased_at IS NULL
                AND (CAST($3 AS TEXT) IS NULL OR folded LIKE $3 ESCAPE '!')
                AND (CAST($4 AS TEXT) IS NULL OR folded LIKE $4 ESCAPE '!')
                AND (CAST($5 AS TEXT) IS NULL OR folded LIKE $5 ESCAPE '!')
                AND (CAST($6 AS TEXT) IS NULL OR folded LIKE $6 ESCAPE '!')
                AND (CAST($7 AS TEXT) IS NULL OR folded LIKE $7 ESCAPE '!')
                AND (CAST($8 AS TEXT) IS NULL OR folded LIKE $8 ESCAPE '!')
                AND (CASE WHEN CAST($9 AS BIGINT) IS NULL THEN CAST($10 AS TEXT) IS NULL OR status = $10
                    ELSE EXISTS (SELECT 1 FROM booking WHERE attendee_id = id AND session_id = $9
                        AND CASE WHEN CAST($10 AS TEXT) IS NULL THEN booking.status <> 'cancelled'
                            ELSE booking.status = $10 END) END)
            ORDER BY id LIMIT $11
            """, .id(event), .id(after), patterns[0], patterns[1], patterns[2], patterns[3], patterns[4],
            patterns[5], .id(session), .optional(status?.rawValue), .integer(limit),
            read: tables.attendee(row:))
    }

    /// Those that reception looks for, in the order of their names.
    public func attendees(of event: EventID, search: SearchWords, limit: Int) throws -> [Attendee] {
        let patterns = patterns(search)
        // The inner limit, which nobody reaches, keeps the engine from folding a text again for each word and once
        // more to sort by it: 130 ms instead of 250 among 100,000 who all match.
        return try connection.all(
            """
            SELECT id, event_id, secret_high, secret_low, status, name, email, organisation, role,
                coalesce(access, ''), coalesce(dietary, ''), registered_at, printed
            FROM (SELECT attendee.*, ' ' || fold(name || ' ' || organisation || ' ' || email) AS folded
                FROM attendee WHERE event_id = $1 AND erased_at IS NULL LIMIT $9) AS person LEFT JOIN need ON need.attendee_id = id
            WHERE (CAST($2 AS TEXT) IS NULL OR folded LIKE $2 ESCAPE '!')
                AND (CAST($3 AS TEXT) IS NULL OR folded LIKE $3 ESCAPE '!')
                AND (CAST($4 AS TEXT) IS NULL OR folded LIKE $4 ESCAPE '!')
                AND (CAST($5 AS TEXT) IS NULL OR folded LIKE $5 ESCAPE '!')
                AND (CAST($6 AS TEXT) IS NULL OR folded LIKE $6 ESCAPE '!')
                AND (CAST($7 AS TEXT) IS NULL OR folded LIKE $7 ESCAPE '!')
            ORDER BY folded, id LIMIT $8
            """, .id(event), patterns[0], patterns[1], patterns[2], patterns[3], patterns[4], patterns[5],
            .integer(limit), .integer(Int64.max), read: tables.attendee(row:))
    }

    /// Those whose references begin like that, in the order in which they registered: a reference is no column,
    /// so each is worked out.
    public func attendees(
        of event: EventID, reference beginning: ReferenceBeginning, limit: Int
    ) throws -> [Attendee] {
        let all = try connection.all(
            "SELECT id FROM attendee WHERE event_id = $1 AND erased_at IS NULL ORDER BY id", .id(event)
        ) { AttendeeID(rawValue: $0.integer(0)) }
        return try all.lazy.filter { [tables] in beginning.matches(tables.reference(of: $0)) }.prefix(limit)
            .compactMap {
                try findAttendee($0)
            }
    }

    /// As many as the statements above have places for, null where there are fewer words.
    private func patterns(_ search: SearchWords?) -> [Value] {
        (0..<SearchWords.limit).map { index in
            guard let search, search.words.indices.contains(index) else { return .null }
            return .text(LikePattern.containing(search.words[index], isBeginning: search.areBeginnings))
        }
    }
}

/// A `LIKE` pattern with `!` as its escape.
enum LikePattern {
    /// - Parameter isBeginning: whether a space must stand before the text.
    static func containing(_ text: String, isBeginning: Bool) -> String {
        var pattern = isBeginning ? "% " : "%"
        // Scalars, not characters: a `%` with an accent on it is still a `%` to the engine.
        for scalar in text.unicodeScalars {
            if "%_!".unicodeScalars.contains(scalar) { pattern.append("!") }
            pattern.unicodeScalars.append(scalar)
        }
        return pattern + "%"
    }
}
