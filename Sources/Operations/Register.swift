public import Registration
internal import Secrets
internal import Storage

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
        let writesLetters = settings.letters
        let written = try await store.write { transaction in
            try transaction.register(
                checked, event: slug, secret: secret, byStaff: byStaff, repeatable: repeatable,
                writesLetters: writesLetters, now: now)
        }
        return switch written {
        case .registered(let found): .registered(registered(found))
        case .refused(let refusals): .refused(refusals)
        case .unknownEvent: .unknownEvent
        case .keyReused: .keyReused
        }
    }
}

/// A request with an idempotency key, and a hash that tells another request under the same key apart.
struct RepeatableRequest: Sendable {
    let key: String
    let hash: String

    init(key: String, form: RegistrationForm) {
        self.key = key
        let answers = [
            form.name, form.email, form.organisation, form.role, form.accessNeeds, form.dietaryNeeds,
            form.ifFull.rawValue, form.swaps ? "swap" : "", form.waitsFor.sorted().joined(separator: ","),
        ]
        // No answer holds a NUL or can be mistaken for two: lengths are written before them.
        var text = (answers + form.sessions).map { "\($0.utf8.count):\($0)" }.joined()
        // After a sign that no length begins with; what says none of this hashes as it always did.
        for consent in form.consents.inOrder { text += "c\(consent.rawValue);" }
        for (slug, answer) in form.answers.sorted(by: { $0.key < $1.key }) where !answer.isEmpty {
            let answer =
                switch answer {
                case .text(let text): "t\(text)"
                case .tick: "yes"
                }
            text += "a\(slug.utf8.count):\(slug)\(answer.utf8.count):\(answer)"
        }
        hash = TokenHash(of: text).text
    }
}

enum WrittenRegistration: Sendable {
    case registered(FoundAttendee)
    case refused([RegistrationRefusal])
    case unknownEvent
    case keyReused
}

extension Transaction {
    func register(
        _ checked: CheckedForm, event slug: String, secret: Code.Secret, byStaff: Bool,
        repeatable: RepeatableRequest?, writesLetters: Bool, now: Timestamp
    ) throws -> WrittenRegistration {
        guard let timetable = try timetable(of: slug) else { return .unknownEvent }
        let event = timetable.event
        if let repeatable, let answered = try findAnswer(to: repeatable.key, event: event.id) {
            guard answered.request == repeatable.hash else { return .keyReused }
            return .registered(
                try registration(
                    answered, at: event, among: timetable.sessionsByID, swaps: checked.form.swaps))
        }
        let isHeld = event.holdsLists(at: now)
        var eventPlaces = timetable.places
        eventPlaces.isHeld = isHeld
        let question = RegistrationQuestion(
            checked, event: event, eventPlaces: eventPlaces,
            programme: try offers(for: checked.form.sessions, timetable, isHeld: isHeld),
            isAddressTaken: try checked.address.map { try isAddressTaken($0, event: event.id) } ?? false,
            isByStaff: byStaff, now: now, questions: timetable.questions)
        let (status, wished): (Attendee.Status, WishedPlaces)
        switch question.decision {
        case .refuse(let refusals): return .refused(refusals)
        case .accept(let given, let places): (status, wished) = (given, places)
        }
        guard let address = checked.address else { return .refused([.field(.init(.email, .notAnAddress))]) }
        let attendee = try addAttendee(
            checked.form, address: address, secret: secret, status: status, event: event.id, at: now)
        try keepExtras(of: checked.form, attendee, at: now)
        let told = try give(wished, to: attendee, eventPlaces: eventPlaces, checked.form, at: now)
        if let repeatable {
            let answer = AnsweredRequest(request: repeatable.hash, attendee: attendee.id, told: told)
            try keep(answer, under: repeatable.key, event: event.id, at: now)
        }
        if writesLetters {
            try write(
                NewLetter(
                    kind: status == .waiting ? .waiting : .registered, event: event.id, attendee: attendee.id,
                    bookings: told.letterBookings, isEventWaiting: status == .waiting,
                    sequence: Int(try latestActivity(of: event.id))), at: now)
        }
        return .registered(
            found(
                attendee, told, at: event, among: timetable.sessionsByID, swaps: checked.form.swaps))
    }

    /// Gives a new attendee what was decided, and records it.
    private func give(
        _ wished: WishedPlaces, to attendee: Attendee, eventPlaces: Places, _ form: RegistrationForm,
        at now: Timestamp
    ) throws -> ToldPlaces {
        let isWaiting = attendee.status == .waiting
        for session in wished.confirmed { try confirm(session.id, for: attendee.id) }
        var detail = Detail()
        detail.add("reference", attendee.reference.description)
        if isWaiting { detail.add("status", attendee.status.rawValue) }
        detail.add("sessions", words: wished.confirmed.map(\.slug))
        if !wished.waiting.isEmpty {
            detail.add("waiting", words: wished.waiting.map(\.slug))
            detail.add("swap", isTrue: form.swaps)
        }
        if !form.consents.isEmpty {
            detail.add("consents", words: form.consents.inOrder.map(\.rawValue))
        }
        let record = try record(
            .registered, detail.json, of: attendee.event, at: now, confirmed: isWaiting ? 0 : 1,
            waiting: isWaiting ? 1 : 0)
        var told = ToldPlaces(
            eventPosition: isWaiting ? eventPlaces.waiting + 1 : nil,
            sessions: wished.confirmed.map { ToldPlaces.Session(id: $0.id, position: nil) })
        for session in wished.waiting {
            try putOnList(of: session.id, attendee.id, since: record.number, swaps: form.swaps)
            told.sessions.append(
                ToldPlaces.Session(id: session.id, position: try places(of: session.id).waiting))
        }
        return told
    }

    /// The sessions that the slugs name, with their places as they are now.
    func offers(for slugs: [String], _ timetable: Timetable, isHeld: Bool) throws -> Programme {
        Programme(
            try Set(slugs).compactMap { slug in
                guard let session = timetable.sessions[slug] else { return nil }
                return Programme.Offer(session: session, places: try places(of: session.id, isHeld: isHeld))
            })
    }
}

extension Reading {
    /// What the first request was answered, as it was then.
    func registration(
        _ answered: AnsweredRequest, at event: Event, among sessions: [SessionID: Session], swaps: Bool
    ) throws -> FoundAttendee {
        guard var attendee = try findAttendee(answered.attendee) else {
            throw MissingRow(table: "attendee")
        }
        attendee.status = answered.told.eventPosition == nil ? .confirmed : .waiting
        return found(attendee, answered.told, at: event, among: sessions, swaps: swaps)
    }

    fileprivate func found(
        _ attendee: Attendee, _ told: ToldPlaces, at event: Event, among sessions: [SessionID: Session],
        swaps: Bool
    ) -> FoundAttendee {
        let booked = told.sessions.compactMap { place in
            sessions[place.id].map {
                BookedSession(
                    session: $0, status: place.position == nil ? .confirmed : .waiting,
                    position: place.position, swaps: swaps && place.position != nil)
            }
        }
        return FoundAttendee(
            event: event, attendee: attendee, position: told.eventPosition,
            bookings: booked.sorted {
                ($0.session.starts, $0.session.id) < ($1.session.starts, $1.session.id)
            })
    }
}

extension ToldPlaces {
    fileprivate var letterBookings: [LetterBooking] {
        sessions.map { place in
            LetterBooking(
                session: place.id, status: place.position == nil ? .confirmed : .waiting,
                position: place.position)
        }
    }
}
