public import Registration
internal import Secrets
internal import Storage

/// Everything that a letter shows.
public struct LetterContents: Sendable {
    public var letter: Letter
    public var event: Event
    public var attendee: Attendee
    /// Where it goes.
    public var address: String
    /// In the order of the programme.
    public var bookings: [LetterSession]
    /// What the attendee newly has a place in, and has none in any more, where something changed.
    public var gained: [Session]
    public var released: [Session]
    /// Whose waiting lists the attendee is newly on, and whose no longer.
    public var joined: [Session]
    public var left: [Session]
    /// Whether the attendee is on the event's own waiting list.
    public var isEventWaiting: Bool
    /// The attendee's own page.
    public var manageURL: String
    /// Where people register.
    public var registerURL: String
    /// Whether they can now.
    public var isRegistrationOpen: Bool
    /// Where a new address is confirmed; nil in every other kind of letter.
    public var confirmURL: String?
    /// What the QR code holds.
    public var code: String
    /// The same each time that this letter is sent, and no other's.
    public var messageKey: String
    /// What the attendee's calendar knows the event by.
    public var calendarKey: String
    /// Whether it tells what holds now while letters about a change up to now are still to be written: those first, or
    /// the attendee is told the same twice.
    public var isOutdated: Bool
}

/// A booking as a letter shows it.
public struct LetterSession: Sendable {
    public var session: Session
    /// Confirmed or waiting.
    public var status: Booking.Status
    /// The place in the waiting list, 1 for the first, where it is known.
    public var position: Int?
}

extension FrontOfHouse {
    /// What a letter shows, read at the time of sending; nil where there is nothing to tell any more.
    public func contents(of letter: Letter) async throws -> LetterContents? {
        let now = now
        let found = try await store.read { try $0.contents(of: letter, at: now) }
        guard let (event, attendee, told, bookings, sessions, isOutdated) = found else { return nil }
        func inOrder(_ some: [SessionID]) -> [Session] { some.compactMap { sessions[$0] }.inOrder }
        let eventURL = "\(settings.publicURL)/e/\(event.slug)"
        let manageURL = "\(eventURL)/me/\(attendee.reference)/" + links.text(.manage, of: attendee)
        let address = told.address ?? attendee.email
        return LetterContents(
            letter: letter, event: event, attendee: attendee, address: address, bookings: bookings,
            gained: inOrder(told.gained), released: inOrder(told.released), joined: inOrder(told.joined),
            left: inOrder(told.left), isEventWaiting: told.isEventWaiting, manageURL: manageURL,
            registerURL: "\(eventURL)/register",
            isRegistrationOpen: event.registrationOpens..<event.registrationCloses ~= now,
            confirmURL: told.kind == .confirmAddress
                ? "\(eventURL)/confirm/\(attendee.reference)/"
                    + links.text(.address(address), of: attendee) : nil,
            code: ScannedCode(code: attendee.code, print: nil).description,
            // With the time: a database that was restored gives numbers again to other letters.
            messageKey: links.text(
                purpose: "letter \(letter.written.rawValue)", number: UInt64(letter.id.rawValue)),
            calendarKey: links.text(.calendar, of: attendee), isOutdated: isOutdated)
    }
}

private typealias FoundContents = (Event, Attendee, NewLetter, [LetterSession], [SessionID: Session], Bool)

extension Snapshot {
    /// Nil where there is nothing to tell any more.
    fileprivate func contents(of letter: Letter, at now: Timestamp) throws -> FoundContents? {
        var told = letter.told
        // Whoever was erased since the letter was taken out of the outbox is told nothing.
        guard let attendee = try findAttendee(told.attendee) else { return nil }
        guard let event = try findEvent(told.event) else { throw MissingRow(table: "event") }
        // A reminder that could not be sent in time reminds nobody.
        if told.kind == .reminder, now >= event.starts { return nil }
        if letter.tellsLatest {
            // It was written for those who come, or may come.
            guard attendee.status == .confirmed || (attendee.status == .waiting && told.kind != .reminder)
            else { return nil }
            told.isEventWaiting = attendee.status == .waiting
            told.bookings = try letterBookings(of: attendee.id)
        }
        let sessions = try sessionsByID(of: event.id)
        let bookings = told.bookings.compactMap { booking in
            sessions[booking.session].map {
                LetterSession(session: $0, status: booking.status, position: booking.position)
            }
        }.sorted { ($0.session.starts, $0.session.id) < ($1.session.starts, $1.session.id) }
        return (
            event, attendee, told, bookings, sessions, try letter.tellsLatest && owesLetters(of: event.id)
        )
    }
}
