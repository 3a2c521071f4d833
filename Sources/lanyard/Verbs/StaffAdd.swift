import Operations
import Registration

extension Verb {
    static let staffAdd = Verb(
        "staff add", "Adds somebody who signs in, or gives them a new password.", operands: ["EMAIL"],
        options: [
            Option(name: "role", value: "ROLE", help: "reception, organiser or admin", isNeeded: true)
        ] + databaseOptions, notes: Role.explained
    ) { options in
        let role = try options.role()
        let email = options.operands[0]
        let outcome = try await options.withFrontOfHouse(creates: true) {
            try await $0.addStaff(email, role: role)
        }
        switch outcome {
        case .notAnAddress: throw UsageError("“\(email)” is not an e-mail address")
        case .added(let member, let password):
            Console.complain("\(member.email) signs in at /login as \(role.rawValue) with this password:")
            Console.tell(password)
        case .changed(let member, let password):
            Console.complain(
                "Changed \(member.email), whose sign-ins have ended. They sign in at /login as \(role.rawValue) with"
                    + " this password from now on:")
            Console.tell(password)
        }
    }
}

extension Options {
    func role() throws(UsageError) -> Role {
        let text = self["role"] ?? ""
        guard let role = Role(rawValue: text) else {
            let roles = Role.allCases.map(\.rawValue).joined(separator: ", ")
            throw UsageError("there is no role “\(text)”; the roles are \(roles)")
        }
        return role
    }
}
