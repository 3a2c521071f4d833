internal import HTTP
internal import Operations
internal import Registration

extension Service {
    var changeAttendee: Operation {
        Operation(
            method: .patch, path: "/events/{event}/attendees/{reference}", name: "changeAttendee",
            summary: "Changes what an attendee booked and corrects what they typed, all or nothing",
            access: .role(.reception), body: Service.attendeeChange,
            bodyLimitBytes: Operation.answersLimitBytes,
            answers: [.init(status: .ok, about: "Changed.", schema: Service.changedRegistration)],
            problems: [.cancelled, .addressTaken, .sessionFull]
        ) { call in
            let slug = call.parameters["event"]
            let unseen = RegisteredAttendee.forOrganisers.map(\.key).filter { call.body[$0] != nil }
            guard unseen.isEmpty || call.readsEverything else {
                throw Problem.forbidden(
                    "This token may not read \(unseen.listed), so it may not overwrite them. This"
                        + " needs a token with the role \(Role.organiser.rawValue).")
            }
            let outcome = try await frontOfHouse.change(
                event: slug, reference: try call.reference(), AttendeeChange(call.body), byStaff: true)
            switch outcome {
            case .changed(let person, _):
                // On their own page everything that they told is read, and changed.
                return .json(registration(of: person, for: call, tellsPage: call.readsEverything).bytes)
            case .refused(let refusals):
                throw Problem(refusals, times: LocalTime(try await event(call.parameters)))
            case .unknownAttendee: throw Problem.unknownAttendee
            }
        }
    }

    private static let attendeeChange = Schema.object([:]).with([
        "sessions": Schema.list(.text, limit: RegistrationForm.Field.sessions.limit).about(
            "The slugs of all the sessions to have or to wait for; what is absent is released."),
        "if_full": .ifFull, "swap": .swap, "name": .text.about("At most 120 characters."),
        "email": .text.about("At most 254 characters."),
        "organisation": .text.about("At most 120 characters."),
        "role": .text.about("At most 120 characters."),
        "access_needs": .text.about("At most 2,000 characters. \(RegisteredAttendee.organisersOnly)"),
        "dietary_needs": .text.about("At most 2,000 characters. \(RegisteredAttendee.organisersOnly)"),
        "answers": Schema.answers.about(
            "As in a registration; those that are left out stay. \(RegisteredAttendee.organisersOnly)"),
    ])

    private static let changedRegistration = Service.placesGiven.with([
        "manage_url": .text.about(
            "The attendee's own page, where all that they told is read and changed. \(RegisteredAttendee.organisersOnly)"
        ),
        "code": .text.about("What admits the attendee at a door."),
    ]).named("ChangedRegistration")
}

extension AttendeeChange {
    fileprivate init(_ body: JSON) {
        self.init(
            sessions: body["sessions"] == nil ? nil : body.texts("sessions"), ifFull: IfFull(body),
            swaps: body.boolean("swap"), name: body.text("name"), email: body.text("email"),
            organisation: body.text("organisation"), role: body.text("role"),
            accessNeeds: body.text("access_needs"), dietaryNeeds: body.text("dietary_needs"),
            answers: body.answers("answers"))
    }
}
