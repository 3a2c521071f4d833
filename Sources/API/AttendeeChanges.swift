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
            answers: [.init(status: .ok, about: "Changed.", schema: Service.registration)],
            problems: [.cancelled, .addressTaken, .sessionFull]
        ) { call in
            let slug = call.parameters["event"]
            let outcome = try await frontOfHouse.change(
                event: slug, reference: try call.reference(), AttendeeChange(call.body), byStaff: true)
            switch outcome {
            case .changed(let person, _): return registration(of: person, for: call, status: .ok)
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
        "access_needs": .text.about("At most 2,000 characters."),
        "dietary_needs": .text.about("At most 2,000 characters."), "answers": Schema.answers,
    ])
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
