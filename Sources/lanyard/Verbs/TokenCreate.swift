import Operations
import Registration

extension Verb {
    static let tokenCreate = Verb(
        "token create", "Makes a token for programs that use the API, and prints it alone.",
        options: [
            Option(name: "role", value: "ROLE", help: "reception, organiser or admin", isNeeded: true),
            Option(name: "event", value: "SLUG", help: "the only event it is good for; all if not given"),
        ] + databaseOptions, notes: Role.explained
    ) { options in
        let role = try options.role()
        let event = options["event"]
        let outcome = try await options.withFrontOfHouse(creates: true) {
            try await $0.createToken(role: role, event: event)
        }
        switch outcome {
        case .created(let token): Console.tell(token)
        case .unknownEvent: throw Failure.unknownEvent(event ?? "")
        }
    }
}

extension Failure {
    static func unknownEvent(_ slug: String) -> Failure {
        Failure("There is no event “\(slug)”. `lanyard event list` names them.")
    }
}
