import Operations
import Registration
import Testing

@Suite(.timeLimit(.minutes(1)))
struct SignInTests {
    /// So long that it is known to be wrong without being hashed.
    static let wrong = String(repeating: "x", count: 2_000)

    private func added(_ email: String, _ role: Role = .organiser, to house: House) async throws -> String {
        guard case .added(_, let password) = try await house.front.addStaff(email, role: role) else {
            throw Refused()
        }
        return password
    }

    private struct Refused: Error {}

    private func token(_ house: House, _ email: String, _ password: String) async throws -> String {
        guard
            case .signedIn(_, let token) = try await house.front.signIn(
                email: email, password: password, from: "192.0.2.1")
        else { throw Refused() }
        return token
    }

    @Test func `the right password opens a session, and nothing else does`() async throws {
        let house = try await House()
        let password = try await added("Ada@example.org", to: house)
        let token = try await token(house, " ada@EXAMPLE.org", password)
        let session = try #require(try await house.front.staffSession(token: token))
        #expect(session.member.email == "Ada@example.org" && session.member.role == .organiser)
        for stranger in ["", token + "0", String(token.dropLast()), token.lowercased()]
        where stranger != token {
            #expect(try await house.front.staffSession(token: stranger) == nil)
        }
        for (email, password) in [
            ("ada@example.org", password + "0"), ("bob@example.org", password), ("nobody", password),
        ] {
            guard case .wrong = try await house.front.signIn(email: email, password: password, from: email)
            else {
                Issue.record("\(email) came in")
                continue
            }
        }
    }

    @Test func `too many attempts from one address or to one account wait, and others don't`() async throws {
        let house = try await House()
        let password = try await added("ada@example.org", to: house)
        let attempt = { (email: String, client: String, password: String) in
            switch try await house.front.signIn(email: email, password: password, from: client) {
            case .signedIn: "in"
            case .wrong: "wrong"
            case .tooMany(let seconds): "wait \(seconds)"
            }
        }
        for client in ["a", "b", "c"] {
            #expect(try await attempt("ada@example.org", client, SignInTests.wrong) == "wrong")
        }
        #expect(try await attempt("ADA@example.org", "d", password) == "wait 20")
        for number in 0..<3 {
            #expect(
                try await attempt("\(number)@example.org", "e", SignInTests.wrong)
                    == (number < 3 ? "wrong" : ""))
        }
        #expect(try await attempt("bob@example.org", "e", SignInTests.wrong) == "wait 20")
        #expect(try await attempt("bob@example.org", "f", SignInTests.wrong) == "wrong")
        house.clock.advance(seconds: 20)
        #expect(try await attempt("ada@example.org", "g", password) == "in")
    }

    @Test func `a session lasts while it is used and ends when it was not for long enough`() async throws {
        let house = try await House()
        let password = try await added("ada@example.org", to: house)
        let token = try await token(house, "ada@example.org", password)
        let seconds = house.front.settings.staffSessionSeconds
        for _ in 0..<3 {
            house.clock.advance(seconds: seconds - 1)
            #expect(try await house.front.staffSession(token: token) != nil)
        }
        house.clock.advance(seconds: seconds)
        #expect(try await house.front.staffSession(token: token) == nil)
        #expect(try await house.front.staffSessions().isEmpty)
    }

    @Test func `a session can be revoked by whose it is, by an admin, and not by another`() async throws {
        let house = try await House()
        let ada = try await added("ada@example.org", to: house)
        let bob = try await added("bob@example.org", to: house)
        let adas = try await token(house, "ada@example.org", ada)
        let bobs = try await token(house, "bob@example.org", bob)
        let session = try #require(try await house.front.staffSession(token: adas))
        let other = try #require(try await house.front.staffSession(token: bobs))
        #expect(try await house.front.staffSessions().map(\.id) == [other.id, session.id])
        #expect(try await !house.front.revokeStaffSession(session.id, of: other.member.id))
        #expect(try await house.front.staffSession(token: adas) != nil)
        #expect(try await house.front.revokeStaffSession(session.id, of: session.member.id))
        #expect(try await house.front.staffSession(token: adas) == nil)
        #expect(try await !house.front.revokeStaffSession(session.id, of: nil))
        #expect(try await house.front.revokeStaffSession(other.id, of: nil))
        #expect(try await house.front.staffSession(token: bobs) == nil)
    }

    @Test func `a new password ends all sessions of the old one`() async throws {
        let house = try await House()
        let old = try await added("ada@example.org", .reception, to: house)
        let token = try await token(house, "ada@example.org", old)
        let new = try await added("ADA@example.org", .admin, to: house)
        #expect(try await house.front.staffSession(token: token) == nil)
        #expect(try await house.front.staff().map(\.role) == [.admin])
        await #expect(throws: Refused.self) { try await self.token(house, "ada@example.org", old) }
        #expect(try await house.front.staffSession(token: self.token(house, "ada@example.org", new)) != nil)
    }

    @Test func `what is no address is not added`() async throws {
        let house = try await House()
        guard case .notAnAddress = try await house.front.addStaff("ada", role: .admin) else {
            Issue.record("added")
            return
        }
        #expect(try await house.front.staff().isEmpty)
    }

    @Test func `a form's token is good for its session alone`() async throws {
        let house = try await House()
        let token = house.front.formToken(session: "one")
        #expect(house.front.isFormToken(token, session: "one"))
        #expect(!house.front.isFormToken(token, session: "two"))
        #expect(!house.front.isFormToken("", session: "one"))
    }

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
}
