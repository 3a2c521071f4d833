public import Registration
internal import Secrets
internal import Storage

/// An attendee with what they booked, and the key of their own page.
public struct RegisteredAttendee: Sendable {
    public var event: Event
    public var attendee: Attendee
    /// In the order of the programme; cancelled bookings are left out.
    public var bookings: [BookedSession]
    /// The last part of the address of the attendee's own page: whoever has it may see all that is
    /// there, also the code that admits the attendee.
    public var manageKey: String
}

public struct BookedSession: Hashable, Sendable {
    public var session: Session
    public var status: Booking.Status

    public init(session: Session, status: Booking.Status) {
        self.session = session
        self.status = status
    }
}

public enum RegistrationOutcome: Sendable {
    case registered(RegisteredAttendee)
    case refused([RegistrationRefusal])
    case unknownEvent
    /// The idempotency key was used for another request.
    case keyReused
}

extension FrontOfHouse {
    /// How long an idempotency key may be, in bytes.
    public static let idempotencyKeyLimit = 255

    /// Registers somebody and books their workshops, all or nothing.
    ///
    /// - Parameters:
    ///   - byStaff: registration need not be open, as at the desk on the day.
    ///   - idempotencyKey: a repetition with the same key and form is answered as the first time.
    public func register(
        _ typed: RegistrationForm, event slug: String, byStaff: Bool = false, idempotencyKey: String? = nil
    ) async throws -> RegistrationOutcome {
        let checked = CheckedForm(typed)
        let secret = Code.Secret(randomBytes: random.bytes(Code.Secret.byteCount))
        let repeatable = idempotencyKey.map { RepeatableRequest(key: $0, form: checked.form) }
        let now = now
        let written = try await store.write { transaction in
            try transaction.register(
                checked, event: slug, secret: secret, byStaff: byStaff, repeatable: repeatable, now: now)
        }
        return switch written {
        case .registered(let event, let attendee, let bookings):
            .registered(registered(attendee, event: event, bookings: bookings))
        case .refused(let refusals): .refused(refusals)
        case .unknownEvent: .unknownEvent
        case .keyReused: .keyReused
        }
    }

    func registered(_ attendee: Attendee, event: Event, bookings: [BookedSession]) -> RegisteredAttendee {
        RegisteredAttendee(
            event: event, attendee: attendee, bookings: bookings,
            manageKey: links.text(purpose: manageLink, number: UInt64(attendee.id.rawValue)))
    }
}

let manageLink = "manage"

/// A request with an idempotency key, and a hash that tells another request under the same key apart.
private struct RepeatableRequest: Sendable {
    let key: String
    let hash: String

    init(key: String, form: RegistrationForm) {
        self.key = key
        let answers = [
            form.name, form.email, form.organisation, form.role, form.accessNeeds, form.dietaryNeeds,
        ]
        // No answer holds a NUL or can be mistaken for two: lengths are written before them.
        let text = (answers + form.sessions).map { "\($0.utf8.count):\($0)" }.joined()
        hash = TokenHash(of: text).text
    }
}

private enum WrittenRegistration: Sendable {
    case registered(Event, Attendee, [BookedSession])
    case refused([RegistrationRefusal])
    case unknownEvent
    case keyReused
}

extension Transaction {
    fileprivate func register(
        _ checked: CheckedForm, event slug: String, secret: Code.Secret, byStaff: Bool,
        repeatable: RepeatableRequest?, now: Timestamp
    ) throws -> WrittenRegistration {
        guard let timetable = try timetable(of: slug) else { return .unknownEvent }
        let event = timetable.event
        if let repeatable, let answered = try findAnswer(to: repeatable.key, event: event.id) {
            guard answered.request == repeatable.hash else { return .keyReused }
            return try registration(answered, timetable)
        }
        let form = checked.form
        let question = RegistrationQuestion(
            checked, event: event, eventPlaces: timetable.places,
            programme: try offers(for: form.sessions, timetable),
            isAddressTaken: try checked.address.map { try isAddressTaken($0, event: event.id) } ?? false,
            isByStaff: byStaff, now: now)
        let wished: [Session]
        switch question.decision {
        case .refuse(let refusals): return .refused(refusals)
        case .accept(let sessions): wished = sessions
        }
        guard let address = checked.address else { return .refused([.field(.init(.email, .notAnAddress))]) }
        let attendee = try addAttendee(form, address: address, secret: secret, event: event.id, at: now)
        for session in wished { try confirm(session.id, for: attendee.id) }
        var detail = Detail()
        detail.add("reference", attendee.reference.description)
        detail.add("sessions", words: wished.map(\.slug))
        try record(.registered, detail.json, of: event.id, at: now, confirmed: 1)
        if let repeatable {
            let answer = AnsweredRequest(
                request: repeatable.hash, attendee: attendee.id, bookings: wished.map(\.id))
            try keep(answer, under: repeatable.key, event: event.id, at: now)
        }
        return .registered(
            event, attendee, wished.inOrder.map { BookedSession(session: $0, status: .confirmed) })
    }

    /// The sessions that the slugs name, with their places as they are now.
    private func offers(for slugs: [String], _ timetable: Timetable) throws -> Programme {
        Programme(
            try Set(slugs).compactMap { slug in
                guard let session = timetable.sessions[slug] else { return nil }
                return Programme.Offer(session: session, places: try places(of: session.id))
            })
    }

    /// What the first request was answered, as it was then.
    private func registration(
        _ answered: AnsweredRequest, _ timetable: Timetable
    ) throws -> WrittenRegistration {
        guard var attendee = try findAttendee(answered.attendee) else {
            throw MissingRow(table: "attendee")
        }
        attendee.status = .confirmed
        let sessions = timetable.sessions.values.filter { answered.bookings.contains($0.id) }
        return .registered(
            timetable.event, attendee,
            Array(sessions).inOrder.map { BookedSession(session: $0, status: .confirmed) })
    }
}

extension [Session] {
    /// As the programme lists them.
    var inOrder: [Session] {
        sorted { ($0.starts, $0.title) < ($1.starts, $1.title) }
    }
}
