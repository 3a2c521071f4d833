/// What a letter to an attendee tells; the raw values are those of the tables and the names of the templates.
public enum LetterKind: String, CaseIterable, Hashable, Sendable {
    case registered, waiting, promoted, changed, cancelled
    /// The event or a session of theirs moved, or has another room.
    case programmeChanged = "programme-changed"
    case reminder
    /// The link to the attendee's own page again.
    case link
    /// Asks whether a new address is the attendee's.
    case confirmAddress = "confirm-address"
    /// Tells an address that it is not the attendee's any more.
    case addressChanged = "address-changed"
}

/// Where a letter is on its way; the raw values are those of the tables and metrics.
public enum LetterState: String, CaseIterable, Hashable, Sendable {
    case queued
    /// A mail server took it, or it is in the folder.
    case sent
    /// A mail server refused it for good.
    case failed
}

/// One booking as a letter tells of it.
public struct LetterBooking: Hashable, Sendable {
    public var session: SessionID
    public var status: Booking.Status
    /// The place in the session's waiting list, 1 for the first; nil where the booking is not waiting.
    public var position: Int?

    public init(session: SessionID, status: Booking.Status, position: Int? = nil) {
        self.session = session
        self.status = status
        self.position = position
    }
}

/// A letter to be written, with what it tells as it is at that moment: when it is sent, more may have changed.
public struct NewLetter: Hashable, Sendable {
    public var kind: LetterKind
    public var event: EventID
    public var attendee: AttendeeID
    /// The confirmed and the waiting ones, in the order of the programme.
    public var bookings: [LetterBooking]
    /// The sessions that the attendee newly has a place in, where something changed.
    public var gained: [SessionID]
    /// The sessions that the attendee has no place in any more.
    public var released: [SessionID]
    /// The sessions whose waiting lists the attendee is newly on, and those whose lists they left.
    public var joined: [SessionID]
    public var left: [SessionID]
    /// What the attendee newly said: whether a booking is given up for a session that they wait for and that overlaps.
    /// Nil where that stays as it was.
    public var swaps: Bool?
    /// Whether the attendee is on the event's own waiting list.
    public var isEventWaiting: Bool
    /// What tells calendars the newer of two letters to an attendee: it must never fall. The number of the
    /// activity that the letter tells of is such a number.
    public var sequence: Int
    /// Where it goes; nil for the attendee's own address at the time of sending.
    public var address: String?

    public init(
        kind: LetterKind, event: EventID, attendee: AttendeeID, bookings: [LetterBooking] = [],
        gained: [SessionID] = [], released: [SessionID] = [], joined: [SessionID] = [],
        left: [SessionID] = [], swaps: Bool? = nil, isEventWaiting: Bool = false, sequence: Int,
        address: String? = nil
    ) {
        self.kind = kind
        self.event = event
        self.attendee = attendee
        self.bookings = bookings
        self.gained = gained
        self.released = released
        self.joined = joined
        self.left = left
        self.swaps = swaps
        self.isEventWaiting = isEventWaiting
        self.sequence = sequence
        self.address = address
    }
}

/// A letter that was written, on its way to its attendee.
public struct Letter: Sendable {
    public var id: LetterID
    public var told: NewLetter
    /// Whether it tells the bookings that there are when it is sent, as one to everybody does, instead of those
    /// in `told`.
    public var tellsLatest: Bool
    /// How often it was tried in vain.
    public var attempts: Int
    public var written: Timestamp

    public init(id: LetterID, told: NewLetter, tellsLatest: Bool, attempts: Int, written: Timestamp) {
        self.id = id
        self.told = told
        self.tellsLatest = tellsLatest
        self.attempts = attempts
        self.written = written
    }
}

/// How it stands with a letter, for whoever looks after the event.
public struct LetterReport: Hashable, Sendable {
    public var id: LetterID
    public var kind: LetterKind
    public var attendee: AttendeeID
    /// Where it goes; nil for the attendee's own address at the time of sending.
    public var address: String?
    public var state: LetterState
    /// How often it was tried in vain.
    public var attempts: Int
    /// Why it waits or was refused, in the server's words without addresses; empty where there is nothing to say.
    public var reason: String
    public var written: Timestamp
    /// When it is tried next; means nothing for one that is at its end.
    public var next: Timestamp
    /// When something last became of it.
    public var changed: Timestamp

    public init(
        id: LetterID, kind: LetterKind, attendee: AttendeeID, address: String?, state: LetterState,
        attempts: Int, reason: String, written: Timestamp, next: Timestamp, changed: Timestamp
    ) {
        self.id = id
        self.kind = kind
        self.attendee = attendee
        self.address = address
        self.state = state
        self.attempts = attempts
        self.reason = reason
        self.written = written
        self.next = next
        self.changed = changed
    }
}

public typealias LetterID = Identifier<Letter>
