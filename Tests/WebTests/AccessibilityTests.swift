import HTTP
import HTTPServer
import Operations
import Registration
import TestPeers
import Testing

/// Every kind of page before axe-core (WCAG 2.2 AA) in a real browser and before the Nu Html Checker.
@Suite(.takesTurns, .serialized, .timeLimit(.minutes(5)))
struct AccessibilityTests {
    /// A house in which something is full, somebody waits, and somebody has arrived; with the addresses of its
    /// pages by name, the public ones and those of staff.
    private struct Day {
        let house: House
        var open: [(name: String, path: String)] = []
        var staff: [(name: String, path: String)] = []
        /// What is there once the event is over.
        var after: [(name: String, path: String)] = []

        init() async throws {
            var questions = QuestionPageTests.questions
            for index in questions.indices { questions[index].isRequired = false }
            house = try await House(letters: true, questions: questions)
            try await house.fill("case-studies")
            let ada = try await house.register(
                RegistrationForm(
                    name: "Ada Lovelace", email: "ada@example.org", accessNeeds: "A ramp",
                    dietaryNeeds: "Vegan", sessions: ["resources"], consents: [.newsletter],
                    answers: ["hope": .text("Much"), "rules": .tick(true)]))
            var waiting = RegistrationForm(name: "Bob", email: "bob@example.org", ifFull: .wait)
            waiting.sessions = ["case-studies"]
            let bob = try await house.register(waiting)
            let gone = try await house.register("Gone")
            _ = try await house.front.cancel(
                event: Sample.event.slug, reference: gone.attendee.reference, byStaff: true)
            func own(_ person: RegisteredAttendee, _ form: String = "") -> String {
                "\(Sample.path)/me/\(person.attendee.reference)/\(person.manageKey)\(form)"
            }
            open = [
                ("event", Sample.path), ("register", Sample.registerPath),
                ("group", Sample.registerPath + "/group"), ("sent", Sample.path + "/sent"),
                ("link", Sample.path + "/link"), ("own", own(ada)), ("own-waiting", own(bob)),
                ("own-cancelled", own(gone)), ("workshops", own(bob, "/workshops")),
                ("details", own(ada, "/details")), ("answers", own(ada, "/answers")),
                ("cancel", own(ada, "/cancel")), ("login", "/login"),
                ("verify", "/verify"), ("not-found", "/e/nowhere"),
            ]
            after = [("own-after", own(ada)), ("feedback", own(ada, "/feedback"))]
            let (desk, organise) = ("/desk/\(Sample.event.slug)", "/organise/\(Sample.event.slug)")
            staff = [
                ("desk", desk), ("desk-attendee", "\(desk)/\(ada.attendee.reference)"), ("live", organise),
                ("lists", organise + "/lists"), ("needs", organise + "/needs"),
                ("consents", organise + "/consents"), ("materials", organise + "/materials"),
                ("feedback-results", organise + "/feedback"), ("sign-ins", "/sign-ins"), ("events", "/desk"),
            ]
        }
    }

    @Test(arguments: [false, true])
    func `axe finds nothing wrong on any page, on a phone and a desktop, light and dark`(isDark: Bool)
        async throws
    {
        let day = try await Day()
        let server = try Server(day.house.router, listeningOn: [ListenAddress("127.0.0.1:0")])
        let site = "http://127.0.0.1:\(try #require(server.port))"
        var screen = isDark ? Chromium.Screen.smallPhone : .desktop
        screen.isDark = isDark
        let password = try await day.house.password(of: "staff@example.org", role: .organiser)
        try await Chromium.open(screen) { browser in
            for page in day.open {
                try await browser.open(site + page.path)
                try await expectAccessible(browser, page.name)
            }
            try await browser.open(site + Sample.registerPath)
            try await browser.click("form button[type='submit']")
            try await eventually("the problems are shown") { try await browser.has("#problems") }
            try await expectAccessible(browser, "register with problems")
            try await browser.open(site + "/login")
            try await browser.type("staff@example.org", into: "#email")
            try await browser.type(password + "\u{E007}", into: "#password")
            try await eventually("signed in") { try await browser.address().hasSuffix("/desk") }
            day.house.clock.now = Sample.event.ends
            for page in day.after {
                try await browser.open(site + page.path)
                try await expectAccessible(browser, page.name)
            }
            day.house.clock.now = Sample.before
            for page in day.staff {
                try await browser.open(site + page.path)
                try await expectAccessible(browser, page.name)
            }
        }
        await server.stop(withinSeconds: 1)
    }

    private func expectAccessible(_ browser: Chromium, _ name: String) async throws {
        let problems = try await PageCheckers.accessibilityProblems(browser)
        #expect(problems == [], "\(name)")
    }

    @Test func `axe tells of a page that is wrong`() async throws {
        try await Chromium.open(.desktop) { browser in
            try await browser.open("data:text/html,<title>x</title><img src=x><input>")
            let problems = try await PageCheckers.accessibilityProblems(browser)
            #expect(problems.contains { $0.hasPrefix("image-alt: ") })
            #expect(problems.contains { $0.hasPrefix("html-has-lang: ") })
        }
    }

    @Test func `every page is valid HTML`() async throws {
        let day = try await Day()
        let visit = Visit(day.house)
        var pages: [(name: String, html: String)] = []
        for page in day.open { pages.append((page.name, try await visit.get(page.path).text)) }
        let wrong = try await visit.register([("name", "")])
        pages.append(("register-problems", wrong.text))
        try await visit.signIn(.organiser)
        for page in day.staff { pages.append((page.name, try await visit.get(page.path).text)) }
        day.house.clock.now = Sample.event.ends
        for page in day.after { pages.append((page.name, try await visit.get(page.path).text)) }
        let problems = try await PageCheckers.markupProblems(pages)
        #expect(problems == [])
        let bad = try await PageCheckers.markupProblems([
            ("bad", "<!DOCTYPE html><title>x</title><p id=a id=a>")
        ])
        #expect(bad.contains { $0.contains("Duplicate attribute") })
    }

    @Test func `at 400 % zoom nothing runs off the side`() async throws {
        // A window of 1,280 pixels at 400 % is 320 CSS pixels wide (WCAG 2.2, 1.4.10).
        let day = try await Day()
        let server = try Server(day.house.router, listeningOn: [ListenAddress("127.0.0.1:0")])
        let site = "http://127.0.0.1:\(try #require(server.port))"
        try await Chromium.open(.smallPhone) { browser in
            for page in day.open {
                try await browser.open(site + page.path)
                let width = try await browser.evaluate("document.scrollingElement.scrollWidth")
                #expect((Int(width) ?? .max) <= 320, "\(page.name) is \(width) wide")
            }
        }
        await server.stop(withinSeconds: 1)
    }
}
