/// Whether somebody's bookings become the set that they wish: rules 1 and 2, as a pure function of what the
/// transaction read.
public struct ChangeQuestion: Sendable {
    /// The slugs of all the sessions that they want to have or to wait for; what is absent is released.
    public var sessions: [String]
    public var ifFull: IfFull
    /// The slugs of those that are waited for where they are full, whatever `ifFull` says.
    public var waitsFor: Set<String>
    public var attendee: Attendee.Status
    /// Every booking of theirs that is not cancelled.
    public var held: [Booking]
    public var event: Event
    /// The sessions asked for, with their places; one that is missing does not exist.
    public var programme: Programme
    /// Whether staff make the change, for whom it is never too late.
    public var isByStaff: Bool
    public var now: Timestamp

    public init(
        sessions: [String], ifFull: IfFull, waitsFor: Set<String> = [], attendee: Attendee.Status,
        held: [Booking], event: Event,
        programme: Programme, isByStaff: Bool, now: Timestamp
    ) {
        self.sessions = sessions
        self.ifFull = ifFull
        self.waitsFor = waitsFor
        self.attendee = attendee
        self.held = held
        self.event = event
        self.programme = programme
        self.isByStaff = isByStaff
        self.now = now
    }

    public var decision: ChangeDecision {
        if attendee == .cancelled { return .refuse([.cancelled]) }
        if !isByStaff, now >= event.changesClose { return .refuse([.changesClosed(event.changesClose)]) }
        guard sessions.count <= RegistrationForm.Field.sessions.limit else {
            return .refuse([.field(RegistrationForm.Problem(.sessions, .tooLong))])
        }
        let wish = Wish(
            slugs: sessions, ifFull: ifFull, waitsFor: waitsFor, programme: programme,
            held: Dictionary(uniqueKeysWithValues: held.map { ($0.session, $0.status) }),
            isWaiting: attendee == .waiting, isByStaff: isByStaff)
        var refusals: [RegistrationRefusal] = []
        let wished = wish.read(&refusals)
        guard refusals.isEmpty else { return .refuse(refusals) }
        // Whoever is given what they waited for gives up their place in the list.
        let kept = Set(sessions.compactMap { programme[$0]?.session.id }).subtracting(
            wished.confirmed.map(\.id))
        return .accept(BookingChange(wished: wished, released: held.filter { !kept.contains($0.session) }))
    }
}

public enum ChangeDecision: Hashable, Sendable {
    case accept(BookingChange)
    case refuse([RegistrationRefusal])
}

/// What is to be done to somebody's bookings.
public struct BookingChange: Hashable, Sendable {
    public var wished: WishedPlaces
    /// The places, in sessions or on waiting lists, that are given up.
    public var released: [Booking]

    public init(wished: WishedPlaces, released: [Booking]) {
        self.wished = wished
        self.released = released
    }

    /// False where they wish what they have.
    public var movesAnything: Bool {
        !(wished.confirmed.isEmpty && wished.waiting.isEmpty && released.isEmpty)
    }
}
