import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct TokenTests {
    @Test func `an API token has its role, and its event where it is bound to one`() async throws {
        let house = try await House()
        let event = try await house.importDay()
        guard case .created(let bound) = try await house.front.createToken(role: .reception, event: "day"),
            case .created(let free) = try await house.front.createToken(role: .admin, event: nil)
        else {
            Issue.record("not created")
            return
        }
        let holder = try #require(try await house.front.tokenHolder(bound))
        #expect(holder.role == .reception && holder.event == event.id)
        #expect(try await house.front.tokenHolder(free)?.role == .admin)
        #expect(try await house.front.tokenHolder(free)?.event == nil)
        #expect(try await house.front.tokenHolder("") == nil)
        #expect(try await house.front.tokenHolder(free + " ") == nil)
        guard case .unknownEvent = try await house.front.createToken(role: .admin, event: "nowhere") else {
            Issue.record("a token for an event that does not exist")
            return
        }
    }

    @Test func `a revoked token allows nothing from then on, and stays in the list`() async throws {
        let house = try await House()
        try await house.importDay()
        var tokens: [String] = []
        for event in ["day", nil] {
            guard case .created(let token) = try await house.front.createToken(role: .admin, event: event)
            else { return }
            tokens.append(token)
        }
        let made = house.clock.now
        let listed = try await house.front.tokens()
        #expect(listed.map(\.event) == ["day", nil] && listed.allSatisfy { $0.revoked == nil })
        #expect(listed.allSatisfy { $0.created == made && $0.role == .admin })
        house.clock.advance(seconds: 60)
        #expect(try await house.front.revokeToken(listed[0].id))
        #expect(try await !house.front.revokeToken(listed[0].id))
        #expect(try await !house.front.revokeToken(999))
        #expect(try await house.front.tokenHolder(tokens[0]) == nil)
        #expect(try await house.front.tokenHolder(tokens[1]) != nil)
        #expect(try await house.front.tokens().map(\.revoked) == [house.clock.now, nil])
    }
}
