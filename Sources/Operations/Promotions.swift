internal import Registration
internal import Storage

/// What moved of somebody's places in a transaction.
struct PlacesMoved {
    var gained: [SessionID] = []
    var released: [SessionID] = []
    /// Waiting lists.
    var joined: [SessionID] = []
    var left: [SessionID] = []
}

/// Gives places that became free to those who wait for them, the oldest first (rule 3), until nobody who waits can
/// be given one: a swap frees a place that the next in its own list gets, and so on.
///
/// It comes to an end, since each step takes somebody off a list and none puts anybody on one.
struct Promotions {
    /// How many of a list are looked at at once, at most.
    private static let pageLength = 256
    /// What the record says of a place that staff gave, which need not be the first one's turn.
    private static let byHand = "by_hand"

    private let event: Event
    private let sessions: [SessionID: Session]
    private let now: Timestamp
    private var waiting: [SessionID] = []
    /// Whose places moved, in the order in which it came to that.
    private(set) var people: [AttendeeID] = []
    private(set) var moved: [AttendeeID: PlacesMoved] = [:]

    init(_ timetable: Timetable, at now: Timestamp) {
        event = timetable.event
        sessions = timetable.sessionsByID
        self.now = now
    }

    /// Has a session's list looked at: a place in it became free, or somebody who waits for it can take one now.
    mutating func look(at session: SessionID) {
        if !waiting.contains(session) { waiting.append(session) }
    }

    /// Gives somebody on a list a place that the caller has seen to be free, whoever is before them.
    ///
    /// - Parameters:
    ///   - session: nil for a place in the event itself.
    ///   - swaps: whether what overlaps with the session is given up.
    mutating func give(
        _ session: SessionID?, to person: AttendeeID, swaps: Bool, in transaction: Transaction
    ) throws {
        if let session {
            try promote(person, into: session, swaps: swaps, isByHand: true, transaction)
        } else {
            try promoteIntoEvent(person, isByHand: true, transaction)
        }
    }

    /// Promotes whom it can. People come into the event first, so that they keep their places in the sessions'
    /// lists before those who came later.
    mutating func settle(in transaction: Transaction) throws {
        guard !event.holdsLists(at: now) else { return }
        try promoteIntoEvent(transaction)
        while !waiting.isEmpty { try promote(into: waiting.removeFirst(), transaction) }
    }

    private mutating func promoteIntoEvent(_ transaction: Transaction) throws {
        let places = try transaction.places(of: event.id)
        guard let free = places.free, free > 0, places.waiting > 0 else { return }
        for person in try transaction.waitingAttendees(of: event.id, limit: free) {
            try promoteIntoEvent(person, transaction)
        }
    }

    private mutating func promoteIntoEvent(
        _ person: AttendeeID, isByHand: Bool = false, _ transaction: Transaction
    ) throws {
        try transaction.setStatus(.confirmed, of: person)
        var detail = Detail()
        detail.add("reference", transaction.reference(of: person).description)
        if isByHand { detail.add(Promotions.byHand, isTrue: true) }
        try transaction.record(.promoted, detail.json, of: event.id, at: now, confirmed: 1, waiting: -1)
        note(person, PlacesMoved())
        try lookAtListsOf(person, transaction)
    }

    private mutating func promote(into session: SessionID, _ transaction: Transaction) throws {
        let places = try transaction.places(of: session)
        guard var free = places.free, places.waiting > 0 else { return }
        var last: Int64 = 0
        // Mostly the first can take it; each more that is looked at costs as much as giving the place.
        var length = min(free, Promotions.pageLength)
        while free > 0 {
            let page = try transaction.waitingList(of: session, after: last, limit: length)
            guard let end = page.last?.since else { return }
            last = end
            length = min(length * 4, Promotions.pageLength)
            for entry in page where free > 0 && entry.question.decision != .passOver {
                try promote(
                    entry.attendee, into: session, swaps: entry.question.decision == .swap, transaction)
                free -= 1
            }
        }
    }

