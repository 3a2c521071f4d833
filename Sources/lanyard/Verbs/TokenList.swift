import FoundationEssentials
import Operations
import Registration

extension Verb {
    static let tokenList = Verb(
        "token list",
        "Lists the tokens, one a line: id, role, event, made when, good or revoked; never the token itself.",
        options: databaseOptions
    ) { options in
        for token in try await options.withFrontOfHouse({ try await $0.tokens() }) {
            let state = token.revoked.map { "revoked \($0.iso8601)" } ?? "good"
            let parts = [
                "\(token.id)", token.role.rawValue, token.event ?? "all events", token.created.iso8601, state,
            ]
            Console.tell(parts.joined(separator: "\t"))
        }
    }
}

extension Timestamp {
    /// In UTC, to the second.
    fileprivate var iso8601: String {
        Date(timeIntervalSince1970: Double(rawValue / 1_000)).formatted(.iso8601)
    }
}
