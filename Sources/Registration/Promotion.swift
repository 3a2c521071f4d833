/// Whether somebody on a session's waiting list is given the place that is free: rule 3, as a pure function of
/// what the transaction read.
public struct PromotionQuestion: Hashable, Sendable {
    /// Whoever waits for the event itself has no place in it yet.
    public var attendee: Attendee.Status
    /// How many confirmed bookings of theirs overlap with the session.
    public var clashing: Int
    /// Whether they said beforehand that those may be given up for it.
    public var swaps: Bool

    public init(attendee: Attendee.Status, clashing: Int, swaps: Bool) {
        self.attendee = attendee
        self.clashing = clashing
        self.swaps = swaps
    }

    public var decision: PromotionDecision {
        guard attendee == .confirmed else { return .passOver }
        if clashing == 0 { return .promote }
        return swaps ? .swap : .passOver
    }
}

public enum PromotionDecision: Hashable, Sendable {
    case promote
    /// The place is given, and the bookings that overlap with it are given up.
    case swap
    /// They keep their place in the list and what they have.
    case passOver
}
