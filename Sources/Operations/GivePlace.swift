public import Registration
internal import Storage

/// What came of giving somebody a place by hand.
public enum GivingOutcome: Sendable {
    /// - Parameters:
    ///   - session: the one asked for; nil for the event itself.
    ///   - released: the sessions that were given up for it.
    case given(RegisteredAttendee, session: Session?, released: [Session])
    /// - Parameter session: the one asked for; nil for the event itself.
    case refused(GivingRefusal, RegisteredAttendee, session: Session?)
    case unknownAttendee
    case unknownSession
}

extension FrontOfHouse {
    /// Gives somebody who waits a place that is free while lists are held, whoever waits before them.
    ///
    /// - Parameter sessionSlug: nil for a place in the event itself.
    public func givePlace(
        event slug: String, reference: Reference, session sessionSlug: String? = nil
    ) async throws -> GivingOutcome {
        let now = now
        let writesLetters = settings.letters
        let written = try await store.write { transaction -> WrittenGiving in
            guard let timetable = try transaction.timetable(of: slug),
                var attendee = try transaction.findAttendee(reference),
                attendee.event == timetable.event.id
            else { return .unknownAttendee }
            let session = sessionSlug.flatMap { timetable.sessions[$0] }
            if sessionSlug != nil, session == nil { return .unknownSession }
            let isHeld = timetable.event.holdsLists(at: now)
            let places =
                if let session {
                    try transaction.places(of: session.id, isHeld: isHeld)
                } else {
                    try transaction.places(of: timetable.event.id, isHeld: isHeld)
                }
            func found() throws -> FoundAttendee {
                try transaction.found(attendee, at: timetable.event, among: timetable.sessionsByID)
            }
            let before = try found()
            let question = GivingQuestion(
                session, of: timetable.event, places, attendee: attendee.status, bookings: before.bookings,
                now: now)
            switch question.decision {
            case .refuse(let refusal): return .refused(refusal, before, session)
            case .give(let released):
                try transaction.give(
                    session?.id, to: attendee.id, swaps: !released.isEmpty, in: timetable,
                    writesLetters: writesLetters, at: now)
                attendee.status = .confirmed
                return .given(try found(), session, released: released)
            }
        }
        return switch written {
        case .given(let person, let session, let released):
            .given(registered(person), session: session, released: released)
        case .refused(let refusal, let person, let session):
            .refused(refusal, registered(person), session: session)
        case .unknownAttendee: .unknownAttendee
        case .unknownSession: .unknownSession
        }
    }
}

private enum WrittenGiving: Sendable {
    case given(FoundAttendee, Session?, released: [Session])
    case refused(GivingRefusal, FoundAttendee, Session?)
    case unknownAttendee
    case unknownSession
}

extension GivingQuestion {
    /// - Parameters:
    ///   - session: the one asked for; nil for the event itself.
    ///   - bookings: those of theirs that are not cancelled.
    init(
        _ session: Session?, of event: Event, _ places: Places, attendee: Attendee.Status,
        bookings: [BookedSession], now: Timestamp
    ) {
        let wanted = session.map { session in
            let own = bookings.first { $0.session.id == session.id }
            return Wanted.session(
                status: own?.status, swaps: own?.swaps ?? false, clashing: bookings.clashing(with: session))
        }
        self.init(
            wanted ?? .event, attendee: attendee, places: places,
            isOver: now >= session?.ends ?? event.ends)
    }
}

extension [BookedSession] {
    /// What they have a place in at the time of another.
    public func clashing(with session: Session) -> [Session] {
        filter {
            $0.status == .confirmed && $0.session.id != session.id && $0.session.overlaps(session)
        }.map(\.session)
    }
}

extension EventProgramme {
    /// What would come of giving somebody a place now; nil if there is no such session.
    ///
    /// - Parameter sessionSlug: nil for a place in the event itself.
    public func giving(
        _ sessionSlug: String? = nil, to person: RegisteredAttendee, at now: Timestamp
    ) -> GivingDecision? {
        func decision(_ session: Session?, _ places: Places) -> GivingDecision {
            GivingQuestion(
                session, of: event, places, attendee: person.attendee.status, bookings: person.bookings,
                now: now
            ).decision
        }
        guard let sessionSlug else { return decision(nil, places) }
        return programme[sessionSlug].map { decision($0.session, $0.places) }
    }
}
