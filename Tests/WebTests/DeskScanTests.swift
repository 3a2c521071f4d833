import HTTP
import Operations
import Registration
import TestPeers
import Testing

/// What comes out of a scanner, and what the desk says of it.
@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct DeskScanTests {
    let desk = "/desk/\(Sample.event.slug)"

    private func open(_ house: House) async throws -> Visit {
        house.clock.now = Sample.at(9)
        let visit = Visit(house)
        try await visit.signIn(.reception)
        return visit
    }

    private func scan(_ visit: Visit, _ text: String) async throws -> Page {
        try await visit.follow(try await visit.search(text))
    }

    @Test func `a code at the end of a longer text is checked in, and of two the last`() async throws {
        let house = try await House()
        let (ada, charles) = (try await house.register("Ada"), try await house.register("Charles"))
        let visit = try await open(house)
        let half = try await scan(visit, "Lovela\(ada.attendee.code)")
        #expect(half.text.contains("verdict-admit") && half.path.hasSuffix("\(ada.attendee.reference)"))
        let two = try await scan(visit, "\(ada.attendee.code)]Q1\(charles.attendee.code)")
        #expect(two.text.contains("verdict-admit") && two.path.hasSuffix("\(charles.attendee.reference)"))
    }

    @Test func `the address of somebody's own page opens them, and admits nobody`() async throws {
        let house = try await House()
        let ada = try await house.register("Ada")
        let visit = try await open(house)
        let page = try await scan(
            visit,
            "https://events.example.org\(Sample.path)/me/\(ada.attendee.reference)/\(ada.manageKey)?new")
        #expect(page.path == "\(desk)/\(ada.attendee.reference)" && !page.text.contains("verdict-"))
    }

    @Test(arguments: ["QKL§MÖ:XC;V:BNMASDF", "à&é(-è_çà)=&é\"'(-è", "K7QX2M4PABCDEFGHJKMNPQRSTV.1234567"])
    func `a garbled scan is no name that nobody has`(text: String) async throws {
        let page = try await scan(try await open(try await House()), text)
        #expect(page.text.contains("verdict-deny"))
        #expect(page.text.contains("The scan did not come through. Scan it again."))
        #expect(
            page.text.contains("another keyboard language: search for the name, and tell whoever looks after")
        )
        #expect(!page.text.contains("Register somebody new") && !page.text.contains("Nobody found"))
    }

    @Test(arguments: ["fifteen-letters", "with a space in it all", "somebody@nowhere.example", "short"])
    func `what may be a name or an address is searched for`(text: String) async throws {
        let page = try await scan(try await open(try await House()), text)
        #expect(page.text.contains("Nobody found for") && page.text.contains("Register somebody new"))
        #expect(!page.text.contains("verdict-deny"))
    }

    @Test func `a long name of one word is found`() async throws {
        let house = try await House()
        _ = try await house.register("Papadopoulou-Christodoulou")
        let page = try await scan(try await open(house), "papadopoulou-christodoulou")
        #expect(page.text.contains("1 person found for") && !page.text.contains("verdict-deny"))
    }

    @Test func `a scan after the sign-in has ended says that it was not counted`() async throws {
        let house = try await House()
        let ada = try await house.register("Ada")
        let visit = try await open(house)
        let token = try await visit.get(desk).token
        visit.setCookie("lanyard-session", nil)
        let sent = try await visit.post(
            desk + "/scan", [("token", token), ("text", ada.attendee.code.description)])
        #expect(sent.headers["Location"] == "/login?next=%2Fdesk%2F\(Sample.event.slug)&ended=1")
        let login = try await visit.follow(sent)
        #expect(login.text.contains("Your sign-in has ended"))
        #expect(login.text.contains("The last scan was not counted: sign in, then scan it again."))
        #expect(login.value("next") == desk)
        let wrong = try await visit.post(
            "/login",
            [
                ("token", login.token), ("next", desk), ("ended", "1"), ("email", "a@b.example"),
                ("password", "x"),
            ])
        #expect(wrong.value("next") == desk && wrong.value("ended") == "1")
        #expect(try await !visit.get("/login").text.contains("Your sign-in has ended"))
        #expect(try await house.front.attendance(event: Sample.event.slug)?.arrived == 0)
    }

    @Test func `a form of another sign-in leads to a desk that counts`() async throws {
        let house = try await House()
        let ada = try await house.register("Ada")
        let visit = try await open(house)
        let own = "\(desk)/\(ada.attendee.reference)"
        let code = ada.attendee.code.description
        let refused = try await visit.post(desk + "/scan", [("token", "stale"), ("text", code)])
        #expect(refused.status == .forbidden && refused.text.contains("verdict-deny"))
        #expect(refused.text.contains("Not counted") && refused.text.contains("Scan it again."))
        let again = try await visit.post(desk + "/scan", [("token", refused.token), ("text", code)])
        #expect(try await visit.follow(again).text.contains("verdict-admit"))
        let pressed = try await visit.post(own + "/badge", [("token", "stale")])
        #expect(pressed.text.contains("Press the button again.") && pressed.text.contains("Print badge"))
        #expect(try await house.front.printJobs(of: ada.attendee.id).isEmpty)
    }

    @Test func `each verdict says what to do next`() async throws {
        let house = try await House()
        let (ada, charles) = (try await house.register("Ada"), try await house.register("Charles"))
        _ = try await house.front.cancel(
            event: Sample.event.slug, reference: charles.attendee.reference, byStaff: true)
        var other = Sample.event
        other.slug = "other"
        _ = try await house.front.importEvent(other, sessions: [])
        let form = RegistrationForm(name: "Eve", email: "eve@example.org")
        guard case .registered(let eve) = try await house.front.register(form, event: "other") else {
            throw Unexpected("Eve is not registered")
        }
        let visit = try await open(house)
        _ = try await scan(visit, ada.attendee.code.description)
        house.clock.advance(seconds: 60)
        let again = try await scan(visit, ada.attendee.code.description)
        #expect(again.text.contains("If they only stepped out, let them in."))
        #expect(!again.text.contains("Check in"))
        let cancelled = try await scan(visit, charles.attendee.code.description)
        #expect(cancelled.text.contains("register them anew or ask an organiser."))
        let wrongDesk = try await scan(visit, eve.attendee.code.description)
        #expect(wrongDesk.text.contains("Is this the right desk?"))
        #expect(wrongDesk.text.contains("<a href=\"/desk\">Choose another event</a>"))
        let unknown = try await scan(visit, "00000000000000000000000000")
        #expect(unknown.text.contains("another keyboard language"))
    }

    @Test func `a page of staff that is not there keeps their bar and leads back to the desk`() async throws {
        let house = try await House()
        let visit = try await open(house)
        for (path, back) in [("\(desk)/00000000", desk), ("/desk/nowhere", "/desk")] {
            let page = try await visit.get(path)
            #expect(page.status == .notFound, "\(path)")
            #expect(page.text.contains("href=\"\(back)\">Back to the desk</a>"), "\(path)")
            #expect(page.text.contains("<nav aria-label=\"Staff\">"), "\(path)")
        }
        #expect(try await visit.get("/desk/a/b/c/d").text.contains("Back to the desk"))
        #expect(try await !visit.get("/nowhere").text.contains("Back to the desk"))
    }
}
