public import Registration

extension Reading {
    public func findPrintJob(_ id: PrintJobID) throws -> PrintJob? {
        try connection.first(
            """
            SELECT id, event_id, attendee_id, number, printer, state, reason, spooled_as, begun_at,
                requested_at, changed_at
            FROM print_job WHERE id = $1
            """, .id(id), read: PrintJob.init(row:))
    }

    public func printJobs(of attendee: AttendeeID) throws -> [PrintJob] {
        try connection.all(
            """
            SELECT id, event_id, attendee_id, number, printer, state, reason, spooled_as, begun_at,
                requested_at, changed_at
            FROM print_job WHERE attendee_id = $1 ORDER BY number
            """, .id(attendee), read: PrintJob.init(row:))
    }

    /// The printer's jobs that are not at their end, and those cancelled that its print server may still
    /// have, in the order in which they were asked for.
    public func openPrintJobs(printer: String, limit: Int) throws -> [PrintJob] {
        try connection.all(
            """
            SELECT id, event_id, attendee_id, number, printer, state, reason, spooled_as, begun_at,
                requested_at, changed_at
            FROM print_job
            WHERE printer = $1
                AND (state IN ('queued', 'sent', 'held') OR (state = 'cancelled' AND spooled_as IS NOT NULL))
            ORDER BY id LIMIT $2
            """, .text(printer), .integer(limit), read: PrintJob.init(row:))
    }

    /// How many jobs there are in each state.
    public func printJobCounts() throws -> [PrintState: Int] {
        Dictionary(
            uniqueKeysWithValues: try connection.all("SELECT state, count(*) FROM print_job GROUP BY state") {
                (try $0.word(0), $0.count(1))
            })
    }

    /// How many jobs of each printer are not at their end.
    public func openPrintJobCounts() throws -> [String: Int] {
        Dictionary(
            uniqueKeysWithValues: try connection.all(
                """
                SELECT printer, count(*) FROM print_job WHERE state IN ('queued', 'sent', 'held')
                GROUP BY printer
                """
            ) { ($0.text(0), $0.count(1)) })
    }
}

extension Transaction {
    /// Adds the attendee's next badge to a printer's jobs.
    public func addPrintJob(_ attendee: Attendee, printer: String, at now: Timestamp) throws -> PrintJob {
        let job: PrintJob? = try connection.first(
            """
            INSERT INTO print_job (event_id, attendee_id, number, printer, state, requested_at, changed_at)
            VALUES ($1, $2, (SELECT coalesce(max(number), 0) + 1 FROM print_job WHERE attendee_id = $2), $3,
                'queued', $4, $4)
            RETURNING id, event_id, attendee_id, number, printer, state, reason, spooled_as, begun_at,
                requested_at, changed_at
            """, .id(attendee.event), .id(attendee.id), .text(printer), .time(now), read: PrintJob.init(row:))
        guard let job else { throw MissingRow(table: "print_job") }
        return job
    }

    /// Writes what changes in a job's life.
    public func save(_ job: PrintJob) throws {
        try connection.run(
            """
            UPDATE print_job SET state = $2, reason = $3, spooled_as = $4, changed_at = $5, printer = $6,
                begun_at = $7
            WHERE id = $1
            """, .id(job.id), .text(job.state.rawValue), .text(job.reason), .optional(job.spooledAs),
            .time(job.changed), .text(job.printer), .optional(job.begunAt))
    }
}

extension PrintJob {
    init(row: Row) throws {
        self.init(
            id: row.id(0), event: row.id(1), attendee: row.id(2), number: row.count(3), printer: row.text(4),
            state: try row.word(5), reason: row.text(6), spooledAs: row.optionalCount(7),
            begunAt: row.optionalCount(8), requested: row.time(9), changed: row.time(10))
    }
}
