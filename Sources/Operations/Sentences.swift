public import Registration

extension RegistrationForm.Problem {
    /// What to do about it, in plain words.
    public var sentence: String {
        let what = RegistrationForm.words[field] ?? field.rawValue
        switch kind {
        case .missing: return "Enter your \(what)."
        case .tooLong where field == .sessions:
            return "Choose at most \(field.limit) sessions."
        case .tooLong: return "Your \(what) must have \(field.limit) characters or fewer."
        case .notAnAddress:
            return "Enter an e-mail address in the form name@example.org."
        case .controlCharacters: return "Your \(what) has characters that can't be printed. Type it again."
        }
    }
}

extension RegistrationForm {
    fileprivate static let words: [Field: String] = [
        .name: "name", .email: "e-mail address", .organisation: "organisation", .role: "role",
        .accessNeeds: "access needs", .dietaryNeeds: "dietary needs", .sessions: "sessions",
    ]
}

extension RegistrationRefusal {
    /// The field of the form that it concerns; nil for the registration as a whole.
    public var field: RegistrationForm.Field? {
        switch self {
        case .field(let problem): problem.field
        case .needsPurged: .accessNeeds
        case .addressTaken: .email
        case .sessionFull, .unknownSession, .notBookable, .clash: .sessions
        case .notYetOpen, .closed, .eventFull, .changesClosed, .cancelled, .answer: nil
        }
    }

    /// The name of that field, or of the answer that it concerns, as the API has them; nil likewise.
    public var fieldName: String? {
        if case .answer(let problem) = self { "answers.\(problem.slug.prefix(64))" } else { field?.rawValue }
    }

    /// Why the registration is not accepted, in plain words.
    public func sentence(in times: LocalTime) -> String {
        switch self {
        case .field(let problem): problem.sentence
        case .answer(let problem): problem.sentence
        case .needsPurged(let time):
            "Access and dietary needs were deleted at \(times.dayAndClock(time)) and are not taken any more."
        case .notYetOpen(let opens): "Registration opens at \(times.dayAndClock(opens))."
        case .closed(let closed): "Registration closed at \(times.dayAndClock(closed))."
        case .addressTaken:
            "Somebody is already registered with this e-mail address. If that was you, open the page you were given"
                + " then; if you have lost it, write to the organisers."
        case .eventFull: "All places of the event are taken."
        case .sessionFull(let session): "“\(session.title)” is full. Choose another session."
        case .unknownSession(let slug): "There is no session “\(slug.prefix(64))”."
        case .notBookable(let session): "“\(session.title)” is open to everyone and need not be booked."
        case .clash(let clash):
            "“\(clash.first.title)” and “\(clash.second.title)” overlap. Choose one of them."
        case .changesClosed(let closed): "Changes were possible until \(times.dayAndClock(closed))."
        case .cancelled: "This registration was cancelled, so nothing in it can be changed."
        }
    }
}

extension GivingRefusal {
    /// Why somebody is not given a place, in plain words.
    ///
    /// - Parameters:
    ///   - who: what they are called at the beginning of a sentence.
    ///   - session: the one that they were to have a place in; nil for the event itself.
    public func sentence(of who: String, session: Session?) -> String {
        let place = session.place
        return switch self {
        case .cancelled: "\(who) has cancelled."
        case .hasPlace: "\(who) has a place in \(place) already."
        case .notWaiting: "\(who) does not wait for \(place)."
        case .listsNotHeld:
            "The lists are not held: free places go by themselves to whoever has waited longest."
        case .over: session == nil ? "The event is over." : "\(place) is over."
        case .notInEvent: "\(who) has no place in the event yet. Give that first."
        case .full: session == nil ? "The event has no free place." : "\(place) has no free place."
        case .clash(let sessions):
            "\(who) has a place in \(sessions.titles) at that time, and did not say that they would give that up."
        }
    }
}

extension Session? {
    /// What is had a place in, in a sentence: the session, or the event itself.
    public var place: String { map { "“\($0.title)”" } ?? "the event" }
}

extension [Session] {
    /// `“Botany”, “Bees” and “Bread”`
    public var titles: String {
        map { "“\($0.title)”" }.listed
    }
}

extension [String] {
    /// `Monday, Tuesday and Friday`
    public var listed: String {
        guard let last, count > 1 else { return first ?? "" }
        return dropLast().joined(separator: ", ") + " and " + last
    }
}

extension ImportRefusal {
    /// What forbids the change, and what to do about it.
    public var sentence: String {
        switch self {
        case .eventCapacity(let wanted, let confirmed):
            "\(confirmed) people are registered, so the capacity can't be \(wanted). Set it to \(confirmed) or more."
        case .sessionCapacity(let slug, let wanted, let confirmed):
            "\(confirmed) people have booked the session “\(slug)”, so its capacity can't be \(wanted)."
                + " Set it to \(confirmed) or more."
        case .sessionInUse(let slug):
            "The session “\(slug)” has bookings, scans or materials, so it can't be left out. Put it back into the file."
        case .questionKind(let slug, let answers):
            "\(answers == 1 ? "One person" : "\(answers) people") answered the question “\(slug)”, so its kind can't change."
                + " Put the old kind back, or ask the new question under another slug."
        case .clashes(let people):
            "With these times, \(people == 1 ? "one person" : "\(people) people") would hold bookings that overlap."
                + " Keep the booked sessions apart."
        }
    }
}
