internal import HTTP
internal import Operations
internal import Registration

extension Service {
    /// Who asks, if they may.
    func caller(of request: Request, for operation: Operation, _ parameters: Parameters) async throws
        -> TokenHolder?
    {
        guard let header = request.headers["Authorization"] else {
            guard case .everyone = operation.access else {
                throw Problem.unauthenticated("Send a token: Authorization: Bearer TOKEN.", error: nil)
            }
            return nil
        }
        guard let token = Service.token(in: header), let holder = try await frontOfHouse.tokenHolder(token)
        else {
            throw Problem.unauthenticated("This token is not known, or was revoked.", error: "invalid_token")
        }
        if case .role(let role) = operation.access, holder.role < role {
            throw Problem.forbidden("This needs a token with the role \(role.rawValue).")
        }
        if let own = holder.event, operation.path.contains("{event}") {
            guard try await event(parameters).id == own else {
                throw Problem.forbidden("This token is for another event.")
            }
        }
        return holder
    }

    /// The event that the address names.
    func event(_ parameters: Parameters) async throws -> Event {
        guard let event = try await frontOfHouse.event(parameters["event"]) else {
            throw Problem.unknownEvent
        }
        return event
    }

    /// The token of a `Bearer` header (RFC 6750), nil for anything else.
    private static func token(in header: String) -> String? {
        let parts = header.split(separator: " ")
        guard parts.count == 2, parts[0].lowercased() == "bearer", parts[1].utf8.count <= 256 else {
            return nil
        }
        return String(parts[1])
    }
}

extension Problem {
    static func unauthenticated(_ detail: String, error: String?) -> Problem {
        let challenge = #"Bearer realm="lanyard""# + (error.map { #", error="\#($0)""# } ?? "")
        return Problem(.unauthenticated, detail, headers: ["WWW-Authenticate": challenge])
    }

    static func forbidden(_ detail: String) -> Problem {
        Problem(
            .forbidden, detail,
            headers: ["WWW-Authenticate": #"Bearer realm="lanyard", error="insufficient_scope""#])
    }
}
