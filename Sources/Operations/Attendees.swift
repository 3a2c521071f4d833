public import Registration
internal import Secrets
internal import Storage

/// A part of a list, and where the next part begins.
public struct AttendeePage: Sendable {
    public var items: [RegisteredAttendee]
    /// Passed as `after` for the next part; nil at the end.
    public var next: AttendeeID?
}

extension FrontOfHouse {
    public func attendee(event slug: String, reference: Reference) async throws -> RegisteredAttendee? {
        let found = try await store.read { snapshot -> (Event, Attendee, [BookedSession])? in
            guard let event = try snapshot.findEvent(slug),
                let attendee = try snapshot.findAttendee(reference), attendee.event == event.id
            else { return nil }
            return (event, attendee, try snapshot.bookedSessions(of: attendee))
        }
        return found.map { event, attendee, bookings in
            registered(attendee, event: event, bookings: bookings)
        }
    }

    /// The attendee as their own page shows them; nil also where the key is not theirs.
    public func attendee(
        event slug: String, reference: Reference, manageKey: String
    ) async throws -> RegisteredAttendee? {
        guard let found = try await attendee(event: slug, reference: reference),
            links.matches(
                manageKey, purpose: manageLink, number: UInt64(found.attendee.id.rawValue))
        else { return nil }
        return found
    }

    /// A part of an event's attendees in the order in which they registered; nil if there is no such event.
    ///
    /// - Parameters:
    ///   - search: a reference, or part of a name, an organisation or an e-mail address.
    ///   - session: only those with a booking in it; an unknown one has nobody.
    ///   - limit: at most this many, 1 to 1,000.
    public func attendees(
        event slug: String, search: String? = nil, session: String? = nil, after: AttendeeID? = nil,
        limit: Int
    ) async throws -> AttendeePage? {
        let wanted = (search?.trimmed).flatMap { $0.isEmpty ? nil : $0 }
        let page = try await store.read { snapshot -> (Event, [(Attendee, [BookedSession])])? in
            guard let event = try snapshot.findEvent(slug) else { return nil }
            var sessionID: SessionID?
            if let session {
                sessionID = try snapshot.sessions(of: event.id).first { $0.slug == session }?.id
                if sessionID == nil { return (event, []) }
            }
            // Once for all of them: each session of an event costs reading lists of speakers and links.
            let sessions = try snapshot.sessionsByID(of: event.id)
            if let wanted, let reference = Reference(wanted),
                let exact = try snapshot.findAttendee(reference), exact.event == event.id, after == nil
            {
                let booked = try snapshot.bookedSessions(of: exact, among: sessions)
                let isIn = sessionID == nil || booked.contains { $0.session.id == sessionID }
                return (event, isIn ? [(exact, booked)] : [])
            }
            let attendees = try snapshot.attendees(
                of: event.id, search: wanted, session: sessionID, after: after, limit: limit + 1)
            return (event, try attendees.map { ($0, try snapshot.bookedSessions(of: $0, among: sessions)) })
        }
        guard let (event, found) = page else { return nil }
        let items = found.prefix(limit).map { registered($0, event: event, bookings: $1) }
        return AttendeePage(items: items, next: found.count > limit ? items.last?.attendee.id : nil)
    }
}

extension Reading {
    func bookedSessions(of attendee: Attendee) throws -> [BookedSession] {
        try bookedSessions(of: attendee, among: sessionsByID(of: attendee.event))
    }

    /// - Parameter sessions: those of the attendee's event; read only where the attendee has bookings.
    fileprivate func bookedSessions(
        of attendee: Attendee, among sessions: @autoclosure () throws -> [SessionID: Session]
    ) throws -> [BookedSession] {
        let bookings = try bookings(of: attendee.id).filter { $0.status != .cancelled }
        guard !bookings.isEmpty else { return [] }
        let sessions = try sessions()
        return bookings.compactMap { booking in
            sessions[booking.session].map { BookedSession(session: $0, status: booking.status) }
        }
    }

    fileprivate func sessionsByID(of event: EventID) throws -> [SessionID: Session] {
        Dictionary(uniqueKeysWithValues: try sessions(of: event).map { ($0.id, $0) })
    }
}
