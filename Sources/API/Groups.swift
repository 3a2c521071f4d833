internal import HTTP
internal import Operations
internal import Registration

extension Service {
    var registerGroup: Operation {
        Operation(
            method: .post, path: "/events/{event}/groups", name: "registerGroup",
            summary: "Registers several people, each with a reference and a page of their own, all or none",
            access: registrationAccess,
            headers: [
                .idempotencyKey("A repetition with the same key and body is answered as the first time.")
            ],
            body: Schema.object([
                "people": Schema.list(Service.registrationForm, limit: FrontOfHouse.groupLimit).about(
                    "1 to \(FrontOfHouse.groupLimit), each as in a registration.")
            ]),
            bodyLimitBytes: Operation.answersLimitBytes,
            answers: [
                .init(
                    status: .created, about: "All are registered.",
                    schema: .object(["items": .list(Service.registration)]))
            ],
            problems: [
                .keyReused, .registrationNotOpen, .registrationClosed, .addressTaken, .eventFull,
                .sessionFull,
                .tooManyRequests,
            ], handler: registerGroup)
    }

    private func registerGroup(_ call: Call) async throws -> Response {
        let forms = call.body.items("people").map(RegistrationForm.init)
        if call.caller == nil { try takePublicRegistrations(call, forms.count) }
        let outcome = try await frontOfHouse.registerGroup(
            forms, event: call.parameters["event"], byStaff: call.caller != nil,
            idempotencyKey: try call.idempotencyKey())
        switch outcome {
        case .registered(let people):
            let items = people.map { registration(of: $0, for: call) }
            return .json((["items": .list(items)] as JSON).bytes, status: .created)
        case .refused(let refusals):
            let placed = refusals.sorted { $0.key < $1.key }.flatMap { index, refusals in
                refusals.map { PlacedRefusal(place: "people[\(index)]", refusal: $0) }
            }
            throw Problem(placed, times: LocalTime(try await event(call.parameters)))
        case .unknownEvent: throw Problem.unknownEvent
        case .keyReused: throw Problem.keyReused
        case .wrongSize: throw Problem.invalid("people", "Must have at least one entry.")
        }
    }
}
