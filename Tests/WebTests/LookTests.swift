import Foundation
import HTTP
import Operations
import Registration
import TestPeers
import Testing

/// What only a browser can tell: what is where on the screen.
@Suite(.takesTurns, .serialized, .timeLimit(.minutes(3)))
struct LookTests {
    private let pages = ChromiumTests()

    static let longWord = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"

    /// The sample with a word in each title and place that no line of a phone holds.
    private func longHouse() async throws -> House {
        var event = Sample.event
        event.title = "\(LookTests.longWord): a conference"
        event.venue = LookTests.longWord
        let house = try await House(event: event)
        var sessions = Sample.programme.offers.map(\.session)
        for index in sessions.indices {
            sessions[index].title = LookTests.longWord
            sessions[index].room = LookTests.longWord
        }
        _ = try await house.front.importEvent(event, sessions: sessions)
        event.slug = "other"
        _ = try await house.front.importEvent(event, sessions: [])
        return house
    }

    @Test(arguments: [320, 390, 960, 1_400])
    func `words longer than a line scroll no page sideways`(width: Int) async throws {
        let house = try await longHouse()
        let person = try await house.register(LookTests.longWord, sessions: ["walk"])
        house.clock.now = Sample.at(9)
        try await house.admit(person)
        try await pages.serve(house, Chromium.Screen(width: width, height: 800)) { browser, site in
            let own = "\(Sample.path)/me/\(person.attendee.reference)/\(person.manageKey)"
            var paths = ["/", Sample.path, own]
            func look() async throws {
                for path in paths {
                    try await browser.open(site + path)
                    let reach = try await browser.evaluate("document.documentElement.scrollWidth")
                    #expect(Int(reach) ?? .max <= width, "\(path)")
                }
            }
            try await look()
            try await pages.signIn(browser, site, house, as: .admin)
            let desk = "/desk/\(Sample.event.slug)"
            paths = [
                "/desk", desk, "\(desk)/\(person.attendee.reference)", "/organise/\(Sample.event.slug)",
            ]
            try await look()
        }
    }

    @Test func `the form's picture of the badge keeps a long name on the page`() async throws {
        let house = try await longHouse()
        try await pages.serve(house, .desktop) { browser, site in
            try await browser.open(site + Sample.registerPath)
            for field in ["name", "organisation", "role"] {
                try await browser.type(LookTests.longWord + LookTests.longWord, into: "#\(field)")
            }
            #expect(Int(try await browser.evaluate(LookTests.reach)) ?? .max <= Chromium.Screen.desktop.width)
        }
    }

    /// How far to the right anything reaches, also what is cut off there.
    private static let reach = """
        Math.ceil(Math.max(document.documentElement.scrollWidth,
            ...[...document.querySelectorAll("main *")].map((part) => part.getBoundingClientRect().right)))
        """

    @Test func `strap, clip and card hang together beside a long summary`() async throws {
        var event = Sample.event
        event.summary = String(repeating: "A day for everybody who looks after health. ", count: 40)
        let house = try await House(event: event)
        try await pages.serve(house, .desktop) { browser, site in
            try await browser.open(site + Sample.path)
            let gaps = try await browser.evaluate(
                """
                [[".lanyard-strap", ".lanyard-clip"], [".lanyard-clip", ".lanyard-card"]].map(([above, below]) =>
                    document.querySelector(below).getBoundingClientRect().top
                    - document.querySelector(above).getBoundingClientRect().bottom).filter((gap) => gap > 1).length
                """)
            #expect(gaps == "0")
        }
    }

    @Test(arguments: [(320, 568), (390, 844), (1_024, 768), (1_366, 768)])
    func `after a scan the badge is printed without scrolling`(width: Int, height: Int) async throws {
        let house = try await House()
        let ada = try await house.register(
            RegistrationForm(
                name: "Ada Lovelace", email: "ada@example.org", organisation: "Analytical Engines",
                role: "Programmer", sessions: ["walk"]))
        house.clock.now = Sample.at(9)
        try await pages.serve(house, Chromium.Screen(width: width, height: height)) { browser, site in
            try await pages.signIn(browser, site, house, as: .reception)
            try await browser.open("\(site)/desk/\(Sample.event.slug)")
            try await browser.type("Love\(ada.attendee.code)\u{E007}")
            try await eventually("admitted") { try await browser.has(".verdict-admit") }
            let bottom = try await browser.evaluate(
                "document.querySelector('form[action$=\"/badge\"] button').getBoundingClientRect().bottom")
            #expect(Double(bottom) ?? .infinity <= Double(height))
            let heading = try await browser.evaluate(
                "document.querySelector('h1').getBoundingClientRect().height")
            #expect(Double(heading) ?? .infinity < 48)
            // On a phone whoever is in front of the desk comes before whoever may come next.
            let isBelow = try await browser.evaluate(
                """
                document.querySelector(".desk-new").getBoundingClientRect().top
                    > document.querySelector(".desk-person").getBoundingClientRect().top
                """)
            #expect(isBelow == (width < 640 ? "true" : "false"))
        }
    }

