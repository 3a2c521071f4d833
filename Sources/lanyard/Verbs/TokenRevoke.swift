import Operations

extension Verb {
    static let tokenRevoke = Verb(
        "token revoke", "Ends a token, at once and for good.", operands: ["ID"], options: databaseOptions
    ) { options in
        guard let id = Int64(options.operands[0]) else {
            throw UsageError(
                "“\(options.operands[0])” is not a token's number, as `lanyard token list` shows it")
        }
        guard try await options.withFrontOfHouse({ try await $0.revokeToken(id) }) else {
            throw Failure("There is no token \(id) that is good. `lanyard token list` shows all of them.")
        }
        Console.complain("Token \(id) is revoked.")
    }
}
