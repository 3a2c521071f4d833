public import Registration
internal import Secrets
internal import Storage

/// An attendee with what they booked, and the key of their own page.
public struct RegisteredAttendee: Sendable {
    public var event: Event
    public var attendee: Attendee
    /// The place in the event's own waiting list, 1 for the first; nil for somebody who is not on it.
    public var position: Int?
    /// In the order of the programme; cancelled bookings are left out.
    public var bookings: [BookedSession]
    /// The last part of the address of the attendee's own page: whoever has it may see all that is
    /// there, also the code that admits the attendee.
    public var manageKey: String
}

public struct BookedSession: Hashable, Sendable {
    public var session: Session
    public var status: Booking.Status
    /// The place in the session's waiting list, 1 for the first; nil where the booking is not waiting.
    public var position: Int?
    /// Whether what overlaps is given up when a place opens.
    public var swaps: Bool

    public init(session: Session, status: Booking.Status, position: Int? = nil, swaps: Bool = false) {
        self.session = session
        self.status = status
        self.position = position
        self.swaps = swaps
    }
}

/// The same without the key, as a transaction answers it.
struct FoundAttendee: Sendable {
    var event: Event
    var attendee: Attendee
    var position: Int?
    var bookings: [BookedSession]
}

extension FrontOfHouse {
    func registered(_ found: FoundAttendee) -> RegisteredAttendee {
        RegisteredAttendee(
            event: found.event, attendee: found.attendee, position: found.position, bookings: found.bookings,
            manageKey: links.text(.manage, of: found.attendee))
    }
}

extension Reading {
    /// - Parameter sessions: those of the event; read only where the attendee has bookings.
    func found(
        _ attendee: Attendee, at event: Event, among sessions: @autoclosure () throws -> [SessionID: Session]
    ) throws -> FoundAttendee {
        FoundAttendee(
            event: event, attendee: attendee,
            position: attendee.status == .waiting
                ? try position(of: attendee.id, inListOf: event.id) : nil,
            bookings: try bookedSessions(of: attendee.id, among: sessions()))
    }

    func found(_ attendee: Attendee, at event: Event) throws -> FoundAttendee {
        try found(attendee, at: event, among: sessionsByID(of: event.id))
    }

    func sessionsByID(of event: EventID) throws -> [SessionID: Session] {
        Dictionary(uniqueKeysWithValues: try sessions(of: event).map { ($0.id, $0) })
    }

    func bookedSessions(
        of attendee: AttendeeID, among sessions: @autoclosure () throws -> [SessionID: Session]
    ) throws -> [BookedSession] {
        let bookings = try bookings(of: attendee).filter { $0.status != .cancelled }
        guard !bookings.isEmpty else { return [] }
        let sessions = try sessions()
        return try bookings.compactMap { booking in
            guard let session = sessions[booking.session] else { return nil }
            return BookedSession(
                session: session, status: booking.status,
                position: try booking.waitingSince.map {
                    try position(inListOf: booking.session, since: $0)
                }, swaps: booking.swaps)
        }
    }
}

extension [Session] {
    /// As the programme lists them.
    var inOrder: [Session] {
        sorted { ($0.starts, $0.id) < ($1.starts, $1.id) }
    }
}
