public import Registration
internal import Secrets
internal import Storage

/// A part of a list, and where the next part begins.
public struct AttendeePage: Sendable {
    public var items: [RegisteredAttendee]
    /// Passed as `after` for the next part; nil at the end.
    public var next: Int64?
}

extension FrontOfHouse {
    public func attendee(event slug: String, reference: Reference) async throws -> RegisteredAttendee? {
        let found = try await store.read { snapshot -> FoundAttendee? in
            guard let event = try snapshot.findEvent(slug),
                let attendee = try snapshot.findAttendee(reference), attendee.event == event.id
            else { return nil }
            return try snapshot.found(attendee, at: event)
        }
        return found.map(registered)
    }

    /// The attendee as their own page shows them; nil also where the key is not theirs.
    public func attendee(
        event slug: String, reference: Reference, manageKey: String
    ) async throws -> RegisteredAttendee? {
        guard let found = try await attendee(event: slug, reference: reference),
            links.matches(manageKey, .manage, of: found.attendee)
        else { return nil }
        return found
    }

    /// A part of an event's attendees; nil if there is no such event. Throws `UnknownSession` where the filter names
    /// one that the event has not.
    ///
    /// - Parameter limit: at most this many, 1 to 1,000.
    public func attendees(
        event slug: String, _ filter: AttendeeFilter = AttendeeFilter(), after: Int64? = nil, limit: Int
    ) async throws -> AttendeePage? {
        let page = try await store.read { snapshot -> ([FoundAttendee], next: Int64?)? in
            guard let event = try snapshot.findEvent(slug) else { return nil }
            // Once for all of them: each session of an event costs reading lists of speakers and links.
            let sessions = try snapshot.sessionsByID(of: event.id)
            let (people, next) = try snapshot.attendees(
                of: event, filter, sessions, after: after ?? 0, limit: limit)
            return (try people.map { try snapshot.found($0, at: event, among: sessions) }, next)
        }
        return page.map { found, next in AttendeePage(items: found.map(registered), next: next) }
    }
}

/// A session was asked for that the event has not.
public struct UnknownSession: Error, Hashable, Sendable {
    public var slug: String
}

/// Which of an event's attendees are listed.
public struct AttendeeFilter: Sendable {
    /// A reference, or words of a name, an organisation and an e-mail address, in any order and without accents.
    public var search: String?
    /// The slug of a session: only those with a booking in it.
    public var session: String?
    /// The status of the booking where a session is named, else of the registration. Those who wait for a session
    /// are listed in the order of its list and `search` is not looked at; everybody else as they registered.
    public var status: Booking.Status?

    public init(search: String? = nil, session: String? = nil, status: Booking.Status? = nil) {
        self.search = search
        self.session = session
        self.status = status
    }

    /// Whether it asks for a waiting list.
    public var isWaitingList: Bool { session != nil && status == .waiting }
}

extension Reading {
    /// With where the next part begins.
    fileprivate func attendees(
        of event: Event, _ filter: AttendeeFilter, _ sessions: [SessionID: Session], after: Int64, limit: Int
    ) throws -> ([Attendee], next: Int64?) {
        let session = try filter.session.map { slug in
            guard let session = sessions.values.first(where: { $0.slug == slug }) else {
                throw UnknownSession(slug: slug)
            }
            return session.id
        }
        if let session, filter.isWaitingList {
            let entries = try waitingList(of: session, after: after, limit: limit + 1)
            let shown = entries.prefix(limit)
            return (
                try shown.compactMap { try findAttendee($0.attendee) },
                entries.count > limit ? shown.last?.since : nil
            )
        }
        let search = filter.search?.trimmed ?? ""
        if let reference = Reference(spoken: search), let exact = try findAttendee(reference),
            exact.event == event.id
        {
            return try after == 0 && matches(exact, filter, session) ? ([exact], nil) : ([], nil)
        }
        let words = search.isEmpty ? nil : SearchWords(search)
        // A hyphen alone is no word, which is not to say that everybody was meant.
        if let words, words.words.isEmpty { return ([], nil) }
        let found = try attendees(
            of: event.id, search: words, session: session, status: filter.status,
            after: AttendeeID(rawValue: after), limit: limit + 1)
        let shown = found.prefix(limit)
        return (Array(shown), found.count > limit ? shown.last?.id.rawValue : nil)
    }

    private func matches(_ attendee: Attendee, _ filter: AttendeeFilter, _ session: SessionID?) throws -> Bool
    {
        guard let session else {
            return filter.status.map { $0.rawValue == attendee.status.rawValue } ?? true
        }
        guard let booking = try findBooking(attendee.id, session: session) else { return false }
        return filter.status.map { $0 == booking } ?? (booking != .cancelled)
    }
}
