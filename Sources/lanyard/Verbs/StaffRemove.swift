import Operations

extension Verb {
    static let staffRemove = Verb(
        "staff remove", "Removes somebody who signs in, and ends their sign-ins.", operands: ["EMAIL"],
        options: databaseOptions
    ) { options in
        let email = options.operands[0]
        guard try await options.withFrontOfHouse({ try await $0.removeStaff(email) }) else {
            throw Failure("Nobody signs in as “\(email)”. `lanyard staff list` names those who do.")
        }
        Console.complain("\(email) can't sign in any more.")
    }
}
