internal import Registration
internal import Storage

// What the operations put into the outbox, in the transaction that a letter tells of.
extension Transaction {
    /// Writes a letter that tells what the attendee has at this moment.
    ///
    /// - Parameters:
    ///   - swaps: what they newly said of swapping; nil where that stays.
    ///   - isEventWaiting: whether they wait for the event itself, or did until they cancelled; nil for what they do now.
    func write(
        _ kind: LetterKind, to attendee: AttendeeID, of event: Event, _ moved: PlacesMoved = PlacesMoved(),
        swaps: Bool? = nil, isEventWaiting: Bool? = nil, address: String? = nil, at now: Timestamp
    ) throws {
        guard let person = try findAttendee(attendee) else { throw MissingRow(table: "attendee") }
        try write(
            NewLetter(
                kind: kind, event: event.id, attendee: attendee,
                bookings: try letterBookings(of: attendee), gained: moved.gained,
                released: moved.released, joined: moved.joined, left: moved.left, swaps: swaps,
                isEventWaiting: isEventWaiting ?? (person.status == .waiting),
                sequence: Int(try latestActivity(of: event.id)), address: address), at: now)
    }
}

extension Reading {
    /// What a letter of this moment tells of the attendee's bookings.
    func letterBookings(of attendee: AttendeeID) throws -> [LetterBooking] {
        try bookings(of: attendee).filter { $0.status != .cancelled }.map { booking in
            LetterBooking(
                session: booking.session, status: booking.status,
                position: try booking.waitingSince.map {
                    try position(inListOf: booking.session, since: $0)
                })
        }
    }
}
