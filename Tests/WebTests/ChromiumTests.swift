import Glibc
import HTTP
import HTTPServer
import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .serialized, .timeLimit(.minutes(2)))
struct ChromiumTests {
    let enter = "\u{E007}"

    /// A house whose pages are really served.
    func serve<Answer>(
        _ house: House, _ screen: Chromium.Screen,
        _ body: (Chromium, String) async throws -> Answer
    ) async throws -> Answer {
        let server = try Server(house.router, listeningOn: [ListenAddress("127.0.0.1:0")])
        let port = try #require(server.port)
        let answer = try await Chromium.open(screen) { try await body($0, "http://127.0.0.1:\(port)") }
        await server.stop(withinSeconds: 1)
        return answer
    }

    func signIn(_ browser: Chromium, _ site: String, _ house: House, as role: Role) async throws {
        let password = try await house.password(of: "staff@example.org", role: role)
        try await browser.open(site + "/login")
        try await browser.type("staff@example.org", into: "#email")
        try await browser.type(password + enter, into: "#password")
        try await eventually("signed in") { try await browser.address().hasSuffix("/desk") }
    }

    @Test(arguments: [true, false])
    func `somebody registers on a phone, corrects what was wrong and shows a code that scans`(
        hasJavaScript: Bool
    ) async throws {
        let house = try await House()
        try await house.fill("resources")
        var screen = Chromium.Screen.phone
        screen.hasJavaScript = hasJavaScript
        screen.isDark = true
        try await serve(house, screen) { browser, site in
            try await browser.open(site + Sample.path)
            try await browser.click("a[href$='/register']")
            try await browser.type("Ada Lovelace", into: "#name")
            try await browser.type("Step-free <b>access</b>", into: "#access_needs")
            try await browser.click("label:has([value='case-studies'])")
            try await browser.click("form button[type='submit']")
            try await eventually("the problems are shown") { try await browser.has("#problems") }
            #expect(try await browser.title().hasPrefix("Problem: Register"))
            #expect(try await browser.evaluate("document.activeElement.id") == "problems")
            try await browser.click("#problems a[href='#email']")
            #expect(try await browser.evaluate("document.activeElement.id") == "email")
            try await browser.type("ada@example.org")
            try await browser.click("#problems a[href='#session.active-practice']")
            // A full workshop can only be waited for; the question is still answered by the keyboard.
            try await browser.type(" ")
            #expect(try await browser.evaluate("document.activeElement.checked") == "true")
            #expect(try await browser.has("input[type=checkbox][value='~resources']"))
            #expect(try await browser.evaluate("document.getElementById('name').value") == "Ada Lovelace")
            try await browser.click("form button[type='submit']")
            try await eventually("registered") { try await browser.has(".done") }
            #expect(try await browser.text(".badge-name") == "Ada Lovelace")
            let person = try #require(
                try await house.front.attendees(
                    event: Sample.event.slug, AttendeeFilter(search: "Ada"), limit: 2)?.items
                    .first)
            #expect(person.bookings.map(\.session.slug) == ["case-studies", "active-practice"])
            #expect(person.attendee.accessNeeds == "Step-free <b>access</b>")
            #expect(try await scannedCode(browser) == person.attendee.code.description)
        }
    }

    /// What a scanner reads off the screen.
    func scannedCode(_ browser: Chromium) async throws -> String {
        let folder = try TemporaryFolder()
        let path = folder.path("screen.png")
        let picture = try await browser.picture()
        let file = try #require(fopen(path, "w"))
        fwrite(picture, 1, picture.count, file)
        fclose(file)
        let output = try await Program.run("zbarimg", arguments: ["-q", "--raw", path])
        return String(output.prefix(26))
    }

    @Test(arguments: [Chromium.Screen.smallPhone, .phone, .desktop])
    func `no page scrolls sideways or has a target that is too small for a thumb`(
        screen: Chromium.Screen
    ) async throws {
        let house = try await House()
        let long = String(repeating: "Lovelace", count: 15)
        let person = try await house.register(
            RegistrationForm(
                name: long, email: "a@example.org", organisation: long, role: long, sessions: ["walk"]))
        house.clock.now = Sample.at(9)
        try await house.admit(person)
        try await serve(house, screen) { browser, site in
            try await signIn(browser, site, house, as: .admin)
            let own = "\(Sample.path)/me/\(person.attendee.reference)/\(person.manageKey)"
            let desk = "/desk/\(Sample.event.slug)"
            let staff = Visit(house)
            try await staff.signIn(.reception)
            let found = try #require(try await staff.search("love").headers["Location"])
            for path in [
                "/login", Sample.path, Sample.registerPath, own, "/desk", found,
                "\(desk)/\(person.attendee.reference)", "/organise/\(Sample.event.slug)", "/sign-ins",
                "/nowhere",
            ] {
                try await browser.open(site + path)
                let width = try await browser.evaluate("document.documentElement.scrollWidth")
                #expect(Int(width) ?? .max <= screen.width, "\(path)")
                #expect(try await browser.evaluate(ChromiumTests.smallTargets) == "", "\(path)")
            }
        }
    }

    /// What can be pressed and is under 44 px high; links in a sentence may be (WCAG 2.2, 2.5.8), and so may one that
    /// stretches over the card around it.
    static let smallTargets = """
        [...document.querySelectorAll("a, button, summary, select, textarea, input:not([type=hidden])")]
        .filter((part) => getComputedStyle(part, "::after").position !== "absolute")
        .map((part) => part.closest("label") || part)
        .filter((part) => !part.closest("p, .hidden") && part.checkVisibility())
        .filter((part) => { const box = part.getBoundingClientRect(); return box.width > 1 && box.height < 44; })
        .map((part) => part.outerHTML.slice(0, 80)).join()
        """

    @Test func `the live page renews itself, says when the connection is lost and comes back by itself`()
        async throws
    {
        let house = try await House()
        let people = [try await house.register("Ada"), try await house.register("Charles")]
        house.clock.now = Sample.at(9)
        let first = try Server(house.router, listeningOn: [ListenAddress("127.0.0.1:0")])
        let port = try #require(first.port)
        try await Chromium.open(.desktop) { browser in
            let site = "http://127.0.0.1:\(port)"
            try await signIn(browser, site, house, as: .organiser)
            try await browser.open("\(site)/organise/\(Sample.event.slug)")
            try await eventually("live") { try await browser.text("#state") == "Live" }
            #expect(try await browser.text("#arrived") == "0")
            try await house.admit(people[0])
            try await eventually("one arrived") { try await browser.text("#arrived") == "1" }
            #expect(try await browser.text(".scans").contains("Ada"))
            await first.stop(withinSeconds: 1)
            try await eventually("lost") { try await browser.text("#state").contains("Connection lost") }
            try await house.admit(people[1])
            let second = try Server(house.router, listeningOn: [ListenAddress("127.0.0.1:\(port)")])
            try await eventually("two arrived", withinSeconds: 20) {
                try await browser.text("#arrived") == "2"
            }
            #expect(try await browser.text("#state") == "Live")
            for session in try await house.front.staffSessions() {
                _ = try await house.front.revokeStaffSession(session.id, of: nil)
            }
            await second.stop(withinSeconds: 1)
            let third = try Server(house.router, listeningOn: [ListenAddress("127.0.0.1:\(port)")])
            try await eventually("signed out", withinSeconds: 20) {
                try await browser.text("#state").contains("Your sign-in has ended")
            }
            await third.stop(withinSeconds: 1)
        }
    }

    @Test func `a scanner that types checks in one person after the other, wherever the focus is`()
        async throws
    {
        let house = try await House()
        let people = [try await house.register("Ada"), try await house.register("Charles")]
        house.clock.now = Sample.at(9)
        try await serve(house, .desktop) { browser, site in
            try await signIn(browser, site, house, as: .reception)
            try await browser.open("\(site)/desk/\(Sample.event.slug)")
            for person in people {
                try await browser.type(person.attendee.code.description + enter)
                try await eventually("admitted") {
                    guard try await browser.has(".verdict-admit") else { return false }
                    return try await browser.text(".verdict-name") == person.attendee.name
                }
            }
            // Past the time in which the same code is the same scan.
            house.clock.advance(seconds: 60)
            _ = try await browser.evaluate("document.activeElement.blur()")
            try await browser.type(people[0].attendee.code.description + enter)
            try await eventually("again") { try await browser.has(".verdict-again") }
            #expect(try await browser.text(".verdict").contains("09:00 at entrance"))
        }
    }

    @Test func `a badge's way to paper is followed on the desk without a reload`() async throws {
        let house = try await House()
        let ada = try await house.register("Ada")
        house.clock.now = Sample.at(9)
        try await serve(house, .phone) { browser, site in
            try await signIn(browser, site, house, as: .reception)
            try await browser.open("\(site)/desk/\(Sample.event.slug)/\(ada.attendee.reference)")
            try await browser.click("form[action$='/badge'] button")
            try await eventually("asked for") { try await browser.text("#jobs").contains("Waiting") }
            var job = try #require(try await house.front.printJobs(of: ada.attendee.id).first)
            job.state = .printed
            _ = try await house.front.notePrintWork(job)
            try await eventually("printed") { try await browser.text("#jobs").contains("Printed") }
        }
    }
}
