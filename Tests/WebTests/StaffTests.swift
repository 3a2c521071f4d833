import HTTP
import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct StaffTests {
    static let live = "/organise/\(Sample.event.slug)"
    static let desk = "/desk/\(Sample.event.slug)"

    @Test func `who is not signed in is sent to sign in, and afterwards to where they wanted`() async throws {
        let house = try await House()
        let visit = Visit(house)
        let sent = try await visit.get(StaffTests.desk + "?q=ada")
        #expect(sent.headers["Location"] == "/login?next=%2Fdesk%2Factive-connections-2024%3Fq%3Dada")
        let form = try await visit.follow(sent)
        let password = try await house.password(of: "desk@example.org", role: .reception)
        let signedIn = try await visit.post(
            "/login",
            [
                ("token", form.token), ("email", "desk@example.org"), ("password", password),
                ("next", StaffTests.desk + "?q=ada"),
            ])
        #expect(signedIn.headers["Location"] == StaffTests.desk + "?q=ada")
        #expect(try await visit.follow(signedIn).status == .ok)
    }

    @Test(arguments: ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
    func `a sign-in leads nowhere else`(next: String) async throws {
        let house = try await House()
        let visit = Visit(house)
        let password = try await house.password(of: "desk@example.org", role: .reception)
        let form = try await visit.get("/login?next=" + PercentEncoding.encode(next))
        #expect(form.value("next") == nil)
        let page = try await visit.post(
            "/login",
            [
                ("token", form.token), ("email", "desk@example.org"), ("password", password), ("next", next),
            ])
        #expect(page.headers["Location"] == "/desk")
    }

    @Test func `a wrong password and an unknown address are answered the same, without the password`()
        async throws
    {
        let house = try await House()
        _ = try await house.password(of: "desk@example.org", role: .reception)
        let visit = Visit(house)
        for email in ["desk@example.org", "nobody@example.org", "no address"] {
            let form = try await visit.get("/login")
            let page = try await visit.post(
                "/login", [("token", form.token), ("email", email), ("password", "correct horse")])
            #expect(page.status == .unprocessableContent)
            #expect(page.problemTargets == ["password"])
            #expect(page.value("email") == email)
            #expect(!page.text.contains("correct horse"))
        }
    }

    @Test func `too many attempts are told when to come back`() async throws {
        let house = try await House(signInsPerMinute: 2)
        let visit = Visit(house)
        let form = try await visit.get("/login")
        let fields = [("token", form.token), ("email", "a@example.org"), ("password", "x")]
        for _ in 1...2 { #expect(try await visit.post("/login", fields).status == .unprocessableContent) }
        let page = try await visit.post("/login", fields)
        #expect(page.status == .tooManyRequests)
        #expect(Int(page.headers["Retry-After"] ?? "") ?? 0 > 0)
    }

    @Test func `the cookie of a sign-in is for this site and no script, over TLS where there is TLS`()
        async throws
    {
        for (publicURL, name) in [
            ("http://127.0.0.1", "lanyard-session"), ("https://a.example", "__Host-lanyard-session"),
        ] {
            let house = try await House(publicURL: publicURL)
            let visit = Visit(house)
            let password = try await house.password(of: "a@example.org", role: .admin)
            let form = try await visit.get("/login")
            let page = try await visit.post(
                "/login", [("token", form.token), ("email", "a@example.org"), ("password", password)])
            let cookie = try #require(page.headers.all("Set-Cookie").first { $0.hasPrefix(name + "=") })
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"))
            #expect(cookie.contains("; Secure") == publicURL.hasPrefix("https"))
        }
    }

    @Test func `a session that was planted before is not the one that is signed in`() async throws {
        let house = try await House()
        let visit = Visit(house)
        visit.setCookie("lanyard-session", "planted")
        try await visit.signIn(.reception)
        #expect(visit.cookie("lanyard-session") != "planted")
        let attacker = Visit(house)
        attacker.setCookie("lanyard-session", "planted")
        #expect(try await attacker.get(StaffTests.desk).status == .seeOther)
    }

    @Test func `signing out ends the session, also for who copied its cookie`() async throws {
        let house = try await House()
        let visit = Visit(house)
        try await visit.signIn(.reception)
        let thief = Visit(house)
        thief.setCookie("lanyard-session", visit.cookie("lanyard-session"))
        let page = try await visit.get(StaffTests.desk)
        #expect(try await visit.post("/logout", [("token", page.token)]).status == .seeOther)
        #expect(visit.cookie("lanyard-session") == nil)
        #expect(try await thief.get(StaffTests.desk).status == .seeOther)
    }

    @Test func `a session ends twelve hours after it was last used`() async throws {
        let house = try await House()
        let visit = Visit(house)
        try await visit.signIn(.reception)
        house.clock.advance(seconds: 11 * 3_600)
        #expect(try await visit.get(StaffTests.desk).status == .ok)
        house.clock.advance(seconds: 11 * 3_600)
        #expect(try await visit.get(StaffTests.desk).status == .ok)
        house.clock.advance(seconds: 12 * 3_600 + 1)
        #expect(try await visit.get(StaffTests.desk).status == .seeOther)
    }

    @Test(arguments: [
        (Role.reception, live, Status.forbidden), (.reception, live + "/live", .forbidden),
        (.reception, "/organise", .forbidden), (.reception, desk, .ok), (.reception, "/sign-ins", .ok),
        (.organiser, live, .ok), (.organiser, desk, .ok), (.admin, live, .ok),
    ])
    func `each role sees what is its own`(role: Role, path: String, status: Status) async throws {
        let visit = Visit(try await House())
        try await visit.signIn(role)
        #expect(try await visit.get(path).status == status)
    }

    @Test func `every form of staff is refused without its token, and nothing is done`() async throws {
        let house = try await House()
        let person = try await house.register("Ada")
        house.clock.now = Sample.at(9)
        let visit = Visit(house)
        try await visit.signIn(.admin)
        let own = "\(StaffTests.desk)/\(person.attendee.reference)"
        let other = Visit(house)
        try await other.signIn(.admin)
        let otherToken = try await other.get(StaffTests.desk).token
        let forms = [
            StaffTests.desk + "/scan", own + "/check-in", own + "/badge", own + "/badge/1/retry",
            own + "/badge/1/cancel",
            "/sign-ins/1/end", "/logout",
        ]
        for path in forms {
            for token in ["", "nonsense", otherToken] {
                let page = try await visit.post(path, [("token", token), ("text", "Ada")])
                #expect(page.status == .forbidden, "\(path)")
            }
            let stranger = try await Visit(house).post(path, [("token", "")])
            #expect(stranger.headers["Location"]?.hasPrefix("/login") == true, "\(path)")
        }
        #expect(try await house.front.attendance(event: Sample.event.slug)?.arrived == 0)
        #expect(try await visit.get(StaffTests.desk).status == .ok)
    }

    @Test func `one's own sign-ins are listed and ended; an administrator's list has everybody's`()
        async throws
    {
        let house = try await House()
        let password = try await house.password(of: "ada@example.org", role: .reception)
        let (one, two, admin) = (Visit(house), Visit(house), Visit(house))
        for visit in [one, two] {
            let form = try await visit.get("/login")
            _ = try await visit.post(
                "/login", [("token", form.token), ("email", "ada@example.org"), ("password", password)])
        }
        try await admin.signIn(.admin, email: "root@example.org")
        let page = try await one.get("/sign-ins")
        #expect(!page.text.contains("root@example.org"))
        let all = try await admin.get("/sign-ins")
        #expect(all.text.contains("root@example.org") && all.text.contains("ada@example.org"))
        let sessions = try await house.front.staffSessions()
        let adminSession = try #require(sessions.first { $0.member.role == .admin })
        let refused = try await one.post("/sign-ins/\(adminSession.id)/end", [("token", page.token)])
        #expect(refused.status == .notFound)
        let ended = try #require(sessions.filter { $0.member.role == .reception }.map(\.id).max())
        _ = try await one.post("/sign-ins/\(ended)/end", [("token", page.token)])
        #expect(try await two.get("/sign-ins").status == .seeOther)
        #expect(try await one.get("/sign-ins").status == .ok)
    }
}
