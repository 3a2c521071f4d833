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
                        giving: GivingQuestion(.event, attendee: attendee.status, places: places).decision)
                }
            let offers = Programme(try snapshot.offers(of: event.id, isHeld: isHeld)).offers
            let programme = Dictionary(uniqueKeysWithValues: offers.map { ($0.session.id, $0.session) })
            return WaitingLists(
                event: event, places: places, isHeld: isHeld, forEvent: forEvent,
                sessions: try offers.filter { $0.places.waiting > 0 }.map { offer in
                    SessionWaitingList(offer: offer, people: try snapshot.firstWaiting(for: offer, programme))
                })
        }
    }
}

extension Reading {
    fileprivate func firstWaiting(
        for offer: Programme.Offer, _ programme: [SessionID: Session]
    ) throws -> [WaitingPerson] {
        let session = offer.session
        return try waitingList(of: session.id, after: 0, limit: FrontOfHouse.shownWaiting).enumerated()
            .compactMap { index, entry in
                guard let attendee = try findAttendee(entry.attendee) else { return nil }
                let clashing =
                    try entry.question.clashing == 0
                    ? [] : sessions(of: entry.attendee, clashingWith: session, programme)
                return WaitingPerson(
                    attendee: attendee, position: index + 1, next: entry.question.decision,
                    clashing: clashing,
                    giving: GivingQuestion(
                        .session(status: .waiting, swaps: entry.question.swaps, clashing: clashing),
                        attendee: attendee.status, places: offer.places
                    ).decision)
            }
    }

    private func sessions(
        of attendee: AttendeeID, clashingWith session: Session, _ programme: [SessionID: Session]
    ) throws -> [Session] {
        try bookings(of: attendee).compactMap { booking in
            guard booking.status == .confirmed, let held = programme[booking.session],
                held.overlaps(session)
            else { return nil }
            return held
        }
    }
}