    private mutating func promote(
        _ person: AttendeeID, into session: SessionID, swaps: Bool, isByHand: Bool = false,
        _ transaction: Transaction
    ) throws {
        var released: [SessionID] = []
        if swaps {
            for booking in try transaction.bookings(of: person)
            where booking.status == .confirmed && overlaps(booking.session, session) {
                try transaction.release(booking, of: person)
                released.append(booking.session)
                look(at: booking.session)
            }
        }
        try transaction.promote(person, to: session)
        var detail = Detail()
        detail.add("reference", transaction.reference(of: person).description)
        detail.add("session", slug(session))
        detail.add("released", words: released.map(slug))
        if isByHand { detail.add(Promotions.byHand, isTrue: true) }
        try transaction.record(.promoted, detail.json, of: event.id, at: now)
        note(person, PlacesMoved(gained: [session], released: released))
        // What they gave up may have stood in the way of another wish of theirs.
        if !released.isEmpty { try lookAtListsOf(person, transaction) }
    }

    private mutating func lookAtListsOf(_ person: AttendeeID, _ transaction: Transaction) throws {
        for booking in try transaction.bookings(of: person) where booking.status == .waiting {
            look(at: booking.session)
        }
    }

    private mutating func note(_ person: AttendeeID, _ moves: PlacesMoved) {
        if moved[person] == nil { people.append(person) }
        moved[person, default: PlacesMoved()].add(moves)
    }

    private func overlaps(_ first: SessionID, _ second: SessionID) -> Bool {
        guard let first = sessions[first], let second = sessions[second] else { return false }
        return first.overlaps(second)
    }

    private func slug(_ session: SessionID) -> String { sessions[session]?.slug ?? "" }
}

extension PlacesMoved {
    /// What came later counts: a place that was gained and given up again was neither.
    mutating func add(_ later: PlacesMoved) {
        let kept = gained.filter { !later.released.contains($0) }
        released += later.released.filter { !gained.contains($0) }
        gained = kept + later.gained
        joined = joined.filter { !later.gained.contains($0) } + later.joined
        left += later.left
    }
}

extension Transaction {
    /// Has the lists of sessions looked at, promotes whom it can, and writes letters to them.
    ///
    /// - Parameters:
    ///   - writesLetters: whether letters are written.
    ///   - person: who gets none here, since their own change tells them.
    /// - Returns: what moved for each, that person included.
    @discardableResult
    func settle(
        _ lists: some Sequence<SessionID>, in timetable: Timetable, writesLetters: Bool, at now: Timestamp,
        except person: AttendeeID? = nil
    ) throws -> [AttendeeID: PlacesMoved] {
        var promotions = Promotions(timetable, at: now)
        for session in lists { promotions.look(at: session) }
        try promotions.settle(in: self)
        if writesLetters { try write(promotions, of: timetable.event, at: now, except: person) }
        return promotions.moved
    }

    /// Gives somebody on a list a place that the caller has seen to be free, while lists are held: what that frees stays
    /// free.
    ///
    /// - Parameters:
    ///   - session: nil for a place in the event itself.
    ///   - swaps: whether what overlaps with the session is given up.
    func give(
        _ session: SessionID?, to person: AttendeeID, swaps: Bool, in timetable: Timetable,
        writesLetters: Bool, at now: Timestamp
    ) throws {
        var promotions = Promotions(timetable, at: now)
        try promotions.give(session, to: person, swaps: swaps, in: self)
        if writesLetters { try write(promotions, of: timetable.event, at: now) }
    }

    private func write(
        _ promotions: Promotions, of event: Event, at now: Timestamp, except person: AttendeeID? = nil
    ) throws {
        for attendee in promotions.people where attendee != person {
            try write(
                .promoted, to: attendee, of: event, promotions.moved[attendee] ?? PlacesMoved(), at: now)
        }
    }
}
