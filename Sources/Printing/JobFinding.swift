/// What a job's state at CUPS means for the badge. A pure function of what CUPS said.
enum JobFinding: Hashable, Sendable {
    /// On its way to paper.
    case underWay
    /// Can't go on until somebody does something; CUPS still has it.
    case held(String)
    case printed
    case cancelled(String)
    /// CUPS has thrown it away without it having come out.
    case thrownAway(String)
    /// Nobody can tell any more whether it came out.
    case failed(String)

    init(_ job: QueuedJob, printer: PrinterStatus) {
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
            self = .thrownAway(JobFinding.whyThrownAway(job))
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

    private static func whyThrownAway(_ job: QueuedJob) -> String {
        job.reasons.contains("document-format-error") || job.reasons.contains("document-unprintable-error")
            ? "The print server can't print badges for this printer"
            : "The print server gave the badge up because the printer did not take it"
    }
}
