internal import CCups

/// A job of a CUPS queue, as it was when it was asked for.
struct QueuedJob: Hashable, Sendable {
    /// IPP's `job-state` (RFC 8011, section 5.3.7).
    enum State: Int, Sendable {
        case pending = 3
        case held = 4
        case processing = 5
        case stopped = 6
        case cancelled = 7
        case aborted = 8
        case completed = 9

        var isFinal: Bool { rawValue >= State.cancelled.rawValue }
    }

    /// CUPS's number for it.
    var number: Int
    var name: String
    var state: State
    /// IPP's `job-state-reasons`.
    var reasons: [String]
    /// What the backend or the filters said last about it.
    var message: String
    /// When CUPS began it last, in seconds since 1970; nil while it has not.
    var begunAt: Int?
    /// What CUPS did with it when it was stopped while it printed it.
    var interruption: Interruption?

    /// CUPS 2.4.2 does one or the other, mostly by turns.
    enum Interruption: Hashable, Sendable {
        /// It says that the job is pending, but counts it among the completed and leaves it alone until it is
        /// started once more.
        case abandoned
        /// It began the job again as it started, whatever the printer had of it.
        case begunAnew
    }

    init(
        number: Int, name: String = "", state: State, reasons: [String] = [], message: String = "",
        begunAt: Int? = nil
    ) {
        self.number = number
        self.name = name
        self.state = state
        self.begunAt = begunAt
        self.reasons = reasons
        self.message = message
    }

    init?(_ attributes: IPPAttributes) {
        guard let number = attributes.integer("job-id"),
            let state = attributes.integer("job-state").flatMap(State.init)
        else { return nil }
        self.number = number
        name = attributes.text("job-name") ?? ""
        self.state = state
        reasons = attributes.texts("job-state-reasons").filter { $0 != "none" }
        message = attributes.text("job-printer-state-message") ?? ""
        begunAt = attributes.integer("time-at-processing")
    }

    /// What CUPS says of a job that it was printing when it was stopped, and also of one that it is about to
    /// print.
    var saysItPrintsAndWaits: Bool { state == .pending && reasons.contains("job-printing") }

    /// Whether CUPS begins it a second time, or is about to, because it was restarted while it printed it. By itself
    /// CUPS does the same where the printer did not take the job, as many do that are busy with another.
    ///
    /// - Parameters:
    ///   - before: when CUPS had begun it at the last look.
    ///   - wasRestarted: whether CUPS was restarted since; nil where nobody can know.
    func isBegunAnew(since before: Int?, wasRestarted: Bool?, printer: PrinterStatus) -> Bool {
        guard let before, wasRestarted != false else { return false }
        if let begunAt, begunAt != before { return true }
        guard wasRestarted == true else { return false }
        return state == .processing || (state == .pending && printer.state != .stopped)
    }

    /// When CUPS began what it is printing; nil where it has stopped the job for a reason that it tells, and will
    /// rightly begin it again.
    func begunForGood(_ before: Int?, printer: PrinterStatus) -> Int? {
        switch state {
        case .processing: begunAt
        case .pending where printer.state != .stopped: before
        default: nil
        }
    }

    static let attributes = [
        "job-id", "job-name", "job-state", "job-state-reasons", "job-printer-state-message",
        "time-at-processing",
    ]
}

extension CUPSConnection {
    /// Gives a badge to a queue in one request, so that CUPS has the whole job or none of it.
    ///
    /// The corresponding operation is `Print-Job`. Returns CUPS's number of the job.
    func print(_ document: [UInt8], named name: String, on medium: Medium, queue: String) throws(CUPSError)
        -> Int
    {
        let request = IPPRequest(IPP_OP_PRINT_JOB)
        request.addQueue(queue)
        request.add(.operation, "job-name", name: name)
        request.add(.operation, "document-name", name: name)
        request.add(.operation, "document-format", mimeType: "application/pdf")
        request.addMedia(medium)
        // The badge at its real size, once, whatever the queue's own defaults are.
        request.add(.job, "print-scaling", keyword: "none")
        request.add(.job, "fit-to-page", boolean: false)
        request.add(.job, "copies", integer: 1)
        request.add(.job, "number-up", integer: 1)
        request.add(.job, "sides", keyword: "one-sided")
        request.add(.job, "job-sheets", keyword: "none")
        let path = "/printers/\(queue)"
        let answer = try answer(to: request, at: path, document: document)
        guard let number = answer.things.first?.integer("job-id") else {
            throw CUPSError(
                code: .serviceUnavailable, message: "the server named no job", mayHaveHappened: true)
        }
        return number
    }

    /// The jobs of a queue that bear this name, finished ones too where CUPS keeps them, oldest first.
    ///
    /// The corresponding operation is `Get-Jobs`.
    func jobs(named name: String, queue: String) throws(CUPSError) -> [QueuedJob] {
        try jobs(which: "all", queue: queue).filter { $0.name == name }.sorted { $0.number < $1.number }
    }

    /// Whether the server remembers any finished job at all.
    func hasHistory(queue: String) throws(CUPSError) -> Bool {
        try !jobs(which: "completed", queue: queue, limit: 1).isEmpty
    }

    private func jobs(which: String, queue: String, limit: Int? = nil) throws(CUPSError) -> [QueuedJob] {
        let request = IPPRequest(IPP_OP_GET_JOBS)
        request.addQueue(queue)
        request.add(.operation, "which-jobs", keyword: which)
        if let limit { request.add(.operation, "limit", integer: limit) }
        request.addRequested(QueuedJob.attributes)
        return try answer(to: request).things.compactMap(QueuedJob.init)
    }

    /// One job; throws ``CUPSError/Code/notFound`` if CUPS does not know it any more.
    ///
    /// The corresponding operation is `Get-Job-Attributes`.
    func job(_ number: Int, queue: String) throws(CUPSError) -> QueuedJob {
        let request = IPPRequest(IPP_OP_GET_JOB_ATTRIBUTES)
        request.addQueue(queue)
        request.add(.operation, "job-id", integer: number)
        request.addRequested(QueuedJob.attributes)
        guard let job = try answer(to: request).things.lazy.compactMap(QueuedJob.init).first else {
            throw CUPSError(code: .notFound, message: "no job of this number")
        }
        return job
    }

    /// Whether CUPS means to do anything more with a job that says that it is pending.
    func isActive(_ number: Int, queue: String) throws(CUPSError) -> Bool {
        try jobs(which: "not-completed", queue: queue).contains { $0.number == number }
    }

    /// Takes a job off its queue; throws ``CUPSError/Code/notPossible`` if it is finished already.
    ///
    /// The corresponding operation is `Cancel-Job`.
    func cancel(_ number: Int, queue: String) throws(CUPSError) {
        let request = IPPRequest(IPP_OP_CANCEL_JOB)
        request.addQueue(queue)
        request.add(.operation, "job-id", integer: number)
        _ = try answer(to: request, at: "/jobs/")
    }
}
