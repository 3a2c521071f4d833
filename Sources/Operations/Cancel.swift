public import Registration
internal import Storage

public enum CancelOutcome: Sendable {
    case cancelled(RegisteredAttendee)
    case unknownAttendee
}

extension FrontOfHouse {
    /// Cancels a registration and frees its places; cancelling what is cancelled changes nothing.
    public func cancel(event slug: String, reference: Reference) async throws -> CancelOutcome {
        let now = now
        let isKnown = try await store.write { transaction in
            guard let event = try transaction.findEvent(slug),
                let attendee = try transaction.findAttendee(reference), attendee.event == event.id
            else { return false }
            guard attendee.status != .cancelled else { return true }
            try transaction.setStatus(.cancelled, of: attendee.id)
            _ = try transaction.releaseBookings(of: attendee.id)
            for job in try transaction.printJobs(of: attendee.id) where !job.state.isFinal {
                try transaction.change(
                    job, to: .cancelled, reason: "The registration was cancelled.", at: now)
            }
            var detail = Detail()
            detail.add("reference", reference.description)
            try transaction.record(
                .cancelled, detail.json, of: event.id, at: now,
                confirmed: attendee.status == .confirmed ? -1 : 0)
            return true
        }
        guard isKnown, let left = try await attendee(event: slug, reference: reference) else {
            return .unknownAttendee
        }
        return .cancelled(left)
    }
}
