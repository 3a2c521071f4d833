internal import Operations
internal import Registration

extension QueueLane {
    /// What CUPS has, at one moment.
    struct View: Sendable {
        var destination: Destination
        /// The followed jobs by CUPS's number; those are missing that CUPS does not know any more.
        var jobs: [Int: QueuedJob]
        /// Whether CUPS remembers finished jobs; nil where nobody needs to know.
        var hasHistory: Bool?
        var lifeline: Lifeline?
    }

    /// Asks CUPS for the queue and the jobs, and takes off it what is not to come out.
    mutating func look(at followed: [PrintJob], gone: Set<PrintJobID>) async throws -> View {
        let names = Dictionary(
            followed.compactMap { job in job.spooledAs.map { ($0, name(of: job.id)) } },
            uniquingKeysWith: { first, _ in first })
        let unwanted =
            strays.union(followed.compactMap { $0.state == .cancelled ? $0.spooledAs : nil })
        let begunAt = Dictionary(
            followed.compactMap { job in job.spooledAs.map { ($0, job.begunAt) } },
            uniquingKeysWith: { first, _ in first })
        let unwantedNames = gone.map(name(of:))
        let view = try await thread.withConnection(to: server) {
            [server, queue, lifeline] connection throws(CUPSError) in
            var view = View(destination: try connection.destination(queue), jobs: [:])
            // Before the jobs are asked for, so that it is older than what is answered.
            view.lifeline = Lifeline(to: server, patience: connection.patience)
            for name in unwantedNames {
                for job in try connection.jobs(named: name, queue: queue) where !job.state.isFinal {
                    try connection.takeOff(job.number, queue: queue)
                }
            }
            for number in unwanted {
                guard let job = try connection.findJob(number, queue: queue),
                    names[number].map({ $0 == job.name }) ?? true, !job.state.isFinal
                else { continue }
                try connection.takeOff(number, queue: queue)
            }
            for (number, name) in names {
                guard var job = try connection.findJob(number, queue: queue), job.name == name else {
                    continue
                }
                if job.saysItPrintsAndWaits, try !connection.isActive(number, queue: queue) {
                    job.interruption = .abandoned
                } else if job.isBegunAnew(
                    since: begunAt[number] ?? nil, wasRestarted: lifeline.map { !$0.isUnbroken },
                    printer: view.destination.status)
                {
                    job.interruption = .begunAnew
                }
                // At once: while the printer is still busy with the first, the second can be stopped.
                if job.interruption != nil, !job.state.isFinal {
                    try connection.takeOff(number, queue: queue)
                }
                view.jobs[number] = job
            }
            if view.jobs.count < names.count { view.hasHistory = try connection.hasHistory(queue: queue) }
            return view
        }
        lifeline = view.lifeline
        strays = []
        doubtful.subtract(gone)
        return view
    }

    /// Writes what became of a job, and answers it as it is now.
    mutating func follow(_ job: PrintJob, _ view: View) async throws -> PrintJob {
        guard let number = job.spooledAs else { return job }
        let found = view.jobs[number]
        if job.state == .cancelled {
            if found?.state == .completed { return try await desk.note(job, .printed) }
            // What is being stopped is looked at again until it is.
            if let found, !found.state.isFinal { return job }
            return try await desk.noteOffServer(job, .cancelled, reason: job.reason)
        }
        guard let found else { return try await lost(job, hasHistory: view.hasHistory ?? true) }
        lastSeen[job.id] = found.state.isFinal ? nil : found.state
        var job = job
        if found.interruption == nil, !found.state.isFinal {
            let begunAt = found.begunForGood(job.begunAt, printer: view.destination.status)
            if begunAt != job.begunAt {
                job.begunAt = begunAt
                job = try await desk.front.notePrintWork(job)
            }
        }
        switch JobFinding(found, printer: view.destination.status) {
        case .underWay: return try await desk.note(job, .sent)
        case .held(let reason): return try await desk.note(job, .held, reason: reason)
        case .printed: return try await desk.note(job, .printed)
        case .cancelled(let reason): return try await desk.noteOffServer(job, .cancelled, reason: reason)
        case .failed(let reason):
            // So that one printed again is not taken for this one.
            if !found.state.isFinal { strays.insert(number) }
            return try await desk.note(job, .failed, reason: reason)
        }
    }

    /// CUPS had the job and does not know it any more.
    private mutating func lost(_ job: PrintJob, hasHistory: Bool) async throws -> PrintJob {
        switch lastSeen[job.id] {
        case .pending where hasHistory, .held where hasHistory, .stopped where hasHistory:
            // Not begun at the last look, and CUPS would remember it had it ended: CUPS itself broke off.
            doubtful.insert(job.id)
            return try await desk.noteOffServer(job, .queued)
        case .processing where !hasHistory:
            // Where CUPS forgets what is done, what it was printing is done.
            return try await desk.note(job, .printed)
        default:
            return try await desk.note(
                job, .failed,
                reason: "The print server has lost the badge; print it again if it did not come out")
        }
    }
}

extension CUPSConnection {
    /// The job, or nil if CUPS does not know it.
    fileprivate func findJob(_ number: Int, queue: String) throws(CUPSError) -> QueuedJob? {
        do throws(CUPSError) {
            return try job(number, queue: queue)
        } catch {
            guard error.code == .notFound else { throw error }
            return nil
        }
    }

    /// Cancels a job that may just have ended.
    fileprivate func takeOff(_ number: Int, queue: String) throws(CUPSError) {
        do throws(CUPSError) {
            try cancel(number, queue: queue)
        } catch {
            guard error.code == .notFound || error.code == .notPossible else { throw error }
        }
    }
}
