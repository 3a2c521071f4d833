import Glibc
import Registration
import TestPeers
import Testing

@testable import Operations
@testable import Secrets
@testable import Storage

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct SignInTests {
    /// So long that it is known to be wrong without being hashed.
    static let wrong = String(repeating: "x", count: 2_000)

    private func added(_ email: String, _ role: Role = .organiser, to house: House) async throws -> String {
        switch try await house.front.addStaff(email, role: role) {
        case .added(_, let password), .changed(_, let password): return password
        case .notAnAddress: throw Refused()
        }
    }

    @Test func `whoever is added again is changed, and only the new password and role are true`() async throws
    {
        let house = try await House()
        guard
            case .added(_, let first) = try await house.front.addStaff("ada@example.org", role: .reception),
            case .changed(let member, let second) = try await house.front.addStaff(
                "Ada@example.org", role: .organiser)
        else { throw Refused() }
        #expect(member.email == "Ada@example.org" && member.role == .organiser)
        for (role, password, isTrue) in [
            (Role.organiser, second, true), (.reception, second, false), (.organiser, first, false),
        ] {
            #expect(
                try await house.front.hasStaff("ada@example.org", role: role, password: password) == isTrue)
        }
        #expect(
            try await house.front.hasStaff("bob@example.org", role: .organiser, password: second) == false)
        #expect(try await house.front.removeStaff("ada@example.org"))
        #expect(
            try await house.front.hasStaff("ada@example.org", role: .organiser, password: second) == false)
    }

    private struct Refused: Error {}

    private func token(_ house: House, _ email: String, _ password: String) async throws -> String {
        guard
            case .signedIn(_, let token) = try await house.front.signIn(
                email: email, password: password, from: "192.0.2.1")
        else { throw Refused() }
        return token
    }

    @Test func `an unknown account takes as long as a wrong password`() throws {
        let hash = try PasswordHash(of: "right")
        // The first time makes the hash that nobody's password is compared with.
        _ = try Passwords.compare("wrong", with: nil)
        var known: [Double] = []
        var unknown: [Double] = []
        for _ in 0..<5 {
            known.append(try processorSeconds { try Passwords.compare("wrong", with: hash) })
            unknown.append(try processorSeconds { try Passwords.compare("wrong", with: nil) })
        }
        let ratio = unknown.sorted()[2] / known.sorted()[2]
        #expect((0.5...2).contains(ratio), "\(unknown) \(known)")
    }

    /// What this thread alone uses of a processor, which does not grow when others keep it waiting.
    private func processorSeconds(_ work: () throws -> Passwords.Check) rethrows -> Double {
        var before = timespec()
        var after = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before)
        _ = try work()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after)
        return Double(after.tv_sec - before.tv_sec) + Double(after.tv_nsec - before.tv_nsec) / 1e9
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
        #expect(try await attempt("ADA@example.org", "d", password) == "wait 60")
        for number in 0..<3 {
            #expect(
                try await attempt("\(number)@example.org", "e", SignInTests.wrong)
                    == (number < 3 ? "wrong" : ""))
        }
        #expect(try await attempt("bob@example.org", "e", SignInTests.wrong) == "wait 60")
        #expect(try await attempt("bob@example.org", "f", SignInTests.wrong) == "wrong")
        house.clock.advance(seconds: 60)
        #expect(try await attempt("ada@example.org", "g", password) == "in")
    }

    @Test func `strangers who use up an account's attempts don't keep out who signed in from there before`()
        async throws
    {
        let house = try await House()
        let password = try await added("ada@example.org", to: house)
        var front = house.front
        func attempt(_ client: String, _ password: String) async throws -> String {
            switch try await front.signIn(email: "ada@example.org", password: password, from: client) {
            case .signedIn: "in"
            case .wrong: "wrong"
            case .tooMany: "wait"
            }
        }
        #expect(try await attempt("home", password) == "in")
        house.clock.advance(seconds: 60)
        for client in ["a", "b", "c"] { #expect(try await attempt(client, SignInTests.wrong) == "wrong") }
        #expect(try await attempt("elsewhere", password) == "wait")
        // A share of its own is no larger than the strangers'.
        for _ in 0..<2 { #expect(try await attempt("home", SignInTests.wrong) == "wrong") }
        #expect(try await attempt("home", password) == "in")
        #expect(try await attempt("home", password) == "wait")
        // A restart forgets the attempts, and not from where Ada signs in.
        front.close()
        front = try await House.open(house.folder, house.clock)
        for client in ["a", "b", "c"] { #expect(try await attempt(client, SignInTests.wrong) == "wrong") }
        #expect(try await attempt("a", password) == "wait")
        #expect(try await attempt("home", password) == "in")
        front.close()
    }

    @Test func `of each member of staff the addresses used last are remembered`() async throws {
        let house = try await House()
        _ = try await added("ada@example.org", to: house)
        let address = try #require(EmailAddress("ada@example.org"))
        let known = try await house.front.store.write { transaction in
            let ada = try #require(try transaction.findStaff(address)).member.id
            for number in 0...Transaction.staffAddressLimit {
                try transaction.rememberSignIn(
                    of: ada, from: "\(number)", at: Day.midnight.adding(seconds: Int64(number)))
            }
            try transaction.rememberSignIn(of: ada, from: "1", at: Day.hour(1))
            try transaction.rememberSignIn(of: ada, from: "new", at: Day.hour(2))
            return try ["0", "1", "2", "3", "new"].filter { try transaction.hasSignedIn(ada, from: $0) }
        }
        #expect(known == ["1", "3", "new"])
        #expect(try await house.front.removeStaff("ada@example.org"))
        #expect(try await house.front.verify().isEmpty)
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

    @Test func `what a page asks by itself does not put off the end of a sign-in`() async throws {
        let house = try await House()
        let password = try await added("ada@example.org", to: house)
        let token = try await token(house, "ada@example.org", password)
        let end = house.clock.now.adding(seconds: house.front.settings.staffSessionSeconds)
        while house.clock.now.adding(seconds: 600) < end {
            house.clock.advance(seconds: 600)
            #expect(try await house.front.findStaffSession(token: token)?.expires == end)
        }
        house.clock.now = end
        #expect(try await house.front.findStaffSession(token: token) == nil)
    }

    @Test func `a sign-in ends after its longest life, however much it is used`() async throws {
        let house = try await House()
        let password = try await added("ada@example.org", to: house)
        let end = house.clock.now.adding(seconds: house.front.settings.longestStaffSessionSeconds)
        let token = try await token(house, "ada@example.org", password)
        while house.clock.now.adding(seconds: 36_000) < end {
            house.clock.advance(seconds: 36_000)
            #expect(try await house.front.staffSession(token: token) != nil)
        }
        house.clock.now = end.adding(milliseconds: -1)
        #expect(try await house.front.staffSession(token: token) != nil)
        house.clock.now = end
        #expect(try await house.front.staffSession(token: token) == nil)
    }

    @Test func `who is removed is signed out at once and can't come in again`() async throws {
        let house = try await House()
        let password = try await added("ada@example.org", to: house)
        let other = try await added("bob@example.org", to: house)
        let adas = try await token(house, "ada@example.org", password)
        let bobs = try await token(house, "bob@example.org", other)
        #expect(try await house.front.removeStaff(" ADA@example.org"))
        #expect(try await !house.front.removeStaff("ada@example.org"))
        #expect(try await !house.front.removeStaff("nobody"))
        #expect(try await house.front.staffSession(token: adas) == nil)
        #expect(try await house.front.staffSession(token: bobs) != nil)
        #expect(try await house.front.staff().map(\.email) == ["bob@example.org"])
        await #expect(throws: Refused.self) {
            try await self.token(house, "ada@example.org", password)
        }
    }

    @Test func `a password that was kept at other costs is kept anew once it is given`() async throws {
        let house = try await House()
        let password = "correct horse battery staple"
        _ = try await added("ada@example.org", to: house)
        // Argon2id with 8 MiB and one pass, made by sodium.
        let old =
            "$argon2id$v=19$m=8192,t=1,p=1$7mC4RX/hAFOg+xTioQX0IQ$jYqKe9giNoEQCJTO+qGmau6Y3yURNDojzMM4SdROmUs"
        try await house.front.store.write { transaction in
            _ = try transaction.connection.run("UPDATE staff SET password_hash = $1", .text(old))
        }
        _ = try await token(house, "ada@example.org", password)
        let address = try #require(EmailAddress("ada@example.org"))
        let kept = try await house.front.store.read { try $0.findStaff(address)?.passwordHash }
        #expect(kept != old && kept?.contains("m=65536,t=2") == true)
        _ = try await token(house, "ada@example.org", password)
    }

    @Test(arguments: [false, true])
    func `a new password, or the end of an account, overtakes a sign-in that is being checked`(
        isRemoved: Bool
    ) async throws {
        let house = try await House()
        let address = try #require(EmailAddress("ada@example.org"))
        let password = try await added(address.text, to: house)
        let new = try await house.front.passwords.hash("new").text
        // Passwords are checked one after the other: the sign-in's turn comes after these.
        async let first = house.front.passwords.hash("first")
        async let second = house.front.passwords.hash("second")
        async let outcome = house.front.signIn(email: address.text, password: password, from: "a")
        _ = try await first
        try await house.front.store.write { transaction in
            let staff = try #require(try transaction.findStaff(address)).member
            if isRemoved {
                try transaction.remove(staff.id)
            } else {
                _ = try transaction.saveStaff(address, role: .admin, passwordHash: new, at: Day.midnight)
                try transaction.revokeStaffSessions(of: staff.id, at: Day.midnight)
            }
        }
        _ = try await second
        if case .signedIn(_, let token) = try await outcome {
            #expect(try await house.front.staffSession(token: token) == nil)
        }
        #expect(try await house.front.staffSessions().isEmpty)
    }

    @Test func `more sign-ins than may wait for a hash are told to come back`() async throws {
        let passwords = Passwords()
        let hash = PasswordHash(text: try await passwords.hash("right").text)
        let answers = await withTaskGroup(of: Bool?.self) { group in
            for _ in 0..<Passwords.waitingLimit * 2 {
                group.addTask {
                    do {
                        return try await passwords.check("right", against: hash).isRight
                    } catch is Overloaded {
                        return nil
                    } catch { return false }
                }
            }
            return await group.reduce(into: [Bool?]()) { $0.append($1) }
        }
        #expect(!answers.contains(false))
        #expect(answers.count { $0 == nil } > 0 && answers.count { $0 == true } >= Passwords.waitingLimit)
        #expect(try await passwords.check("right", against: hash).isRight)
    }
}
