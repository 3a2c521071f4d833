public import Registration

extension Reading {
    /// How many attendees of an event hold confirmed bookings that overlap.
    public func clashingAttendees(of event: EventID) throws -> Int {
        try connection.first(
            """
            SELECT count(DISTINCT a.attendee_id) FROM booking AS a
            JOIN booking AS b ON b.attendee_id = a.attendee_id AND b.session_id > a.session_id
            JOIN session AS s ON s.id = a.session_id JOIN session AS t ON t.id = b.session_id
            WHERE a.status = 'confirmed' AND b.status = 'confirmed' AND s.event_id = $1
                AND s.starts < t.ends AND t.starts < s.ends
            """, .id(event)
        ) { $0.count(0) } ?? 0
    }

    /// Everything in the database that breaks a rule.
    public func breaches(at now: Timestamp) throws -> [Breach] {
        try damage() + capacityBreaches() + bookingBreaches() + listBreaches(at: now) + doorBreaches()
            + recordBreaches() + materialBreaches() + erasureBreaches()
    }

    private func damage() throws -> [Breach] {
        let faults = try connection.all("PRAGMA integrity_check(20)") { $0.text(0) }.filter { $0 != "ok" }
        let orphans = try connection.all("PRAGMA foreign_key_check") {
            "row \($0.integer(1)) of \($0.text(0)) refers to a row of \($0.text(2)) that is not there"
        }
        return (faults + orphans).map { Breach(rule: 0, text: $0) }
    }

    private func capacityBreaches() throws -> [Breach] {
        let events = try connection.all(
            """
            SELECT event_id, capacity, confirmed, waiting,
                (SELECT count(*) FROM attendee WHERE attendee.event_id = p.event_id AND status = 'confirmed'),
                (SELECT count(*) FROM attendee WHERE attendee.event_id = p.event_id AND status = 'waiting')
            FROM event_places AS p
            """
        ) { PlacesCount(row: $0).breaches(in: "event") }
        let sessions = try connection.all(
            """
            SELECT p.session_id, capacity, confirmed, waiting,
                count(*) FILTER (WHERE status = 'confirmed'), count(*) FILTER (WHERE status = 'waiting')
            FROM session_places AS p LEFT JOIN booking ON booking.session_id = p.session_id
            GROUP BY p.session_id
            """
        ) { PlacesCount(row: $0).breaches(in: "session") }
        return (events + sessions).flatMap { $0 }
    }

    private func bookingBreaches() throws -> [Breach] {
        var breaches: [Breach] = []
        for event in try events() {
            let clashing = try clashingAttendees(of: event.id)
            guard clashing > 0 else { continue }
            breaches.append(
                Breach(rule: 2, text: "event \(event.id): \(clashing) attendees hold bookings that overlap"))
        }
        breaches += try connection.all(
            """
            SELECT session_id, count(*) FROM booking JOIN attendee ON attendee.id = attendee_id
            WHERE booking.status <> 'cancelled' AND attendee.status = 'cancelled' GROUP BY session_id
            """
        ) {
            Breach(
                rule: 1, text: "session \($0.integer(0)): \($0.integer(1)) bookings of cancelled attendees")
        }
        breaches += try connection.all(
            """
            SELECT event_id, min(id), count(*) FROM attendee WHERE status <> 'cancelled'
            GROUP BY event_id, email_key HAVING count(*) > 1
            """
        ) {
            Breach(
                rule: 4,
                text:
                    "event \($0.integer(0)): \($0.integer(2)) registrations have the address of attendee \($0.integer(1))"
            )
        }
        return breaches
    }

    /// A place that is free while somebody waits who could have it; where lists are held, that is as it should be.
    private func listBreaches(at now: Timestamp) throws -> [Breach] {
        try events().filter { !$0.holdsLists(at: now) }.flatMap { event in
            var breaches: [Breach] = []
            let places = try places(of: event.id)
            if places.waiting > 0, let free = places.free, free > 0 {
                breaches.append(
                    Breach(
                        rule: 3,
                        text: "event \(event.id): \(free) places are free and \(places.waiting) people wait"))
            }
            for session in try sessionsToPromote(of: event.id) {
                guard let next = try firstToPromote(in: session) else { continue }
                breaches.append(
                    Breach(
                        rule: 3,
                        text: "session \(session): a place is free and attendee \(next) could have it"))
            }
            return breaches
        }
    }

    private func firstToPromote(in session: SessionID) throws -> AttendeeID? {
        var last: Int64 = 0
        while true {
            let page = try waitingList(of: session, after: last, limit: 1_000)
            guard let end = page.last else { return nil }
            if let next = page.first(where: { $0.question.decision != .passOver }) { return next.attendee }
            last = end.since
        }
    }

