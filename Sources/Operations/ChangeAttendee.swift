public import Registration
internal import Storage

/// What is to be changed of a registration; what is nil stays as it is.
public struct AttendeeChange: Sendable {
    /// The slugs of all the sessions to have or to wait for: what is absent is released.
    public var sessions: [String]?
    public var ifFull: IfFull
    /// The slugs of those to wait for where they are full, whatever `ifFull` says of the others.
    public var waitsFor: Set<String>
    /// Whether a booking is given up for a session that is waited for and overlaps with it.
    public var swaps: Bool?
    public var name: String?
    /// Staff's word is taken for an address; an attendee's is confirmed by whoever reads the letters that go
    /// there, where letters are written.
    public var email: String?
    public var organisation: String?
    public var role: String?
    public var accessNeeds: String?
    public var dietaryNeeds: String?
    /// By the questions' slugs. Those that are missing stay; an empty one takes the answer back.
    public var answers: [String: Answer]?

    public init(
        sessions: [String]? = nil, ifFull: IfFull = .refuse, waitsFor: Set<String> = [], swaps: Bool? = nil,
        name: String? = nil,
        email: String? = nil, organisation: String? = nil, role: String? = nil, accessNeeds: String? = nil,
        dietaryNeeds: String? = nil, answers: [String: Answer]? = nil
    ) {
        self.sessions = sessions
        self.ifFull = ifFull
        self.waitsFor = waitsFor
        self.swaps = swaps
        self.name = name
        self.email = email
        self.organisation = organisation
        self.role = role
        self.accessNeeds = accessNeeds
        self.dietaryNeeds = dietaryNeeds
        self.answers = answers
    }
}

public enum ChangeOutcome: Sendable {
    /// - Parameter askedAddress: the new address that a letter was sent to, which counts once it is confirmed.
    case changed(RegisteredAttendee, askedAddress: String?)
    case refused([RegistrationRefusal])
    case unknownAttendee
}

extension FrontOfHouse {
    /// Changes what somebody booked and corrects what they typed, all or nothing. Places that become free go to
    /// those who wait for them in the same transaction.
    ///
    /// - Parameter byStaff: the time for changes need not be open.
    public func change(
        event slug: String, reference: Reference, _ change: AttendeeChange, byStaff: Bool
    ) async throws -> ChangeOutcome {
        guard
            let outcome = try await self.change(
                event: slug, reference: reference, change, seen: nil, byStaff: byStaff)
        else { return .unknownAttendee }
        return outcome
    }

    /// Changes what somebody booked if it is still as they saw it, or already as they want it; nil where it is not, and
    /// nothing is changed. A page that has long been open would silently undo what happened since.
    ///
    /// - Parameters:
    ///   - seen: what the form was shown with; nil if that is not known, which changes it in any case.
    ///   - byStaff: the time for changes need not be open.
    public func change(
        event slug: String, reference: Reference, _ change: AttendeeChange, seen: BookingsMark?, byStaff: Bool
    ) async throws -> ChangeOutcome? {
        let now = now
        let writesLetters = settings.letters
        let written = try await store.write { transaction -> WrittenChange? in
            guard let timetable = try transaction.timetable(of: slug),
                let attendee = try transaction.findAttendee(reference),
                attendee.event == timetable.event.id
            else { return .unknownAttendee }
            if let seen {
                let found = try transaction.found(
                    attendee, at: timetable.event, among: timetable.sessionsByID)
                let has = BookingsMark(found.bookings)
                guard has == seen || has == BookingsMark(change) else { return nil }
            }
            let work = AttendeeChangeWork(
                change, attendee, timetable, byStaff: byStaff, writesLetters: writesLetters, now: now)
            return try work.carryOut(in: transaction)
        }
        return switch written {
        case .changed(let found, let address): .changed(registered(found), askedAddress: address)
        case .refused(let refusals): .refused(refusals)
        case .unknownAttendee: .unknownAttendee
        case nil: nil
        }
    }
}

enum WrittenChange: Sendable {
    case changed(FoundAttendee, askedAddress: String?)
    case refused([RegistrationRefusal])
    case unknownAttendee
}

/// One change, in its transaction: everything is decided before anything is written.
struct AttendeeChangeWork {
    let change: AttendeeChange
    let attendee: Attendee
    let timetable: Timetable
    let byStaff: Bool
    let writesLetters: Bool
    let now: Timestamp

    init(
        _ change: AttendeeChange, _ attendee: Attendee, _ timetable: Timetable, byStaff: Bool,
        writesLetters: Bool, now: Timestamp
    ) {
        self.change = change
        self.attendee = attendee
        self.timetable = timetable
        self.byStaff = byStaff
        self.writesLetters = writesLetters
        self.now = now
    }

    func carryOut(in transaction: Transaction) throws -> WrittenChange {
        let bookings = try bookingDecision(transaction)
        let details = try detailsDecision(transaction)
        let answers = try answersDecision(transaction)
        var refusals: [RegistrationRefusal] = []
        if case .refuse(let those) = bookings { refusals += those }
        if case .refuse(let those) = details { refusals += those.filter { !refusals.contains($0) } }
        if case .refuse(let those) = answers { refusals += those.filter { !refusals.contains($0) } }
        guard refusals.isEmpty else { return .refused(refusals) }
        var askedAddress: String?
        if case .accept(let corrections) = details {
            askedAddress = try correct(corrections, in: transaction)
        }
        if case .accept(let corrected) = answers { try correct(corrected, in: transaction) }
        if case .accept(let change) = bookings { try move(change, in: transaction) }
        // With the bookings as they are by now.
        if case .accept(let corrections) = details { try tellAddresses(corrections, in: transaction) }
        guard let changed = try transaction.findAttendee(attendee.id) else {
            throw MissingRow(table: "attendee")
        }
        return .changed(
            try transaction.found(changed, at: timetable.event, among: timetable.sessionsByID),
            askedAddress: askedAddress)
    }
}
