public import Registration
internal import Storage

public enum CancelOutcome: Sendable {
    case cancelled(RegisteredAttendee)
    /// The time for changes is over.
    case refused(RegistrationRefusal)
    case unknownAttendee
}

extension FrontOfHouse {
    /// Cancels a registration and gives its places to those who wait; cancelling what is cancelled changes
    /// nothing.
    ///
    /// - Parameter byStaff: the time for changes need not be open.
    public func cancel(
        event slug: String, reference: Reference, byStaff: Bool
    ) async throws -> CancelOutcome {
        let now = now
        let writesLetters = settings.letters
        let written = try await store.write { transaction -> WrittenChange in
            guard let timetable = try transaction.timetable(of: slug),
                var attendee = try transaction.findAttendee(reference),
                attendee.event == timetable.event.id
            else { return .unknownAttendee }
            if attendee.status != .cancelled {
                let closes = timetable.event.changesClose
                guard byStaff || now < closes else { return .refused([.changesClosed(closes)]) }
                try transaction.cancel(attendee, timetable, writesLetters: writesLetters, at: now)
                attendee.status = .cancelled
            }
            return .changed(
                FoundAttendee(event: timetable.event, attendee: attendee, position: nil, bookings: []),
                askedAddress: nil)
        }
        return switch written {
        case .changed(let found, _): .cancelled(registered(found))
        case .refused(let refusals): .refused(refusals.first ?? .cancelled)
        case .unknownAttendee: .unknownAttendee
        }
    }
}

extension Transaction {
    func cancel(
        _ attendee: Attendee, _ timetable: Timetable, writesLetters: Bool, at now: Timestamp
    ) throws {
        let event = timetable.event
        let held = try bookings(of: attendee.id).filter { $0.status != .cancelled }
        try setStatus(.cancelled, of: attendee.id)
        // Nobody prepares anything for them any more.
        try forgetNeeds(of: attendee.id)
        for booking in held { try release(booking, of: attendee.id) }
        for job in try printJobs(of: attendee.id) where !job.state.isFinal {
            try change(job, to: .cancelled, reason: "The registration was cancelled.", at: now)
        }
        var detail = Detail()
        detail.add("reference", attendee.reference.description)
        try record(
            .cancelled, detail.json, of: event.id, at: now,
            confirmed: attendee.status == .confirmed ? -1 : 0,
            waiting: attendee.status == .waiting ? -1 : 0)
        if writesLetters {
            try write(
                .cancelled, to: attendee.id, of: event, PlacesMoved(released: held.map(\.session)),
                isEventWaiting: attendee.status == .waiting, at: now)
        }
        try settle(held.map(\.session), in: timetable, writesLetters: writesLetters, at: now)
    }
}
