import HTTP
import HTTPServer
import Operations
import Registration
import TestPeers
import Testing

/// Every kind of page before axe-core (WCAG 2.2 AA) in a real browser and before the Nu Html Checker.
@Suite(.takesTurns, .serialized, .timeLimit(.minutes(5)))
struct AccessibilityTests {
    @Test func `no route and no kind of page is left out`() async throws {
        let gallery = try await Gallery.whole()
        let routes = Set(gallery.house.router.patterns.map { "\($0.method.rawValue) \($0.pattern)" })
            .filter { !$0.hasPrefix("GET /assets/") }
        #expect(routes.subtracting(gallery.shown).subtracting(Gallery.pageless) == [])
        #expect(Gallery.pageless.subtracting(routes) == [])
        let statuses = Set(gallery.pictures.map(\.status.rawValue))
        #expect(statuses.isSuperset(of: [200, 201, 400, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503]))
    }

    @Test(arguments: [false, true])
    func `axe finds nothing wrong on any page, on a phone and a desktop, light and dark`(isDark: Bool)
        async throws
    {
        var screen = isDark ? Chromium.Screen.smallPhone : .desktop
        screen.isDark = isDark
        try await walkAlong(try await Gallery.whole(), screen) { browser, name in
            let problems = try await PageCheckers.accessibilityProblems(browser)
            #expect(problems == [], "\(name)")
        }
    }

    /// Shows each picture with the real style sheet and scripts.
    private func walkAlong(
        _ gallery: Gallery, _ screen: Chromium.Screen, _ look: (Chromium, String) async throws -> Void
    ) async throws {
        var router = Router()
        router.mount(gallery.house.router)
        let pictures = gallery.pictures
        router.on(.get, "/gallery/{number}") { _, parameters in
            .bytes(
                Array(pictures[Int(parameters["number"]) ?? 0].html.utf8), type: "text/html; charset=utf-8")
        }
        let server = try Server(router, listeningOn: [ListenAddress("127.0.0.1:0")])
        let site = "http://127.0.0.1:\(try #require(server.port))"
        try await Chromium.open(screen) { browser in
            for (number, picture) in pictures.enumerated() {
                try await browser.open("\(site)/gallery/\(number)")
                try await look(browser, picture.name)
            }
        }
        await server.stop(withinSeconds: 1)
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
        let gallery = try await Gallery.whole()
        let problems = try await PageCheckers.markupProblems(gallery.pictures.map { ($0.name, $0.html) })
        #expect(problems == [])
        let bad = try await PageCheckers.markupProblems([
            ("bad", "<!DOCTYPE html><title>x</title><p id=a id=a>")
        ])
        #expect(bad.contains { $0.contains("Duplicate attribute") })
    }

    @Test func `at 400 % zoom nothing runs off the side, and a thumb hits what can be pressed`() async throws
    {
        // A window of 1,280 pixels at 400 % is 320 CSS pixels wide (WCAG 2.2, 1.4.10).
        try await walkAlong(try await Gallery.whole(), .smallPhone) { browser, name in
            let width = try await browser.evaluate("document.scrollingElement.scrollWidth")
            #expect((Int(width) ?? .max) <= 320, "\(name) is \(width) wide")
            let unreachable = try await browser.evaluate(AccessibilityTests.unreachableScrolling)
            #expect(unreachable == "", "\(name)")
            let small = try await browser.evaluate(ChromiumTests.smallTargets)
            #expect(small == "", "\(name)")
            try await browser.keepPicture("gallery-\(name)")
        }
    }

    /// What scrolls sideways on its own and can't be scrolled by the keyboard.
    private static let unreachableScrolling = """
        [...document.querySelectorAll("main *")]
        .filter((part) => part.scrollWidth > part.clientWidth + 1 && part.tabIndex < 0
            && ["auto", "scroll"].includes(getComputedStyle(part).overflowX))
        .map((part) => part.outerHTML.slice(0, 80)).join()
        """
}
