public import Registration
internal import Storage

/// The waiting lists of an event as its organisers see them.
public struct WaitingLists: Sendable {
    public var event: Event
    public var places: Places
    /// Whether nobody is promoted by itself at present: the lists are held by hand, or closed.
    public var isHeld: Bool
    /// Whether they closed at their time, after which letting them go on promotes nobody.
    public var isClosed: Bool
    /// Whether the event has ended, after which nobody is given a place at all.
    public var isOver: Bool
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
    /// What they have a place in at the time of what they wait for.
    public var clashing: [Session] = []
    /// What would become of them if staff gave them a place now.
    public var giving: GivingDecision
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
            let places = try snapshot.places(of: event.id, isHeld: isHeld)
            let forEvent = try snapshot.waitingAttendees(of: event.id, limit: FrontOfHouse.shownWaiting)
                .compactMap { try snapshot.findAttendee($0) }.enumerated()
                .map { index, attendee in
                    WaitingPerson(
                        attendee: attendee, position: index + 1, next: .promote,
                        giving: GivingQuestion(
                            nil, of: event, places, attendee: attendee.status, bookings: [], now: now
                        ).decision)
                }
            let offers = Programme(try snapshot.offers(of: event.id, isHeld: isHeld)).offers
            let programme = Dictionary(uniqueKeysWithValues: offers.map { ($0.session.id, $0.session) })
            return WaitingLists(
                event: event, places: places, isHeld: isHeld, isClosed: now >= event.listsClose,
                isOver: now >= event.ends, forEvent: forEvent,
                sessions: try offers.filter { $0.places.waiting > 0 }.map { offer in
                    SessionWaitingList(
                        offer: offer,
                        people: try snapshot.firstWaiting(for: offer, of: event, programme, now: now))
                })
        }
    }
}

extension Reading {
    fileprivate func firstWaiting(
        for offer: Programme.Offer, of event: Event, _ programme: [SessionID: Session], now: Timestamp
    ) throws -> [WaitingPerson] {
        let session = offer.session
        return try waitingList(of: session.id, after: 0, limit: FrontOfHouse.shownWaiting).enumerated()
            .compactMap { index, entry in
                guard let attendee = try findAttendee(entry.attendee) else { return nil }
                let bookings = try bookedSessions(of: entry.attendee, among: programme)
                return WaitingPerson(
                    attendee: attendee, position: index + 1, next: entry.question.decision,
                    clashing: bookings.clashing(with: session),
                    giving: GivingQuestion(
                        session, of: event, offer.places, attendee: attendee.status, bookings: bookings,
                        now: now
                    ).decision)
            }
    }
}
