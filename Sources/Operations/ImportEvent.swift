public import Registration
internal import Storage

public enum ImportOutcome: Sendable {
    case created(Event)
    case changed(Event)
    /// Nothing was changed.
    case refused([ImportRefusal])
}

/// Why an event can't be changed in that way.
public enum ImportRefusal: Error, Hashable, Sendable {
    /// More people are confirmed than the new capacity holds.
    case eventCapacity(wanted: Int, confirmed: Int)
    case sessionCapacity(slug: String, wanted: Int, confirmed: Int)
    /// A session that is left out has bookings or scans.
    case sessionInUse(slug: String)
    /// With the new times, this many people would hold bookings that overlap.
    case clashes(people: Int)
}

extension FrontOfHouse {
    /// Makes an event, or changes the one of the same slug to exactly this: all of it or nothing.
    ///
    /// - Parameters:
    ///   - event: its number is not looked at.
    ///   - sessions: all there shall be; their numbers are not looked at.
    public func importEvent(_ event: Event, sessions: [Session]) async throws -> ImportOutcome {
        let now = now
        do {
            return try await store.write { transaction in
                let before = try transaction.findEvent(event.slug)
                let refusals = try transaction.refusals(of: event, sessions, before: before)
                guard refusals.isEmpty else { return .refused(refusals) }
                var saved = event
                saved.id = try transaction.save(event)
                for session in sessions { try transaction.save(session, of: saved.id) }
                // Overlaps are looked for in what is there now, since a session may have moved; throwing
                // takes it all back.
                let clashing = try transaction.clashingAttendees(of: saved.id)
                guard clashing == 0 else { throw ImportRefusal.clashes(people: clashing) }
                var detail = Detail()
                detail.add("sessions", number: Int64(sessions.count))
                try transaction.record(.imported, detail.json, of: saved.id, at: now)
                return before == nil ? .created(saved) : .changed(saved)
            }
        } catch let refusal as ImportRefusal {
            return .refused([refusal])
        }
    }
}

extension Transaction {
    /// Looks for what forbids the change, and removes the sessions that may go.
    fileprivate func refusals(
        of event: Event, _ sessions: [Session], before: Event?
    ) throws -> [ImportRefusal] {
        guard let before else { return [] }
        var refusals: [ImportRefusal] = []
        let confirmed = try places(of: before.id).confirmed
        if event.capacity < confirmed {
            refusals.append(.eventCapacity(wanted: event.capacity, confirmed: confirmed))
        }
        var leftOut: [SessionID] = []
        for offer in try offers(of: before.id) {
            let slug = offer.session.slug
            if let wanted = sessions.first(where: { $0.slug == slug }) {
                let confirmed = offer.places.confirmed
                if (wanted.capacity ?? 0) < confirmed {
                    refusals.append(
                        .sessionCapacity(slug: slug, wanted: wanted.capacity ?? 0, confirmed: confirmed))
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
