public import Registration

/// What was answered to a request with an idempotency key (rule 5).
public struct AnsweredRequest: Sendable {
    /// A hash of the request, by which another one under the same key is told apart.
    public var request: String
    public var attendee: AttendeeID
    public var told: ToldPlaces

    public init(request: String, attendee: AttendeeID, told: ToldPlaces) {
        self.request = request
        self.attendee = attendee
        self.told = told
    }
}

/// The same of a request for a badge.
public struct AnsweredPrintRequest: Sendable {
    public var request: String
    public var job: PrintJobID

    public init(request: String, job: PrintJobID) {
        self.request = request
        self.job = job
    }
}

extension Reading {
    public func findPrintAnswer(to key: String, event: EventID) throws -> AnsweredPrintRequest? {
        try connection.first(
            "SELECT request, print_job_id FROM answered_print_request WHERE event_id = $1 AND key = $2",
            .id(event), .text(key)
        ) { AnsweredPrintRequest(request: $0.text(0), job: $0.id(1)) }
    }

    public func findAnswer(to key: String, event: EventID) throws -> AnsweredRequest? {
        try connection.first(
            "SELECT request, attendee_id, bookings FROM answered_request WHERE event_id = $1 AND key = $2",
            .id(event), .text(key)
        ) { row in
            AnsweredRequest(
                request: row.text(0), attendee: row.id(1), told: ToldPlaces(column: row.text(2)))
        }
    }
}

extension Transaction {
    public func keep(
        _ answer: AnsweredPrintRequest, under key: String, event: EventID, at now: Timestamp
    ) throws {
        try connection.run(
            """
            INSERT INTO answered_print_request (event_id, key, request, print_job_id, at)
            VALUES ($1, $2, $3, $4, $5)
            """, .id(event), .text(key), .text(answer.request), .id(answer.job), .time(now))
    }

    public func keep(_ answer: AnsweredRequest, under key: String, event: EventID, at now: Timestamp) throws {
        try connection.run(
            """
            INSERT INTO answered_request (event_id, key, request, attendee_id, bookings, at)
            VALUES ($1, $2, $3, $4, $5, $6)
            """, .id(event), .text(key), .text(answer.request), .id(answer.attendee),
            .text(answer.told.column), .time(now))
    }
}
