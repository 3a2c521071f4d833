public import Registration
internal import Secrets
internal import Storage

public enum CreateTokenOutcome: Sendable {
    /// Shown this once; only a hash of it is kept.
    case created(token: String)
    case unknownEvent
}

extension FrontOfHouse {
    /// Makes a token for the API.
    ///
    /// - Parameter slug: the only event it is good for; nil for all.
    public func createToken(role: Role, event slug: String?) async throws -> CreateTokenOutcome {
        let token = random.token()
        let now = now
        let isCreated = try await store.write { transaction in
            var event: EventID?
            if let slug {
                event = try transaction.findEvent(slug)?.id
                if event == nil { return false }
            }
            try transaction.addToken(hash: TokenHash(of: token).text, role: role, event: event, at: now)
            return true
        }
        return isCreated ? .created(token: token) : .unknownEvent
    }

    /// What a token allows; nil for one that was never made or was revoked.
    public func tokenHolder(_ token: String) async throws -> TokenHolder? {
        let hash = TokenHash(of: token).text
        return try await store.read { try $0.findToken(hash: hash) }
    }

    /// Every token that was made, oldest first.
    public func tokens() async throws -> [IssuedToken] {
        try await store.read { try $0.tokens() }
    }

    /// Ends a token, at once and for good; whether there was one to end.
    public func revokeToken(_ id: Int64) async throws -> Bool {
        let now = now
        return try await store.write { try $0.revokeToken(id, at: now) }
    }
}
