/// Whether a form becomes a registration: rules 1, 2 and 4, as a pure function of what the transaction read.
public struct RegistrationQuestion: Sendable {
    public var checked: CheckedForm
    public var event: Event
    public var eventPlaces: Places
    /// The sessions asked for, with their places; one that is missing does not exist.
    public var programme: Programme
    /// Whether a live registration of this event has the same e-mail address.
    public var isAddressTaken: Bool
    /// Whether staff register the person, who need not mind when registration is open.
    public var isByStaff: Bool
    public var now: Timestamp

    public init(
        _ checked: CheckedForm, event: Event, eventPlaces: Places, programme: Programme,
        isAddressTaken: Bool, isByStaff: Bool, now: Timestamp
    ) {
        self.checked = checked
        self.event = event
        self.eventPlaces = eventPlaces
        self.programme = programme
        self.isAddressTaken = isAddressTaken
        self.isByStaff = isByStaff
        self.now = now
    }

    /// The sessions to book, or everything that stands in the way.
    public var decision: RegistrationDecision {
        if !isByStaff {
            if now < event.registrationOpens { return .refuse([.notYetOpen(event.registrationOpens)]) }
            if now >= event.registrationCloses { return .refuse([.closed(event.registrationCloses)]) }
        }
        var refusals = checked.problems.map(RegistrationRefusal.field)
        var wished: [Session] = []
        // A longer list is refused for its length, and not read in search of more to say.
        if checked.form.sessions.count <= RegistrationForm.Field.sessions.limit {
            refusals += sessionRefusals(&wished)
        }
        guard refusals.isEmpty else { return .refuse(refusals) }
        if isAddressTaken { return .refuse([.addressTaken]) }
        if eventPlaces.isFull { return .refuse([.eventFull]) }
        return .accept(wished)
    }

    /// How many clashes of one form are told: 500 sessions at one time would make a hundred thousand.
    public static let clashLimit = 100

    private func sessionRefusals(_ wished: inout [Session]) -> [RegistrationRefusal] {
        var refusals: [RegistrationRefusal] = []
        var seen: Set<String> = []
        for slug in checked.form.sessions where seen.insert(slug).inserted {
            guard let offer = programme[slug] else {
                refusals.append(.unknownSession(slug))
                continue
            }
            if !offer.session.isBookable {
                refusals.append(.notBookable(offer.session))
                continue
            }
            if offer.places.isFull { refusals.append(.sessionFull(offer.session)) }
            wished.append(offer.session)
        }
        return refusals
            + Clash.all(among: wished, limit: RegistrationQuestion.clashLimit)
            .map(RegistrationRefusal.clash)
    }
}

public enum RegistrationDecision: Hashable, Sendable {
    case accept([Session])
    case refuse([RegistrationRefusal])
}

/// One reason why a form is not accepted.
public enum RegistrationRefusal: Hashable, Sendable {
    case field(RegistrationForm.Problem)
    case notYetOpen(Timestamp)
    case closed(Timestamp)
    case addressTaken
    case eventFull
    case sessionFull(Session)
    case unknownSession(String)
    case notBookable(Session)
    case clash(Clash)
}

/// Two sessions that nobody can be in at once.
public struct Clash: Hashable, Sendable {
    public var first: Session
    public var second: Session

    public init(first: Session, second: Session) {
        self.first = first
        self.second = second
    }

    /// Each pair that overlaps in time, in the order of the list; the first `limit` of them.
    public static func all(among sessions: [Session], limit: Int = .max) -> [Clash] {
        var clashes: [Clash] = []
        for index in sessions.indices {
            for other in sessions[(index + 1)...] where sessions[index].overlaps(other) {
                clashes.append(Clash(first: sessions[index], second: other))
                if clashes.count == limit { return clashes }
            }
        }
        return clashes
    }
}
