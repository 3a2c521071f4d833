internal import HTTP
internal import Operations
internal import Registration

extension Service {
    var givePlace: Operation {
        Operation(
            method: .post, path: "/events/{event}/attendees/{reference}/place", name: "givePlace",
            summary:
                "Gives an attendee a free place that they wait for, while waiting lists are held, whoever is before them",
            access: .role(.organiser),
            body: Schema.object([:]).with([
                "session": .text(limit: 64).about(
                    "The slug of the session; where it is missing, a place in the event itself is given.")
            ]),
            isBodyOptional: true,
            answers: [
                .init(
                    status: .ok,
                    about: "Given. What overlaps is given up where the attendee said `swap` before.",
                    schema: Service.registration)
            ],
            problems: [
                .cancelled, .notWaiting, .listsNotHeld, .over, .notConfirmed, .eventFull, .sessionFull,
                .otherPlace,
            ]
        ) { call in
            let outcome = try await frontOfHouse.givePlace(
                event: call.parameters["event"], reference: try call.reference(),
                session: call.body.text("session"))
            switch outcome {
            // Also where they have it already: most likely the answer to the first request was lost.
            case .given(let person, _, _), .refused(.hasPlace, let person, _):
                return .json(registration(of: person, for: call).bytes)
            case .refused(let refusal, _, let session):
                throw Problem(
                    refusal.problem(isOfEvent: session == nil),
                    refusal.sentence(of: "The attendee", session: session))
            case .unknownAttendee: throw Problem.unknownAttendee
            case .unknownSession:
                throw Problem.invalid("session", "There is no such session in this event.")
            }
        }
    }
}

extension GivingRefusal {
    fileprivate func problem(isOfEvent: Bool) -> Problem.Kind {
        switch self {
        case .cancelled: .cancelled
        case .hasPlace, .notWaiting: .notWaiting
        case .listsNotHeld: .listsNotHeld
        case .over: .over
        case .notInEvent: .notConfirmed
        case .full: isOfEvent ? .eventFull : .sessionFull
        case .clash: .otherPlace
        }
    }
}
