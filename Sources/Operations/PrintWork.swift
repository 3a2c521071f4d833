public import Registration
internal import Storage

/// What is printed on a badge.
public struct BadgeContents: Hashable, Sendable {
    public var name: String
    public var organisation: String
    public var role: String
    public var reference: String
    public var event: String
    /// The booked sessions, one a line, in the order of the programme.
    public var sessions: [String]
    /// What the QR code holds.
    public var code: String
}

// What the printing worker does: it alone moves jobs from `queued` to their end.
extension FrontOfHouse {
    /// Yields when there may be something to print or to cancel. Ends when Lanyard stops.
    public func badgeChanges() -> AsyncStream<Void> {
        feed.badgeChanges()
    }

    /// A printer's jobs that are not at their end, in the order in which they were asked for, and among them
    /// those cancelled that the print server may still have: they must be taken off it.
    public func openPrintJobs(printer: String, limit: Int) async throws -> [PrintJob] {
        try await store.read { try $0.openPrintJobs(printer: printer, limit: limit) }
    }

    /// Writes what the worker found out about a job; answers the job as it is now.
    ///
    /// A job that was cancelled meanwhile stays cancelled, unless it came out all the same; its number at the
    /// print server is kept until the worker has taken it off there. A job that was given to another printer
    /// meanwhile stays with that one.
    public func notePrintWork(_ job: PrintJob) async throws -> PrintJob {
        let now = now
        return try await store.write { transaction in
            guard var current = try transaction.findPrintJob(job.id) else { return job }
            guard current.printer == job.printer else { return current }
            if current.state == .cancelled, job.state != .printed {
                guard current.spooledAs != job.spooledAs else { return current }
                current.spooledAs = job.spooledAs
                current.begunAt = job.begunAt
                return try transaction.change(current, to: .cancelled, reason: current.reason, at: now)
            }
            guard !current.state.isFinal || current.state == .cancelled else { return current }
            return try transaction.change(job, to: job.state, reason: job.reason, at: now)
        }
    }

    /// What stands on the badge of a job.
    public func badge(for job: PrintJob) async throws -> BadgeContents? {
        try await store.read { snapshot in
            guard let attendee = try snapshot.findAttendee(job.attendee) else { return nil }
            return try snapshot.badge(of: attendee, print: job.number)
        }
    }

    /// What stands on a badge that an attendee prints at home; no print replaces it.
    public func badge(of attendee: RegisteredAttendee) -> BadgeContents {
        BadgeContents(attendee.attendee, event: attendee.event, bookings: attendee.bookings, print: nil)
    }

    /// How many jobs of each printer are not at their end, also of printers that are not configured any more.
    public func openPrintJobCounts() async throws -> [String: Int] {
        try await store.read { try $0.openPrintJobCounts() }
    }

    /// How many print jobs there are in each state.
    public func printJobCounts() async throws -> [PrintState: Int] {
        try await store.read { try $0.printJobCounts() }
    }
}

extension Snapshot {
    fileprivate func badge(of attendee: Attendee, print: Int) throws -> BadgeContents? {
        guard let event = try findEvent(attendee.event) else { return nil }
        return BadgeContents(
            attendee, event: event,
            bookings: try bookedSessions(of: attendee.id, among: sessionsByID(of: event.id)),
            print: print)
    }
}

extension BadgeContents {
    fileprivate init(_ attendee: Attendee, event: Event, bookings: [BookedSession], print: Int?) {
        let times = LocalTime(event)
        self.init(
            name: attendee.name, organisation: attendee.organisation, role: attendee.role,
            reference: attendee.reference.description, event: event.title,
            sessions: bookings.filter { $0.status == .confirmed }.map { booked in
                // The room comes first: of a title that is too long the end goes.
                let session = booked.session
                let room = session.room.isEmpty ? "" : " \(session.room):"
                return "\(times.clock(session.starts))\(room) \(session.title)"
            },
            code: ScannedCode(code: attendee.code, print: print).description)
    }
}
