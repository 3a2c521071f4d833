/// What a job's state at CUPS means for the badge. A pure function of what CUPS said.
enum JobFinding: Hashable, Sendable {
    /// On its way to paper.
    case underWay
    /// Can't go on until somebody does something; CUPS still has it.
    case held(String)
    case printed
    case cancelled(String)
    /// The printer or CUPS gave it up, or nobody can tell any more whether it came out: only somebody who looks
    /// can decide to print it again.
    case failed(String)

    init(_ job: QueuedJob, printer: PrinterStatus) {
        if let interruption = job.interruption {
            self = .failed(JobFinding.whatToLookFor(interruption, job.state))
            return
        }
        switch job.state {
        case .completed:
            self = .printed
        case .cancelled:
            // Backends say so when the printer itself gave the job up: pressed there, or a jam.
            self =
                job.message.contains("at printer")
                ? .failed("The printer gave the badge up; print it again if it did not come out")
                : .cancelled("Cancelled at the print server")
        case .aborted:
            self = .failed(JobFinding.whyGivenUp(job))
        case .held:
            self = .held(JobFinding.whyHeld(job, printer))
        case .pending, .processing, .stopped:
            let complaints = JobFinding.complaints(job, printer)
            if !complaints.isEmpty {
                self = .held(complaints.joined(separator: "; "))
            } else if job.state == .stopped {
                self = .held("The printer is stopped")
            } else {
                self = .underWay
            }
        }
    }

    private static func complaints(_ job: QueuedJob, _ printer: PrinterStatus) -> [String] {
        var complaints = PrinterComplaint.sentences(printer.reasons)
        if printer.state == .stopped, complaints.isEmpty { complaints.append("The queue is stopped") }
        guard complaints.isEmpty else { return complaints }
        if PrinterComplaint.isOutOfReach(printer.message) { return ["The printer does not answer"] }
        // CUPS leaves a job's own message standing when the printer is reached at last and prints.
        let isPrinting = printer.reasons.contains("cups-waiting-for-job-completed")
        if job.state == .processing, !isPrinting, PrinterComplaint.isOutOfReach(job.message) {
            return ["The printer does not answer"]
        }
        return []
    }

    private static func whyHeld(_ job: QueuedJob, _ printer: PrinterStatus) -> String {
        let complaints = complaints(job, printer)
        if !complaints.isEmpty { return complaints.joined(separator: "; ") }
        // How the policy `retry-job` waits for its next try.
        if job.reasons.contains("resources-are-not-ready") {
            return "The printer did not take the badge; the print server tries again"
        }
        return "Held at the print server"
    }

    private static func whatToLookFor(_ interruption: QueuedJob.Interruption, _ state: QueuedJob.State)
        -> String
    {
        switch (interruption, state) {
        case (.abandoned, _):
            "The print server was stopped while it printed the badge; print it again if it did not come out"
        case (.begunAnew, .completed):
            "The print server was restarted while it printed the badge; it may have come out twice"
        case (.begunAnew, _):
            "The print server was restarted while it printed the badge; it may have come out twice, or not at all"
        }
    }

    private static func whyGivenUp(_ job: QueuedJob) -> String {
        if job.reasons.contains("document-format-error") || job.reasons.contains("document-unprintable-error")
        {
            return "The print server can't print badges on this printer"
        }
        return
            "The printer did not take the badge and the queue threw it away; print it again if it did not come out"
    }
}
