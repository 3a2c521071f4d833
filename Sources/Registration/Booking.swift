/// One attendee's place in one session.
public struct Booking: Hashable, Sendable {
    public enum Status: String, CaseIterable, Hashable, Sendable {
        case confirmed, waiting, cancelled
    }

    public var session: SessionID
    public var status: Status
    /// The number of the activity that put it on the waiting list, by which the list is ordered; nil where it
    /// is not waiting.
    public var waitingSince: Int64?
    /// Whether a place that opens shall be taken even if the bookings that overlap with it must be given up.
    public var swaps: Bool

    public init(session: SessionID, status: Status, waitingSince: Int64? = nil, swaps: Bool = false) {
        self.session = session
        self.status = status
        self.waitingSince = waitingSince
        self.swaps = swaps
    }
}
