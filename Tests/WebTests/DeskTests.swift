import HTTP
import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct DeskTests {
    let desk = "/desk/\(Sample.event.slug)"

    func open(_ house: House) async throws -> Visit {
        house.clock.now = Sample.at(9)
        let visit = Visit(house)
        try await visit.signIn(.reception)
        return visit
    }

    func scan(_ visit: Visit, _ text: String) async throws -> Page {
        try await visit.follow(try await visit.search(text))
    }

    @Test func `a scanned code is checked in once, and the verdict is large`() async throws {
        let house = try await House()
        let ada = try await house.register("Ada Lovelace")
        let visit = try await open(house)
        let code = ada.attendee.code.description
        let first = try await scan(visit, code + "\r\n")
        #expect(first.path == "\(desk)/\(ada.attendee.reference)")
        #expect(first.text.contains("verdict-admit"))
        house.clock.advance(seconds: 60)
        let second = try await scan(visit, code)
        #expect(second.text.contains("verdict-again"))
        #expect(second.text.contains("first 09:00 at entrance"))
        #expect(try await house.front.attendance(event: Sample.event.slug)?.arrived == 1)
    }

    @Test func `a code of nobody's is refused in words`() async throws {
        let page = try await scan(try await open(try await House()), "00000000000000000000000000")
        #expect(page.text.contains("verdict-deny"))
        #expect(page.text.contains("Not one of this event"))
    }

    @Test func `a verdict is gone after a minute, so that a page left open welcomes nobody else`()
        async throws
    {
        let house = try await House()
        let ada = try await house.register("Ada")
        let visit = try await open(house)
        let token = try await visit.get(desk).token
        let sent = try await visit.post(
            desk + "/scan", [("token", token), ("text", ada.attendee.code.description)])
        #expect(try await visit.follow(sent).text.contains("verdict-admit"))
        house.clock.advance(seconds: 61)
        #expect(try await !visit.follow(sent).text.contains("verdict-admit"))
        #expect(try await !visit.get("\(desk)?scan=admit").text.contains("verdict"))
    }

    @Test func `whoever comes unannounced is registered at the desk, also after registration has closed`()
        async throws
    {
        let house = try await House()
        let visit = try await open(house)
        house.clock.now = Sample.event.registrationCloses
        let form = "/e/\(Sample.event.slug)/register"
        #expect(try await scan(visit, "Late Comer").text.contains(form))
        let answers = [("name", "Late Comer"), ("email", "late@example.org")]
        let page = try await visit.get(form)
        let blocks = Sample.programme.blocks.compactMap { $0.first?.session.slug }.map {
            ("session." + $0, "-")
        }
        let sent = try await visit.post(
            form, [("token", page.token), ("key", page.value("key") ?? "")] + answers + blocks)
        let late = try await visit.follow(sent)
        #expect(late.path.hasPrefix(desk + "/") && late.text.contains("Late Comer"))
        let stranger = try await Visit(house).get(form)
        #expect(stranger.headers["Location"] == "/e/\(Sample.event.slug)")
    }

    @Test func `people are found by name, address and reference`() async throws {
        let house = try await House()
        let ada = try await house.register(RegistrationForm(name: "Ada Lovelace", email: "ada@example.org"))
        _ = try await house.register(RegistrationForm(name: "Charles Babbage", email: "charles@example.org"))
        let visit = try await open(house)
        for text in ["lovelace", "ADA@EXAMPLE", "  Ada "] {
            let page = try await scan(visit, text)
            #expect(page.text.contains("1 person"), "\(text)")
            #expect(page.text.contains("/desk/\(Sample.event.slug)/\(ada.attendee.reference)"))
            #expect(!page.text.contains("Babbage"))
        }
        let reference = ada.attendee.reference.description.lowercased()
        #expect(try await scan(visit, reference).path == "\(desk)/\(ada.attendee.reference)")
        #expect(
            try await visit.search("Lovelace").headers["Location"]?.lowercased().contains("lovelace") == false
        )
        let none = try await scan(visit, "<b>nobody</b>")
        #expect(none.text.contains("Nobody found for “&lt;b&gt;nobody&lt;/b&gt;”"))
    }

    @Test func `more people than fit are said to be more`() async throws {
        let house = try await House()
        for number in 1...26 { _ = try await house.register("Ada \(number)") }
        let page = try await scan(try await open(house), "ada")
        #expect(page.text.contains("The first 25"))
    }

    @Test func `access and dietary needs are on none of the desk's pages`() async throws {
        let house = try await House()
        let ada = try await house.register(
            RegistrationForm(
                name: "Ada", email: "ada@example.org", accessNeeds: "secret access",
                dietaryNeeds: "secret diet"))
        let visit = try await open(house)
        for text in ["ada", ada.attendee.reference.description] {
            let page = try await scan(visit, text)
            #expect(page.status == .ok && page.text.contains("Ada"))
            #expect(!page.text.contains("secret"))
        }
    }

    @Test func `somebody is checked in by hand and their badge printed on the printer that is chosen`()
        async throws
    {
        let house = try await House()
        let ada = try await house.register("Ada")
        let visit = try await open(house)
        let own = "\(desk)/\(ada.attendee.reference)"
        let page = try await visit.get(own)
        #expect(page.text.contains("<option>back &lt;office&gt;</option>"))
        let admitted = try await visit.follow(
            try await visit.post(own + "/check-in", [("token", page.token)]))
        #expect(admitted.text.contains("verdict-admit") && admitted.text.contains("Arrived"))
        let printed = try await visit.post(
            own + "/badge", [("token", page.token), ("printer", "back <office>")])
        #expect(try await visit.follow(printed).text.contains("on back &lt;office&gt;"))
        let jobs = try await house.front.printJobs(of: ada.attendee.id)
        #expect(jobs.map(\.printer) == ["back <office>"])
        let once = try #require(page.value("once"))
        for _ in 1...2 {
            _ = try await visit.post(own + "/badge", [("token", page.token), ("once", once)])
        }
        #expect(try await house.front.printJobs(of: ada.attendee.id).count == 2)
        let unknown = try await visit.post(own + "/badge", [("token", page.token), ("printer", "gone")])
        #expect(unknown.status == .badRequest)
    }

    @Test func `where there is one printer the button names it, and nothing need be chosen`() async throws {
        let house = try await House(printers: ["front-desk"])
        let ada = try await house.register("Ada")
        let visit = try await open(house)
        let own = "\(desk)/\(ada.attendee.reference)"
        let page = try await visit.get(own)
        #expect(page.text.contains(">Print badge on front-desk</button>"))
        #expect(!page.text.contains("<select"))
        let sent = try await visit.post(own + "/badge", [("token", page.token)])
        #expect(try await visit.follow(sent).text.contains("on front-desk"))
    }

    @Test func `a form that printed nothing can be sent again`() async throws {
        let house = try await House()
        let ada = try await house.register("Ada")
        let visit = try await open(house)
        let own = "\(desk)/\(ada.attendee.reference)"
        let page = try await visit.get(own)
        let form = [("token", page.token), ("once", try #require(page.value("once")))]
        let refused = try await visit.post(own + "/badge", form + [("printer", "gone")])
        #expect(refused.status == .badRequest)
        for _ in 1...2 {
            let sent = try await visit.post(own + "/badge", form + [("printer", "front-desk")])
            #expect(sent.status == .seeOther)
        }
        #expect(try await house.front.printJobs(of: ada.attendee.id).count == 1)
    }

    @Test func `a badge that is stuck shows the printer's reason, gets another try or is taken back`()
        async throws
    {
        let house = try await House()
        let ada = try await house.register("Ada")
        let visit = try await open(house)
        let own = "\(desk)/\(ada.attendee.reference)"
        _ = try await house.front.printBadge(event: Sample.event.slug, reference: ada.attendee.reference)
        var job = try #require(try await house.front.printJobs(of: ada.attendee.id).first)
        job.state = .held
        job.reason = "The printer is out of <paper>."
        _ = try await house.front.notePrintWork(job)
        let page = try await visit.get(own)
        #expect(page.text.contains("The printer is out of &lt;paper&gt;."))
        #expect(page.text.contains("data-pending"))
        let again = try await visit.post("\(own)/badge/\(job.id)/retry", [("token", page.token)])
        #expect(again.status == .seeOther)
        #expect(try await house.front.printJob(job.id)?.state == .queued)
        job.state = .failed
        _ = try await house.front.notePrintWork(job)
        let failed = try await visit.get(own).text
        #expect(failed.contains("<select name=\"printer\" aria-label=\"Printer\">"))
        #expect(failed.contains("<option selected>front-desk</option>"))
        let elsewhere = try await visit.post(
            "\(own)/badge/\(job.id)/retry", [("token", page.token), ("printer", "back <office>")])
        #expect(elsewhere.status == .seeOther)
        #expect(try await house.front.printJob(job.id)?.printer == "back <office>")
        let nowhere = try await visit.post(
            "\(own)/badge/\(job.id)/retry", [("token", page.token), ("printer", "gone")])
        #expect(nowhere.status == .badRequest)
        _ = try await visit.post("\(own)/badge/\(job.id)/cancel", [("token", page.token)])
        #expect(try await house.front.printJob(job.id)?.state == .cancelled)
        let late = try await visit.post("\(own)/badge/\(job.id)/retry", [("token", page.token)])
        #expect(try await visit.follow(late).text.contains("Cancelled"))
        let stranger = try await house.register("Charles").attendee.reference
        let other = try await visit.post("\(desk)/\(stranger)/badge/\(job.id)/retry", [("token", page.token)])
        #expect(other.status == .notFound)
    }

    @Test func `a badge of a printer that was taken away is shown to be stuck, and can be taken back`()
        async throws
    {
        let house = try await House()
        let ada = try await house.register("Ada")
        _ = try await house.front.printBadge(event: Sample.event.slug, reference: ada.attendee.reference)
        let without = Visit(house, router: try await house.overloadedPages())
        house.clock.now = Sample.at(9)
        let signedIn = Visit(house)
        try await signedIn.signIn(.reception)
        without.setCookie("lanyard-session", signedIn.cookie("lanyard-session"))
        let page = try await without.get("\(desk)/\(ada.attendee.reference)")
        #expect(page.text.contains("This printer is no longer configured"))
        #expect(page.text.contains("/cancel\"") && !page.text.contains("/retry\""))
    }

    @Test func `a code is checked in with what the scanner sent before it`() async throws {
        let house = try await House()
        let ada = try await house.register("Ada")
        let visit = try await open(house)
        let page = try await visit.get(desk)
        let sent = try await visit.post(
            desk + "/scan", [("token", page.token), ("text", "]Q1\(ada.attendee.code)\r\n")])
        #expect(try await visit.follow(sent).text.contains("verdict-admit"))
    }

    @Test func `a cancelled registration is neither checked in nor badged`() async throws {
        let house = try await House()
        let ada = try await house.register("Ada")
        let visit = try await open(house)
        _ = try await house.front.cancel(
            event: Sample.event.slug, reference: ada.attendee.reference, byStaff: true)
        let own = "\(desk)/\(ada.attendee.reference)"
        let page = try await visit.get(own)
        #expect(page.text.contains("Cancelled") && !page.text.contains("Print badge"))
        let sent = try await visit.post(own + "/check-in", [("token", page.token)])
        #expect(try await visit.follow(sent).text.contains("verdict-deny"))
        #expect(try await visit.post(own + "/badge", [("token", page.token)]).status == .conflict)
    }
}
