internal import Badges
internal import Operations
internal import Registration
internal import Working

/// The lane of a printer that is a folder: what is asked for is written, in its order.
struct FolderLane {
    private let desk: PrintDesk
    private let folder: FolderPrinter
    private let jitter: @Sendable () -> Double
    private let thread = BlockingThread()
    private var failures = 0

    init(desk: PrintDesk, folder: FolderPrinter, jitter: @escaping @Sendable () -> Double) {
        self.desk = desk
        self.folder = folder
        self.jitter = jitter
    }

    /// Writes all badges that wait; answers after how many milliseconds to come again, nil for when told.
    mutating func round() async throws -> Int64? {
        while !Task.isCancelled {
            let jobs = try await desk.openJobs()
            guard !jobs.isEmpty else { return nil }
            for job in jobs {
                // Left from when the printer of this name was a queue.
                if job.state == .cancelled { try await desk.noteOffServer(job, .cancelled) }
                guard let reason = try await print(job) else {
                    failures = 0
                    continue
                }
                for job in jobs { try await desk.note(job, .held, reason: reason) }
                failures += 1
                return PrintLimits.retries.milliseconds(afterFailures: failures, jitter: jitter())
            }
        }
        return nil
    }

    /// Answers why nothing can be printed at the moment, or nil when this job is at its end.
    private func print(_ listed: PrintJob) async throws -> String? {
        guard let job = try await desk.stillWanted(listed) else { return nil }
        guard let contents = try await desk.front.badge(for: job) else {
            try await desk.note(job, .failed, reason: "The attendee is not registered any more")
            return nil
        }
        do {
            try await thread.run { [desk, folder] in
                let badge = try desk.render(contents)
                // The job's own name, so that a badge written again after a crash is the same file.
                try folder.write(badge.document, name: "\(job.id)-\(badge.reference)")
            }
        } catch PrintDesk.Obstacle.noTemplate {
            return "The printer's template is missing"
        } catch PrintDesk.Obstacle.never(let reason) {
            try await desk.note(job, .failed, reason: reason)
            return nil
        } catch let failure as FolderPrinter.Failure {
            return failure.reason
        }
        try await desk.note(job, .printed)
        return nil
    }
}
