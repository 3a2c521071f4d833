internal import Badges
internal import Log
internal import Operations
internal import Registration

/// What every lane does with the jobs of its printer besides printing them.
struct PrintDesk: Sendable {
    let front: FrontOfHouse
    let printer: Printer
    let log: Logger

    /// A badge ready for its printer.
    struct RenderedBadge: Sendable {
        var document: [UInt8]
        var size: PaperSize
        var reference: String
    }

    /// Why a badge can't be rendered.
    enum Obstacle: Error {
        /// Somebody must put the template back; the job waits.
        case noTemplate
        /// This badge can't be had, whatever anybody does to the printer.
        case never(String)
    }

    func openJobs() async throws -> [PrintJob] {
        try await front.openPrintJobs(printer: printer.name, limit: PrintLimits.jobsInRound)
    }

    /// The job as it is now; nil if it was cancelled or given to another printer since it was listed.
    func stillWanted(_ job: PrintJob) async throws -> PrintJob? {
        guard let current = try await front.printJob(job.id), current.printer == printer.name,
            !current.state.isFinal
        else { return nil }
        return current
    }

    /// Renders on the calling thread, which takes about 2 ms.
    func render(_ contents: BadgeContents) throws(Obstacle) -> RenderedBadge {
        guard let template = printer.template() else { throw .noTemplate }
        let document: [UInt8]
        do {
            document = try template.pdf(of: BadgeFields(contents))
        } catch {
            throw .never("The badge can't be drawn: \(error)")
        }
        guard document.count <= PrintLimits.badgeBytes else {
            throw .never("The badge is larger than \(PrintLimits.badgeBytes >> 20) MiB")
        }
        let size = PaperSize(
            widthMillimetres: template.widthMillimetres, heightMillimetres: template.heightMillimetres)
        return RenderedBadge(document: document, size: size, reference: contents.reference)
    }

    /// Writes that the print server does not have the job, or not any more.
    @discardableResult
    func noteOffServer(_ job: PrintJob, _ state: PrintState, reason: String = "") async throws -> PrintJob {
        var job = job
        job.spooledAs = nil
        job.begunAt = nil
        return try await write(job, state, reason: reason)
    }

    /// Writes what became of a job where it is another than before, and answers the job as it is now.
    @discardableResult
    func note(_ job: PrintJob, _ state: PrintState, reason: String = "") async throws -> PrintJob {
        guard job.state != state || job.reason != reason else { return job }
        return try await write(job, state, reason: reason)
    }

    /// The same, and writes whatever else of the job is another.
    func write(_ job: PrintJob, _ state: PrintState, reason: String = "") async throws -> PrintJob {
        let before = job.state
        var job = job
        job.state = state
        job.reason = reason
        let noted = try await front.notePrintWork(job)
        guard noted.state != before || !reason.isEmpty else { return noted }
        switch noted.state {
        case .held, .failed:
            log.warning(
                "Badge \(noted.state.rawValue)", ["print_job": noted.id, "reason": noted.reason])
        case .queued, .sent, .printed, .cancelled:
            log.info("Badge \(noted.state.rawValue)", ["print_job": noted.id])
        }
        return noted
    }
}
