internal import HTTP
internal import Operations
internal import Registration

extension Service {
    var register: Operation {
        Operation(
            method: .post, path: "/events/{event}/registrations", name: "register",
            summary: "Registers somebody and books their sessions, all or nothing",
            access: registrationAccess,
            headers: [
                .idempotencyKey(
                    "A repetition with the same key and body registers nobody again and is answered as the"
                        + " first time; without a token one of fewer than 22 characters only from the same"
                        + " address.")
            ],
            body: Service.registrationForm,
            bodyLimitBytes: Operation.answersLimitBytes,
            answers: [
                .init(
                    status: .created, about: "Registered.", schema: Service.registration,
                    headers: ["Location": "The attendee's address."])
            ],
            problems: [
                .keyReused, .registrationNotOpen, .registrationClosed, .addressTaken, .eventFull,
                .sessionFull, .tooManyRequests,
            ], handler: register)
    }

    /// Who may register people.
    var registrationAccess: Operation.Access {
        settings.registersWithoutToken ? .everyone : .role(.reception)
    }

    static let registrationForm = Schema.object([
        "name": .text.about("At most 120 characters."), "email": .text.about("At most 254 characters."),
    ]).with([
        "organisation": .text.about("At most 120 characters."),
        "role": .text.about("At most 120 characters."),
        "access_needs": .text.about("At most 2,000 characters."),
        "dietary_needs": .text.about("At most 2,000 characters."),
        "sessions": Schema.list(.text, limit: RegistrationForm.Field.sessions.limit).about(
            "The slugs of the sessions to book."),
        "if_full": Schema.ifFull,
        "swap": Schema.swap,
        "consents": Schema.list(.consent, limit: Consent.allCases.count).about(
            "What the person agrees to, having been shown the wordings that the event has; nothing is agreed to by"
                + " leaving it out."), "answers": Schema.answers,
    ])

    /// What is told of the places that somebody has.
    static let placesGiven = Schema.object([
        "reference": .text.about("8 characters that people call the attendee by."),
        "status": .words(Attendee.Status.allCases.map(\.rawValue)),
        "position": RegisteredAttendee.positionSchema, "bookings": .list(BookedSession.schema),
    ])

    static let registration = placesGiven.and([
        "manage_url": .text.about(
            "The attendee's own page. Whoever has the address may see all that is there, also the code.")
    ]).with(["code": .text.about("What admits the attendee at a door. Only with a token.")])
        .named("Registration")

    private func register(_ call: Call) async throws -> Response {
        if call.caller == nil { try takePublicRegistrations(call) }
        let slug = call.parameters["event"]
        let outcome = try await frontOfHouse.register(
            RegistrationForm(call.body), event: slug, byStaff: call.caller != nil,
            idempotencyKey: try call.idempotencyKey())
        switch outcome {
        case .registered(let person):
            let reference = person.attendee.reference
            return Response.json(registration(of: person, for: call).bytes, status: .created)
                .with("Location", "\(APISettings.path)/events/\(slug)/attendees/\(reference)")
        case .refused(let refusals):
            throw Problem(refusals, times: LocalTime(try await event(call.parameters)))
        case .unknownEvent: throw Problem.unknownEvent
        case .keyReused: throw Problem.keyReused
        }
    }

    /// Counts so many registrations, or what is as costly, against the address that they come from.
    func takePublicRegistrations(_ call: Call, _ count: Int = 1) throws(Problem) {
        let taken = settings.registrations.take(
            call.request.clientKey, count: count, at: frontOfHouse.now)
        guard case .refused(let seconds) = taken else { return }
        throw Problem(
            .tooManyRequests, "Too many requests come from this address. Try again in \(seconds) s.",
            headers: ["Retry-After": String(seconds)])
    }

