internal import Badges
internal import Operations
internal import Registration

extension QueueLane {
    enum Sending {
        /// CUPS has it, from now or from before a crash.
        case sent
        /// It is at its end, or somebody else's.
        case done
        /// Nothing can be sent at the moment.
        case obstacle(String)
    }

    private enum Answer {
        case spooled(Int)
        case never(String)
        case obstacle(String)
    }

    /// The name of a job at CUPS, which no other job of any installation bears.
    func name(of job: PrintJobID) -> String { "lanyard-\(desk.front.installation)-\(job)" }

    /// Gives a badge to CUPS, unless it has it already.
    mutating func send(_ listed: PrintJob, to destination: Destination) async throws -> Sending {
        guard var job = try await desk.stillWanted(listed), job.spooledAs == nil else { return .done }
        guard let contents = try await desk.front.badge(for: job) else {
            try await desk.note(job, .failed, reason: "The attendee is not registered any more")
            return .done
        }
        let isOld = newestBefore.map { job.id.rawValue <= $0.rawValue } ?? true
        let isDoubtful = doubtful.contains(job.id)
        // Until it is noted, whatever happens from here.
        doubtful.insert(job.id)
        switch try await spool(
            contents, name: name(of: job.id), to: destination, mayBeThere: isOld || isDoubtful)
        {
        case .obstacle(let reason):
            if !isDoubtful { doubtful.remove(job.id) }
            return .obstacle(reason)
        case .never(let reason):
            if !isDoubtful { doubtful.remove(job.id) }
            try await desk.note(job, .failed, reason: reason)
            return .done
        case .spooled(let number):
            job.spooledAs = number
            let noted = try await desk.write(job, .sent)
            // Given to another printer in the moment of sending.
            if noted.printer != desk.printer.name { strays.insert(number) }
            doubtful.remove(job.id)
            return .sent
        }
    }

    /// Not interrupted when Lanyard stops: a badge half sent would have to be looked for at the next start.
    private func spool(
        _ contents: BadgeContents, name: String, to destination: Destination, mayBeThere: Bool
    ) async throws -> Answer {
        try await thread.withConnection(to: server, isInterruptible: false) {
            [desk, queue] connection throws(CUPSError) in
            if mayBeThere {
                let found = try connection.jobs(named: name, queue: queue)
                // One that was given up there did not come out, and was asked for again since.
                if let job = found.last(where: { $0.state != .cancelled && $0.state != .aborted }) {
                    return .spooled(job.number)
                }
            }
            let badge: PrintDesk.RenderedBadge
            do throws(PrintDesk.Obstacle) {
                badge = try desk.render(contents)
            } catch {
                switch error {
                case .noTemplate: return .obstacle("The printer's template is missing")
                case .never(let reason): return .never(reason)
                }
            }
            guard let medium = destination.media.medium(for: badge.size) else {
                return .obstacle("The queue has no paper of \(badge.size)")
            }
            return .spooled(
                try connection.print(badge.document, named: name, on: medium, queue: queue))
        }
    }
}
