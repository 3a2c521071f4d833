public import Registration
internal import Storage

public enum PrintOutcome: Sendable {
    case requested(PrintJob)
    case unknownAttendee
    /// The registration is cancelled or waiting: there is nobody to badge.
    case notConfirmed
    /// No printer of that name, or none at all, is configured.
    case unknownPrinter
    /// As many of the attendee's badges as may are still on their way.
    case tooMany
    /// The idempotency key was used for another request.
    case keyReused
}

public enum PrintChangeOutcome: Sendable {
    case changed(PrintJob)
    case unknownJob
    /// No printer of that name is configured.
    case unknownPrinter
    /// The job is past the point where that can be done.
    case tooLate(PrintJob)
}

extension FrontOfHouse {
    /// How many badges of one attendee may be on their way at once.
    public static let openBadgesLimit = 20

    /// Asks for an attendee's next badge; it comes out when the printer can. Older badges are answered
    /// `replaced` once it has.
    ///
    /// - Parameters:
    ///   - printer: a configured printer's name; nil for the first.
    ///   - idempotencyKey: a repetition with the same key is answered with the first one's job.
    public func printBadge(
        event slug: String, reference: Reference, printer: String? = nil, idempotencyKey: String? = nil
    ) async throws -> PrintOutcome {
        let now = now
        let name = printer ?? settings.printers.first
        let isKnown = name.map(settings.printers.contains) ?? false
        // Of the printer what was asked for, since which one is first may change.
        let request = "\(reference) \(printer ?? "")"
        return try await store.write { transaction in
            guard let event = try transaction.findEvent(slug),
                let attendee = try transaction.findAttendee(reference), attendee.event == event.id
            else { return .unknownAttendee }
            if let key = idempotencyKey,
                let answered = try transaction.findPrintAnswer(to: key, event: event.id)
            {
                guard answered.request == request else { return .keyReused }
                guard let job = try transaction.findPrintJob(answered.job) else {
                    throw MissingRow(table: "print_job")
                }
                return .requested(job)
            }
            guard let name, isKnown else { return .unknownPrinter }
            guard attendee.status == .confirmed else { return .notConfirmed }
            let open = try transaction.printJobs(of: attendee.id).count { !$0.state.isFinal }
            guard open < FrontOfHouse.openBadgesLimit else { return .tooMany }
            let job = try transaction.requestBadge(of: attendee, printer: name, at: now)
            if let key = idempotencyKey {
                try transaction.keep(
                    AnsweredPrintRequest(request: request, job: job.id), under: key, event: event.id, at: now)
            }
            return .requested(job)
        }
    }

    /// Gives a job that waits or was given up another try, now, on this printer or another.
    ///
    /// - Parameter printer: a configured printer's name; nil for the job's own.
    public func retryPrintJob(_ id: PrintJobID, printer: String? = nil) async throws -> PrintChangeOutcome {
        let now = now
        let printers = settings.printers
        return try await store.write { transaction in
            guard var job = try transaction.findPrintJob(id) else { return .unknownJob }
            // A job that a printer has may come out any moment: it must be cancelled there first.
            let isStuckHere = job.state == .queued || job.state == .failed
            guard isStuckHere || (job.state == .held && job.spooledAs == nil) else { return .tooLate(job) }
            // A job on a printer that nobody looks after would wait for ever.
            let name = printer ?? job.printer
            guard printers.contains(name) else { return .unknownPrinter }
            job.printer = name
            job.spooledAs = nil
            job.begunAt = nil
            return .changed(try transaction.change(job, to: .queued, reason: "", at: now))
        }
    }

    /// Takes a job back. One that a printer already has is cancelled there too, if it has not begun.
    public func cancelPrintJob(_ id: PrintJobID) async throws -> PrintChangeOutcome {
        let now = now
        return try await store.write { transaction in
            guard let job = try transaction.findPrintJob(id) else { return .unknownJob }
            guard !job.state.isFinal else { return .tooLate(job) }
            return .changed(try transaction.change(job, to: .cancelled, reason: "", at: now))
        }
    }

    public func printJob(_ id: PrintJobID) async throws -> PrintJob? {
        try await store.read { try $0.findPrintJob(id) }
    }

    /// An attendee's badges, the first one first.
    public func printJobs(of attendee: AttendeeID) async throws -> [PrintJob] {
        try await store.read { try $0.printJobs(of: attendee) }
    }
}

extension Transaction {
    @discardableResult
    func requestBadge(of attendee: Attendee, printer: String, at now: Timestamp) throws -> PrintJob {
        let job = try addPrintJob(attendee, printer: printer, at: now)
        var detail = Detail()
        detail.add("print_job", number: job.id.rawValue)
        detail.add("reference", attendee.reference.description)
        try record(.badgeRequested, detail.json, of: attendee.event, at: now)
        return job
    }

    /// Writes what became of a job, and records it where its state or reason is another.
    @discardableResult
    func change(_ job: PrintJob, to state: PrintState, reason: String, at now: Timestamp) throws -> PrintJob {
        var job = job
        let before = try findPrintJob(job.id)
        job.state = state
        job.reason = reason
        job.changed = now
        try save(job)
        guard before?.state != state || before?.reason != reason else { return job }
        if state == .printed { try notePrinted(job.number, of: job.attendee) }
        var detail = Detail()
        detail.add("print_job", number: job.id.rawValue)
        detail.add("state", state.rawValue)
        try record(.badgeChanged, detail.json, of: job.event, at: now)
        return job
    }
}
