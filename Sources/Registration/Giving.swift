/// Whether staff give somebody who waits a place that is free while lists are held, whoever waits before them: a pure
/// function of what the transaction read.
public struct GivingQuestion: Hashable, Sendable {
    /// What they wait for.
    public enum Wanted: Hashable, Sendable {
        case event
        /// - Parameters:
        ///   - status: of their booking in the session; nil where they have none.
        ///   - swaps: whether they said beforehand that what overlaps may be given up for it.
        ///   - clashing: the sessions that they have a place in and that overlap with it.
        case session(status: Booking.Status?, swaps: Bool, clashing: [Session])
    }

    public var wanted: Wanted
    public var attendee: Attendee.Status
    /// Those of the event, or of the session.
    public var places: Places
    /// Whether the event, or the session, has ended.
    public var isOver: Bool

    public init(_ wanted: Wanted, attendee: Attendee.Status, places: Places, isOver: Bool) {
        self.wanted = wanted
        self.attendee = attendee
        self.places = places
        self.isOver = isOver
    }

    /// Of several reasons to refuse it, the one that the person's own state gives comes first, then the lists', and a
    /// clash last.
    public var decision: GivingDecision {
        if attendee == .cancelled { return .refuse(.cancelled) }
        // Whoever was promoted meanwhile is told so, and not that lists are held no more.
        switch wanted {
        case .event where attendee == .confirmed, .session(.confirmed, _, _): return .refuse(.hasPlace)
        case .session(.cancelled, _, _), .session(nil, _, _): return .refuse(.notWaiting)
        case .event, .session(.waiting, _, _): break
        }
        guard !isOver else { return .refuse(.over) }
        guard places.isHeld else { return .refuse(.listsNotHeld) }
        guard case .session(_, let swaps, let clashing) = wanted else {
            return places.free == 0 ? .refuse(.full) : .give(releasing: [])
        }
        guard attendee == .confirmed else { return .refuse(.notInEvent) }
        guard places.free != 0 else { return .refuse(.full) }
        return clashing.isEmpty || swaps ? .give(releasing: clashing) : .refuse(.clash(clashing))
    }
}

/// What comes of giving somebody a place by hand.
public enum GivingDecision: Hashable, Sendable {
    /// The place is given, and those in other sessions that overlap with it are given up.
    case give(releasing: [Session])
    case refuse(GivingRefusal)
}

/// Why somebody is not given a place.
public enum GivingRefusal: Hashable, Sendable {
    case cancelled
    case hasPlace
    case notWaiting
    /// Places go by themselves to whoever waited longest, and to nobody else before.
    case listsNotHeld
    /// The event, or the session, has ended.
    case over
    /// They wait for the event itself, where no session gives them a place yet.
    case notInEvent
    case full
    /// What they have a place in at that time, and did not say may be given up.
    case clash([Session])
}
