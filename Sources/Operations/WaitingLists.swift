public import Registration
internal import Storage

/// The waiting lists of an event as its organisers see them.
public struct WaitingLists: Sendable {
    public var event: Event
    public var places: Places
    /// Whether nobody is promoted at present.
    public var isHeld: Bool
    /// The first of those who wait for the event itself.
    public var forEvent: [WaitingPerson]
    /// The sessions that somebody waits for, each with the first of its list.
    public var sessions: [SessionWaitingList]
}

public struct SessionWaitingList: Sendable {
    public var offer: Programme.Offer
    public var people: [WaitingPerson]
}

public struct WaitingPerson: Sendable {
    public var attendee: Attendee
    /// 1 for the first.
    public var position: Int
    /// What would become of them if a place opened now and nobody before them could take it.
    public var next: PromotionDecision
}

extension FrontOfHouse {
    /// How many of each list are shown.
    public static let shownWaiting = 20

    /// Who waits for what and who would be next; nil if there is no such event.
    public func waitingLists(event slug: String) async throws -> WaitingLists? {
        let now = now
        return try await store.read { snapshot in
            guard let event = try snapshot.findEvent(slug) else { return nil }
            let isHeld = event.holdsLists(at: now)
            let forEvent = try snapshot.waitingAttendees(of: event.id, limit: FrontOfHouse.shownWaiting)
                .compactMap { try snapshot.findAttendee($0) }.enumerated()
                .map { WaitingPerson(attendee: $1, position: $0 + 1, next: .promote) }
            let offers = Programme(try snapshot.offers(of: event.id, isHeld: isHeld)).offers
            return WaitingLists(
                event: event, places: try snapshot.places(of: event.id, isHeld: isHeld), isHeld: isHeld,
                forEvent: forEvent,
                sessions: try offers.filter { $0.places.waiting > 0 }.map { offer in
                    SessionWaitingList(
                        offer: offer, people: try snapshot.firstWaiting(for: offer.session.id))
                })
        }
    }
}

extension Reading {
    fileprivate func firstWaiting(for session: SessionID) throws -> [WaitingPerson] {
        try waitingList(of: session, after: 0, limit: FrontOfHouse.shownWaiting).enumerated().compactMap {
            index, entry in
            try findAttendee(entry.attendee).map {
                WaitingPerson(attendee: $0, position: index + 1, next: entry.question.decision)
            }
        }
    }
}