    /// What a registration and a change are answered.
    ///
    /// - Parameter tellsPage: whether the address of the attendee's own page is told.
    func registration(of person: RegisteredAttendee, for call: Call, tellsPage: Bool = true) -> JSON {
        let (slug, reference) = (person.event.slug, person.attendee.reference.description)
        var members: [JSON.Member] = [
            .init("reference", .text(reference)), .init("status", .text(person.attendee.status.rawValue)),
            .init("position", JSON(person.position)), .init("bookings", .list(person.bookings.map(\.json))),
        ]
        if tellsPage {
            let page = "\(frontOfHouse.settings.publicURL)/e/\(slug)/me/\(reference)/\(person.manageKey)"
            members.append(.init("manage_url", .text(page)))
        }
        if call.caller != nil {
            members.append(.init("code", .text(person.attendee.code.description)))
        }
        return .object(members)
    }
}

extension Schema {
    static let ifFull = Schema.words(IfFull.allCases.map(\.rawValue)).about(
        "What to do where a session or the event is full: refuse everything, which is so where it is missing, or"
            + " take a place on the waiting list.")
    static let swap = Schema.boolean.about(
        "Whether what is booked may be given up as soon as a session has a place that is waited for and overlaps"
            + " with it.")
}

extension IfFull {
    /// What the member `if_full` says.
    init(_ body: JSON) {
        self = body.text("if_full").flatMap(IfFull.init) ?? .refuse
    }
}

extension RegistrationForm {
    /// Reads what `Service.registrationForm` describes.
    init(_ body: JSON) {
        self.init(
            name: body.text("name") ?? "", email: body.text("email") ?? "",
            organisation: body.text("organisation") ?? "", role: body.text("role") ?? "",
            accessNeeds: body.text("access_needs") ?? "", dietaryNeeds: body.text("dietary_needs") ?? "",
            sessions: body.texts("sessions"), ifFull: IfFull(body), swaps: body.boolean("swap") ?? false,
            consents: Set(body.texts("consents").compactMap(Consent.init)),
            answers: body.answers("answers") ?? [:])
    }
}

extension BookedSession {
    static let schema = Schema.object([
        "session": .text, "status": .words(Booking.Status.allCases.map(\.rawValue)),
        "position": Schema.count.nullable.about(
            "The place on the session's waiting list, 1 for the first; null where the booking is not waiting."
        ),
        "swap": Schema.boolean.about(
            "Whether they are moved here when it is their turn, out of what overlaps; false where the booking is not waiting."
        ),
    ]).named("Booking")

    var json: JSON {
        [
            "session": .text(session.slug), "status": .text(status.rawValue), "position": JSON(position),
            "swap": .boolean(status == .waiting && swaps),
        ]
    }
}

extension Problem {
    /// What is wrong with the request itself comes first; what the event's state forbids is another matter.
    init(_ refusals: [RegistrationRefusal], times: LocalTime) {
        self.init(refusals.map { PlacedRefusal(refusal: $0) }, times: times)
    }

    init(_ refusals: [PlacedRefusal], times: LocalTime) {
        let kinds = refusals.map(\.refusal.problem)
        let errors = refusals.compactMap { $0.problem(in: times) }
        if kinds.contains(.invalid) {
            self = .invalid(errors)
        } else {
            // What is the same for several people is told once.
            let sentences = refusals.map { $0.refusal.sentence(in: times) }
            let detail = sentences.indices.filter { !sentences[..<$0].contains(sentences[$0]) }
                .map { sentences[$0] }.joined(separator: " ")
            self.init(kinds.first ?? .invalid, detail, errors: errors)
        }
    }
}

/// A refusal, and whom it is about where a request is about several.
struct PlacedRefusal {
    /// Such as `people[2]`; empty where there is only one.
    var place = ""
    var refusal: RegistrationRefusal

    func problem(in times: LocalTime) -> FieldProblem? {
        let names = [place, refusal.fieldName ?? ""].filter { !$0.isEmpty }
        guard !names.isEmpty else { return nil }
        return FieldProblem(field: names.joined(separator: "."), detail: refusal.sentence(in: times))
    }
}

extension RegistrationRefusal {
    fileprivate var problem: Problem.Kind {
        switch self {
        case .field, .answer, .needsPurged, .unknownSession, .notBookable, .clash: .invalid
        case .notYetOpen: .registrationNotOpen
        case .closed: .registrationClosed
        case .addressTaken: .addressTaken
        case .eventFull: .eventFull
        case .sessionFull: .sessionFull
        case .changesClosed: .changesClosed
        case .cancelled: .cancelled
        }
    }
}
