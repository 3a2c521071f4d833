public import Registration
internal import Storage

public enum ImportOutcome: Sendable {
    case created(Event)
    case changed(Event)
    /// It is exactly this already.
    case unchanged(Event)
    /// Nothing was changed.
    case refused([ImportRefusal])
}

/// Why an event can't be changed in that way.
public enum ImportRefusal: Error, Hashable, Sendable {
    /// More people are confirmed than the new capacity holds.
    case eventCapacity(wanted: Int, confirmed: Int)
    case sessionCapacity(slug: String, wanted: Int, confirmed: Int)
    /// A session that is left out has bookings, scans or materials.
    case sessionInUse(slug: String)
    /// A question that was answered would become one of another kind.
    case questionKind(slug: String, answers: Int)
    /// With the new times, this many people would hold bookings that overlap.
    case clashes(people: Int)
}

extension FrontOfHouse {
    /// Makes an event, or changes the one of the same slug to exactly this: all of it or nothing. New places go to
    /// those who wait for them in the same transaction, and whoever is concerned by a new time or place gets a
    /// letter.
    ///
    /// - Parameters:
    ///   - event: its number is not looked at.
    ///   - sessions: all there shall be; their numbers are not looked at.
    ///   - questions: all that shall be asked; answers to others stay.
    ///   - opensNow: whether registration opens when `event` says only because nobody said when; where it is open
    ///     already, it has been so since then.
    public func importEvent(
        _ event: Event, sessions: [Session], questions: [Question] = [], opensNow: Bool = false
    ) async throws -> ImportOutcome {
        let now = now
        let writesLetters = settings.letters
        do {
            return try await store.write { transaction in
                let before = try transaction.programme(of: event.slug)
                var event = event
                if opensNow, let opened = before?.event.registrationOpens {
                    event.registrationOpens = min(opened, event.registrationOpens)
                }
                if let before, before.isExactly(event, sessions, questions) {
                    return .unchanged(before.event)
                }
                let refusals = try transaction.refusals(of: event, sessions, questions, before: before)
                guard refusals.isEmpty else { return .refused(refusals) }
                let id = try transaction.save(event)
                for session in sessions { try transaction.save(session, of: id) }
                try transaction.ask(questions, at: id)
                // Overlaps are looked for in what is there now, since a session may have moved; throwing
                // takes it all back.
                let clashing = try transaction.clashingAttendees(of: id)
                guard clashing == 0 else { throw ImportRefusal.clashes(people: clashing) }
                var detail = Detail()
                detail.add("sessions", number: Int64(sessions.count))
                detail.add("capacity", number: Int64(event.capacity))
                detail.add(
                    "capacities",
                    numbers: sessions.compactMap { session in
                        session.capacity.map { (session.slug, Int64($0)) }
                    })
                detail.add("lists_close", LocalTime(event).machine(event.listsClose))
                try transaction.record(.imported, detail.json, of: id, at: now)
                guard let timetable = try transaction.timetable(of: event.slug) else {
                    throw MissingRow(table: "event")
                }
                let saved = timetable.event
                if writesLetters, let before, now < saved.ends {
                    try transaction.oweOfChanges(from: before, to: timetable)
                }
                try transaction.settle(
                    try transaction.sessionsToPromote(of: id), in: timetable, writesLetters: writesLetters,
                    at: now)
                return before == nil ? .created(saved) : .changed(saved)
            }
        } catch let refusal as ImportRefusal {
            return .refused([refusal])
        }
    }
}

/// An event as it was before an import.
private struct ProgrammeBefore {
    let event: Event
    let offers: [Programme.Offer]
    let questions: [Question]

    /// Whether an import of these would change nothing.
    func isExactly(_ wanted: Event, _ sessions: [Session], _ questions: [Question]) -> Bool {
        var wanted = wanted
        wanted.id = event.id
        // Held or not, that is no matter of imports.
        wanted.listsHeld = event.listsHeld
        return wanted == event && questions == self.questions
            && Set(sessions.map(\.unnumbered)) == Set(offers.map(\.session.unnumbered))
    }
}

extension Session {
    /// As an import has it.
    fileprivate var unnumbered: Session {
        var session = self
        session.id = SessionID(rawValue: 0)
        return session
    }
}

extension Transaction {
    fileprivate func programme(of slug: String) throws -> ProgrammeBefore? {
        try findEvent(slug).map {
            ProgrammeBefore(
                event: $0, offers: try offers(of: $0.id), questions: try questions(of: $0.id))
        }
    }

    /// Owes a letter to everybody whom a new time or place concerns: all, where it is the event's, else those who have
    /// booked or wait for a session that moved.
    fileprivate func oweOfChanges(from before: ProgrammeBefore, to timetable: Timetable) throws {
        let event = timetable.event
        if before.event.starts != event.starts || before.event.ends != event.ends
            || before.event.venue != event.venue
        {
            try oweToAll(.programmeChanged, event: event.id)
            return
        }
        let moved = before.offers.map(\.session).filter { session in
            guard let after = timetable.sessionsByID[session.id] else { return false }
            return session.starts != after.starts || session.ends != after.ends || session.room != after.room
        }
        guard !moved.isEmpty else { return }
        try oweToAll(.programmeChanged, event: event.id, booked: moved.map(\.id))
    }

    /// Looks for what forbids the change, and removes the sessions that may go.
    fileprivate func refusals(
        of event: Event, _ sessions: [Session], _ questions: [Question], before: ProgrammeBefore?
    ) throws -> [ImportRefusal] {
        guard let before else { return [] }
        var refusals = try refusals(of: questions, at: before.event.id)
        let confirmed = try places(of: before.event.id).confirmed
        // What it is already stays allowed: it may have been forced below what is confirmed.
        if event.capacity != before.event.capacity, event.capacity < confirmed {
            refusals.append(.eventCapacity(wanted: event.capacity, confirmed: confirmed))
        }
        var leftOut: [SessionID] = []
        for offer in before.offers {
            let slug = offer.session.slug
            if let wanted = sessions.first(where: { $0.slug == slug }) {
                // The same of a session.
                if wanted.capacity != offer.session.capacity,
                    let booked = offer.places.tooMany(for: wanted.capacity)
                {
                    refusals.append(
                        .sessionCapacity(slug: slug, wanted: wanted.capacity ?? 0, confirmed: booked))
                }
            } else if try isInUse(offer.session.id) {
                refusals.append(.sessionInUse(slug: slug))
            } else {
                leftOut.append(offer.session.id)
            }
        }
        if refusals.isEmpty {
            for session in leftOut { try remove(session) }
        }
        return refusals
    }
}

extension Places {
    /// How many there are that a capacity would not hold; nil where it holds all. Without one there is nothing to
    /// book, so nobody may have booked or wait.
    fileprivate func tooMany(for capacity: Int?) -> Int? {
        guard let capacity else { return confirmed + waiting > 0 ? confirmed + waiting : nil }
        return capacity < confirmed ? confirmed : nil
    }
}
