public import Registration

extension Reading {
    /// The scan that a door called so.
    public func findScan(givenID: String, door: String, event: EventID) throws -> Scan? {
        try connection.first(
            """
            SELECT id, event_id, point_id, door, given_id, attendee_id, print, stray, scanned_at, received_at,
                verdict, reason
            FROM scan WHERE event_id = $1 AND door = $2 AND given_id = $3
            """, .id(event), .text(door), .text(givenID), read: scan(row:))
    }

    /// The person's first admission at a point.
    public func findAdmission(_ attendee: AttendeeID, at point: PointID) throws -> Admission? {
        try connection.first(
            """
            SELECT at, slug FROM admission JOIN point ON point.id = point_id
            WHERE attendee_id = $1 AND point_id = $2
            """, .id(attendee), .id(point)
        ) { Admission(at: $0.time(0), point: $0.text(1)) }
    }

    /// How many people entered the point.
    public func arrived(at point: PointID) throws -> Int {
        try connection.first("SELECT arrived FROM point WHERE id = $1", .id(point)) { $0.count(0) } ?? 0
    }

    /// The newest scans of an event, newest first.
    public func latestScans(of event: EventID, limit: Int) throws -> [Scan] {
        try connection.all(
            """
            SELECT id, event_id, point_id, door, given_id, attendee_id, print, stray, scanned_at, received_at,
                verdict, reason
            FROM scan WHERE event_id = $1 ORDER BY id DESC LIMIT $2
            """, .id(event), .integer(limit), read: scan(row:))
    }

    /// How many people entered the point in each `Scan.arrivalSpanMilliseconds`, by where the span begins; those
    /// without any are left out.
    public func arrivals(at point: PointID) throws -> [(began: Timestamp, count: Int)] {
        try connection.all(
            "SELECT began, people FROM arrival WHERE point_id = $1 ORDER BY began", .id(point)
        ) { ($0.time(0), $0.count(1)) }
    }

    /// How many people entered each point of an event.
    public func arrivals(of event: EventID) throws -> [PointID: Int] {
        Dictionary(
            uniqueKeysWithValues: try connection.all(
                "SELECT id, arrived FROM point WHERE event_id = $1", .id(event)
            ) { ($0.id(0), $0.count(1)) })
    }

    fileprivate func scan(row: Row) throws -> Scan {
        let subject = Scan.Subject(row: row, from: 5)
        let point: PointID = row.id(2)
        return Scan(
            id: row.integer(0), event: row.id(1), point: point, door: row.text(3),
            givenID: row.optionalText(4), subject: subject, scanned: row.time(8), received: row.time(9),
            verdict: try verdict(row.text(10), reason: row, subject, point))
    }

    private func verdict(
        _ word: String, reason row: Row, _ subject: Scan.Subject, _ point: PointID
    ) throws -> Verdict {
        switch word {
        case "admit": return .admit
        case "deny": return .deny(try row.word(11))
        default:
            guard case .attendee(let attendee, _) = subject,
                let admission = try findAdmission(attendee, at: point)
            else { throw MissingRow(table: "admission") }
            return .again(admission)
        }
    }
}

extension Transaction {
    /// The scan that this one repeats: of the same code on the same door, less than
    /// `Scan.repeatMilliseconds` away, by the scanner's clock as well as ours. It may seem to be the later one
    /// of the two, as each is given its time before the writer puts them in order; but a clock that was set
    /// back makes no scan of an hour ago a repeated one.
    public func findRepeated(by scan: Scan) throws -> Scan? {
        guard let candidate = recentScans.candidate(for: scan) else {
            return nil
        }
        let found = try connection.first(
            """
            SELECT id, event_id, point_id, door, given_id, attendee_id, print, stray, scanned_at, received_at,
                verdict, reason
            FROM scan WHERE id = $1
            """, .integer(candidate), read: self.scan(row:))
        guard let found, found.door == scan.door, found.subject == scan.subject, found.point == scan.point,
            abs(scan.received.milliseconds(since: found.received)) < Scan.repeatMilliseconds,
            abs(scan.scanned.milliseconds(since: found.scanned)) < Scan.repeatMilliseconds
        else { return nil }
        return found
    }

    /// Keeps the scan, and the admission if it is one; answers its number.
    public func keep(_ scan: Scan) throws -> Int64 {
        var attendee: AttendeeID?
        var print: Int?
        var stray: String?
        switch scan.subject {
        case .attendee(let id, let number): (attendee, print) = (id, number)
        case .stray(let text): stray = text
        }
        let number = try connection.insert(
            """
            INSERT INTO scan (event_id, point_id, door, given_id, attendee_id, print, stray, scanned_at,
                received_at, verdict, reason)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """, .id(scan.event), .id(scan.point), .text(scan.door), .optional(scan.givenID), .id(attendee),
            .optional(print), .optional(stray), .time(scan.scanned), .time(scan.received),
            .text(scan.verdict.word), .optional(scan.verdict.reason?.rawValue))
        recentScans.note(scan, number: number)
        if case .admit = scan.verdict, let attendee {
            try connection.run(
                "INSERT INTO admission (attendee_id, point_id, scan_id, at) VALUES ($1, $2, $3, $4)",
                .id(attendee), .id(scan.point), .integer(number), .time(scan.scanned))
            let span = Scan.arrivalSpanMilliseconds
            try connection.run("UPDATE point SET arrived = arrived + 1 WHERE id = $1", .id(scan.point))
            try connection.run(
                """
                INSERT INTO arrival (point_id, began, people) VALUES ($1, $2, 1)
                ON CONFLICT (point_id, began) DO UPDATE SET people = arrival.people + 1
                """, .id(scan.point), .integer(scan.scanned.rawValue / span * span))
        }
        return number
    }
}
