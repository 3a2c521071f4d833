/// What a scan is answered.
public enum Verdict: Hashable, Sendable {
    /// The first time this person is let in here.
    case admit
    /// The person was let in before.
    case again(Admission)
    case deny(DenyReason)
}

/// The time a person was first let in at a point.
public struct Admission: Hashable, Sendable {
    public var at: Timestamp
    public var point: String

    public init(at: Timestamp, point: String) {
        self.at = at
        self.point = point
    }
}

/// Why a scan does not let anybody in; the raw values are those of the door's lines and the API.
public enum DenyReason: String, CaseIterable, Hashable, Sendable {
    /// Not a code of any attendee.
    case unknownCode = "unknown-code"
    /// The registration was cancelled.
    case cancelled
    /// The person, or their place in this session, is on the waiting list.
    case waiting
    /// A newer badge was printed for this person.
    case replaced
    /// A code of another event than the door's.
    case otherEvent = "other-event"
    /// The session must be booked and the person has not.
    case notBooked = "not-booked"
    /// The doors are not open yet.
    case notOpen = "not-open"
    /// As many people as the session holds are inside.
    case sessionFull = "session-full"
    /// The doors have closed.
    case closed
}

/// Whether a known attendee is let in: rule 6, as a pure function of what the transaction read.
public struct AdmissionQuestion: Sendable {
    public var attendee: Attendee.Status
    /// Which print of the badge was scanned; nil for a code on a screen.
    public var scannedPrint: Int?
    /// The newest print that came out for the person.
    public var newestPrint: Int
    public var doorsOpen: Timestamp
    public var doorsClose: Timestamp
    public var now: Timestamp
    /// The person's first admission at this point.
    public var before: Admission?
    /// What must be booked here; nil at the entrance and at sessions open to everyone.
    public var bookable: Room?

    /// A session with a capacity, as its door sees it.
    public struct Room: Hashable, Sendable {
        public var capacity: Int
        public var inside: Int
        public var booking: Booking.Status?

        public init(capacity: Int, inside: Int, booking: Booking.Status?) {
            self.capacity = capacity
            self.inside = inside
            self.booking = booking
        }
    }

    public init(
        attendee: Attendee.Status, scannedPrint: Int?, newestPrint: Int, doorsOpen: Timestamp,
        doorsClose: Timestamp, now: Timestamp, before: Admission?, bookable: Room?
    ) {
        self.attendee = attendee
        self.scannedPrint = scannedPrint
        self.newestPrint = newestPrint
        self.doorsOpen = doorsOpen
        self.doorsClose = doorsClose
        self.now = now
        self.before = before
        self.bookable = bookable
    }

    public var verdict: Verdict {
        switch attendee {
        case .cancelled: return .deny(.cancelled)
        case .waiting: return .deny(.waiting)
        case .confirmed: break
        }
        if let scannedPrint, scannedPrint < newestPrint { return .deny(.replaced) }
        if let before { return .again(before) }
        if now < doorsOpen { return .deny(.notOpen) }
        if now >= doorsClose { return .deny(.closed) }
        guard let bookable else { return .admit }
        switch bookable.booking {
        case .confirmed: return bookable.inside < bookable.capacity ? .admit : .deny(.sessionFull)
        case .waiting: return .deny(.waiting)
        case .cancelled, nil: return .deny(.notBooked)
        }
    }
}
