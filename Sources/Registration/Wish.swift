/// The sessions that somebody wants to have, all of them, beside those that they have: rules 1 and 2, as a pure
/// function of what the transaction read.
struct Wish {
    /// The slugs of the sessions; what is not among them is given up.
    var slugs: [String]
    var ifFull: IfFull
    /// The slugs of those that are waited for where they are full, whatever `ifFull` says.
    var waitsFor: Set<String> = []
    /// The sessions asked for, with their places; one that is missing does not exist.
    var programme: Programme
    /// What they have or wait for already.
    var held: [SessionID: Booking.Status] = [:]
    /// Whether they are on the event's own waiting list, where no session gives them a place yet.
    var isWaiting: Bool
    /// Staff may book also what is kept for those who wait.
    var isByStaff: Bool

    /// How many clashes of one wish are told: 500 sessions at one time would make a hundred thousand.
    static let clashLimit = 100

    func read(_ refusals: inout [RegistrationRefusal]) -> WishedPlaces {
        var places = WishedPlaces()
        var wished: [Session] = []
        var waiting: Set<SessionID> = []
        var seen: Set<String> = []
        for slug in slugs where seen.insert(slug).inserted {
            guard let offer = programme[slug] else {
                refusals.append(.unknownSession(slug))
                continue
            }
            let session = offer.session
            guard session.isBookable else {
                refusals.append(.notBookable(session))
                continue
            }
            wished.append(session)
            switch held[session.id] {
            case .confirmed: break
            case .waiting:
                places.stillWaiting.append(session)
                waiting.insert(session.id)
            case .cancelled, nil:
                if isWaiting || (isFull(offer.places) && (ifFull == .wait || waitsFor.contains(slug))) {
                    places.waiting.append(session)
                    waiting.insert(session.id)
                } else {
                    if isFull(offer.places) { refusals.append(.sessionFull(session)) }
                    places.confirmed.append(session)
                }
            }
        }
        refusals += Clash.all(among: wished, limit: Wish.clashLimit) { first, second in
            // Whoever has a place may wait for another at that time; no other two go together.
            waiting.contains(first.id) == waiting.contains(second.id)
        }.map(RegistrationRefusal.clash)
        return places
    }

    private func isFull(_ places: Places) -> Bool {
        isByStaff ? places.free == 0 : places.isFull
    }
}

/// What a wish comes to, in the order in which it names the sessions.
public struct WishedPlaces: Hashable, Sendable {
    /// Places that are given now.
    public var confirmed: [Session]
    /// Places on waiting lists that are given now.
    public var waiting: [Session]
    /// What was waited for before, and still is.
    public var stillWaiting: [Session]

    public init(confirmed: [Session] = [], waiting: [Session] = [], stillWaiting: [Session] = []) {
        self.confirmed = confirmed
        self.waiting = waiting
        self.stillWaiting = stillWaiting
    }
}