    @Test(arguments: [Chromium.Screen.smallPhone, .desktop])
    func `a problem's link leads to where its label is seen`(screen: Chromium.Screen) async throws {
        let house = try await House()
        try await pages.serve(house, screen) { browser, site in
            try await browser.open(site + Sample.registerPath)
            try await browser.click("#register button[type='submit']")
            try await eventually("the problems are shown") { try await browser.has("#problems") }
            for (target, label) in [
                ("name", "label[for='name']"), ("email", "label[for='email']"),
                ("session.active-practice", "fieldset:has([id='session.active-practice']) legend"),
            ] {
                try await browser.click("#problems a[href='#\(target)']")
                let top = try await browser.evaluate(
                    "document.querySelector(\"\(label)\").getBoundingClientRect().top")
                #expect(Double(top) ?? -1 >= 0, "\(target)")
            }
        }
    }

    @Test func `what was searched for stays in the field, and the next scan takes its place`() async throws {
        let house = try await House()
        let ada = try await house.register("Ada Lovelace")
        house.clock.now = Sample.at(9)
        try await pages.serve(house, .desktop) { browser, site in
            try await pages.signIn(browser, site, house, as: .reception)
            try await browser.open("\(site)/desk/\(Sample.event.slug)")
            try await browser.type("lovelace\u{E007}")
            try await eventually("found") { try await browser.has(".people") }
            #expect(try await browser.evaluate("document.activeElement.value") == "lovelace")
            try await browser.type("\(ada.attendee.code)\u{E007}")
            try await eventually("admitted") { try await browser.has(".verdict-admit") }
        }
    }

    @Test func `news of a badge changes what the announced part holds, and not the part`() async throws {
        let house = try await House()
        let ada = try await house.register("Ada")
        _ = try await house.front.printBadge(event: Sample.event.slug, reference: ada.attendee.reference)
        try await pages.serve(house, .desktop) { browser, site in
            try await pages.signIn(browser, site, house, as: .reception)
            try await browser.open("\(site)/desk/\(Sample.event.slug)/\(ada.attendee.reference)")
            _ = try await browser.evaluate("document.getElementById('jobs').seen = 'before'")
            var job = try #require(try await house.front.printJobs(of: ada.attendee.id).first)
            job.state = .printed
            _ = try await house.front.notePrintWork(job)
            try await eventually("printed") { try await browser.text("#jobs").contains("Printed") }
            #expect(try await browser.evaluate("document.getElementById('jobs').seen") == "before")
            #expect(
                try await browser.evaluate("document.getElementById('jobs').dataset.pending") == "undefined")
        }
    }

    @Test(arguments: [false, true])
    func `what a bar on the live page shows can be told apart, light and dark`(isDark: Bool) async throws {
        let house = try await House()
        try await house.fill("walk")
        var screen = Chromium.Screen.smallPhone
        screen.isDark = isDark
        try await pages.serve(house, screen) { browser, site in
            try await pages.signIn(browser, site, house, as: .organiser)
            try await browser.open("\(site)/organise/\(Sample.event.slug)")
            #expect(try await browser.text("main").contains("Full"))
            #expect(try await browser.text(".meter-key").contains("Booked"))
            var colours: [Double] = []
            for part in ["ground", "taken", "arrived"] {
                let fill = try await browser.evaluate(
                    "getComputedStyle(document.querySelector('.table .meter-\(part)')).fill")
                colours.append(try luminance(fill))
            }
            for (one, other) in [(0, 1), (1, 2), (0, 2)] {
                let pair = [colours[one], colours[other]].sorted()
                #expect((pair[1] + 0.05) / (pair[0] + 0.05) >= 3)
            }
        }
    }

    /// Of `rgb(…)` (WCAG 2.2, relative luminance).
    private func luminance(_ colour: String) throws -> Double {
        let parts = colour.split { !$0.isNumber }.compactMap { Double($0) }
        try #require(parts.count == 3)
        let linear = parts.map { part -> Double in
            let value = part / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    @Test func `on paper no part of the programme goes over two pages`() async throws {
        let house = try await House()
        try await pages.serve(house, .desktop) { browser, site in
            try await browser.open(site + Sample.path)
            let whole = try await browser.evaluate(
                """
                [...document.styleSheets[0].cssRules].filter((rule) => rule.conditionText === "print")
                    .flatMap((rule) => [...rule.cssRules]).filter((rule) => rule.style?.breakInside === "avoid")
                    .some((rule) => document.querySelector(".slot").matches(rule.selectorText))
                """)
            #expect(whole == "true")
        }
    }

    @Test func `names on the live page have the width of a phone`() async throws {
        let house = try await House()
        let ada = try await house.register("Annabella Byron")
        house.clock.now = Sample.at(9)
        try await house.admit(ada)
        try await pages.serve(house, .smallPhone) { browser, site in
            try await pages.signIn(browser, site, house, as: .organiser)
            try await browser.open("\(site)/organise/\(Sample.event.slug)")
            let height = try await browser.evaluate(
                "document.querySelector('.scans bdi').getBoundingClientRect().height")
            #expect(Double(height) ?? .infinity < 32)
        }
    }
}