    private func doorBreaches() throws -> [Breach] {
        let twice = try connection.all(
            """
            SELECT attendee_id, point_id, count(*) FROM scan WHERE verdict = 'admit'
            GROUP BY attendee_id, point_id HAVING count(*) > 1
            """
        ) {
            Breach(
                rule: 6,
                text:
                    "attendee \($0.integer(0)) was admitted \($0.integer(2)) times at point \($0.integer(1))")
        }
        // One row beside its neighbour, as `findRepeated` looks at the newest alone: between two readings of a
        // gate that was offline another may lie.
        let repeated = try connection.all(
            """
            SELECT id, before FROM (
                SELECT id, lag(id) OVER same AS before, received_at, scanned_at,
                    lag(received_at) OVER same AS received_before, lag(scanned_at) OVER same AS scanned_before
                FROM scan
                WINDOW same AS (PARTITION BY point_id, attendee_id, print, stray, door ORDER BY id)) AS pair
            WHERE abs(received_at - received_before) < $1 AND abs(scanned_at - scanned_before) < $1
            """, .integer(Scan.repeatMilliseconds)
        ) {
            Breach(rule: 6, text: "scan \($0.integer(0)) is scan \($0.integer(1)) again and has its own row")
        }
        let unmatched = try connection.all(
            """
            SELECT id FROM (SELECT id FROM scan WHERE verdict = 'admit' EXCEPT SELECT scan_id FROM admission) AS alone
            UNION ALL
            SELECT scan_id FROM (
                SELECT scan_id FROM admission EXCEPT SELECT id FROM scan WHERE verdict = 'admit') AS stranger
            """
        ) { Breach(rule: 6, text: "scan \($0.integer(0)) and the admissions contradict each other") }
        let counts = try connection.all(
            """
            SELECT point.id, arrived, count(scan.id)
            FROM point LEFT JOIN scan ON scan.point_id = point.id AND verdict = 'admit' GROUP BY point.id
            """
        ) { ($0.integer(0), $0.integer(1), $0.integer(2)) }.filter { $0.1 != $0.2 }.map {
            Breach(rule: 6, text: "point \($0.0) counts \($0.1) arrivals and has \($0.2) admissions")
        }
        let spans = try connection.all(
            """
            SELECT point_id, began, sum(counted), sum(found) FROM (
                SELECT point_id, began, people AS counted, 0 AS found FROM arrival
                UNION ALL SELECT point_id, at / $1 * $1, 0, 1 FROM admission) AS counts
            GROUP BY point_id, began HAVING sum(counted) <> sum(found)
            """, .integer(Scan.arrivalSpanMilliseconds)
        ) {
            Breach(
                rule: 6,
                text:
                    "point \($0.integer(0)) counts \($0.integer(2)) arrivals from \($0.integer(1)) on and has"
                    + " \($0.integer(3)) admissions")
        }
        return twice + repeated + unmatched + counts + spans
    }

    private func recordBreaches() throws -> [Breach] {
        let prints = try connection.all(
            """
            SELECT id, printed, coalesce((SELECT max(number) FROM print_job
                WHERE attendee_id = attendee.id AND state = 'printed'), 0)
            FROM attendee
            WHERE printed > 0 OR id IN (SELECT attendee_id FROM print_job WHERE state = 'printed')
            """
        ) { ($0.integer(0), $0.integer(1), $0.integer(2)) }.filter { $0.1 != $0.2 }.map {
            Breach(
                rule: 7, text: "attendee \($0.0) has badge \($0.1), and badge \($0.2) was the last printed")
        }
        let spooledTwice = try connection.all(
            """
            SELECT printer, spooled_as, count(*) FROM print_job
            WHERE spooled_as IS NOT NULL AND state IN ('sent', 'held')
            GROUP BY printer, spooled_as HAVING count(*) > 1
            """
        ) {
            Breach(
                rule: 7, text: "printer \($0.text(0)): \($0.integer(2)) badges share job \($0.integer(1))")
        }
        let gaps = try connection.all(
            """
            SELECT p.event_id, p.activity, count(a.number), coalesce(max(a.number), 0)
            FROM event_places AS p LEFT JOIN activity AS a ON a.event_id = p.event_id GROUP BY p.event_id
            """
        ) { ($0.integer(0), $0.integer(1), $0.integer(2), $0.integer(3)) }
        .filter { $0.1 != $0.2 || $0.2 != $0.3 }.map {
            Breach(
                rule: 9, text: "event \($0.0): \($0.2) records, the last numbered \($0.3), counted as \($0.1)"
            )
        }
        return prints + spooledTwice + gaps
    }
}

/// What a table says of its places, beside what there is.
private struct PlacesCount {
    let id: Int64
    let capacity: Int?
    let counted: (confirmed: Int, waiting: Int)
    let found: (confirmed: Int, waiting: Int)

    init(row: Row) {
        id = row.integer(0)
        capacity = row.optionalCount(1)
        counted = (row.count(2), row.count(3))
        found = (row.count(4), row.count(5))
    }

    func breaches(in table: String) -> [Breach] {
        var breaches: [Breach] = []
        if let capacity, found.confirmed > capacity {
            breaches.append(
                Breach(rule: 1, text: "\(table) \(id): \(found.confirmed) confirmed of \(capacity) places"))
        }
        if counted != found {
            breaches.append(
                Breach(
                    rule: 1,
                    text:
                        "\(table) \(id): counts \(counted.confirmed) confirmed and \(counted.waiting) waiting,"
                        + " and has \(found.confirmed) and \(found.waiting)"))
        }
        return breaches
    }
}
