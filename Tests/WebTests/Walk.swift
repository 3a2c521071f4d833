import Foundation
import HTTPServer
import Operations
import Registration
import TestPeers
import Testing

/// Somebody who goes through the pages on a phone, with JavaScript or without, in a browser that the suite shares.
///
/// With JavaScript the phone is light and without it dark, so that each step is seen both ways. Where the variable
/// `LANYARD_PICTURES` names a folder, a picture of each step is put there.
struct Walk {
    static let screen = Chromium.Screen(width: 360, height: 800)

    let house: House
    let browser: Chromium
    /// Where the pages are, without a slash at the end.
    let site: String
    private let name: String

    static func through(
        _ house: House, _ name: String, hasJavaScript: Bool, _ body: (Walk) async throws -> Void
    ) async throws {
        let browser = try #require(SharedBrowser.current)
        var screen = screen
        screen.hasJavaScript = hasJavaScript
        screen.isDark = !hasJavaScript
        try await browser.show(screen)
        try await browser.forgetCookies()
        let server = try Server(house.router, listeningOn: [ListenAddress("127.0.0.1:0")])
        let site = "http://127.0.0.1:\(try #require(server.port))"
        let walk = Walk(
            house: house, browser: browser, site: site,
            name: "\(name)-\(hasJavaScript ? "script-light" : "plain-dark")")
        do {
            try await body(walk)
        } catch {
            try? await walk.browser.keepPicture("\(walk.name)-failed")
            await server.stop(withinSeconds: 1)
            throw error
        }
        await server.stop(withinSeconds: 1)
    }

    func open(_ path: String) async throws { try await browser.open(site + path) }

    /// Opens what a letter leads to.
    func openLetter(_ url: String) async throws {
        try await open(String(url.dropFirst(house.front.settings.publicURL.count)))
    }

    func press(_ selector: String) async throws { try await browser.click(selector) }

    func type(_ text: String, into selector: String) async throws {
        try await browser.type(text, into: selector)
    }

    /// Puts a text in the place of what a field holds.
    func retype(_ text: String, into selector: String) async throws {
        try await browser.clear(selector)
        try await browser.type(text, into: selector)
    }

    func submit() async throws { try await press("form button[type='submit']") }

    /// Waits until the page's heading is this, and looks at it.
    func see(_ heading: String, _ step: String) async throws {
        try await eventually("\(step): “\(heading)”") { try await browser.text("h1") == heading }
        try await look(step)
    }

    /// Waits for the summary of problems, looks at it, and answers what it says.
    func seeProblems(_ step: String) async throws -> String {
        try await eventually("\(step): the problems are shown") { try await browser.has("#problems") }
        #expect(try await browser.title().hasPrefix("Problem: "))
        #expect(try await browser.evaluate("document.activeElement.id") == "problems", "\(step)")
        try await look(step)
        return try await browser.text("#problems")
    }

    /// What holds of each step on a phone: nothing scrolls sideways, and a thumb hits whatever can be pressed.
    func look(_ step: String) async throws {
        let reach = try await browser.evaluate("document.scrollingElement.scrollWidth")
        #expect(Int(reach) ?? .max <= Walk.screen.width, "\(step)")
        let small = try await browser.evaluate(ChromiumTests.smallTargets)
        #expect(small == "", "\(step)")
        try await browser.keepPicture("\(name)-\(step)")
    }

    /// Has somebody cancel who has a place there.
    func freePlace(in session: String) async throws {
        let page = try await house.front.attendees(
            event: Sample.event.slug,
            AttendeeFilter(session: session, status: .confirmed), limit: 1)
        let guest = try #require(page?.items.first)
        _ = try await house.front.cancel(
            event: Sample.event.slug, reference: guest.attendee.reference, byStaff: false)
    }

    /// The one person whom a search finds.
    func found(_ search: String) async throws -> RegisteredAttendee {
        let page = try await house.front.attendees(
            event: Sample.event.slug, AttendeeFilter(search: search), limit: 2)
        let people = page?.items ?? []
        try #require(people.count == 1)
        return people[0]
    }

    /// What the newest letter of a kind holds.
    func letter(_ kind: LetterKind) async throws -> LetterContents {
        let letters = try await house.front.lettersDue(limit: 100).filter { $0.told.kind == kind }
        let newest = try #require(letters.max { $0.id.rawValue < $1.id.rawValue })
        return try #require(try await house.front.contents(of: newest))
    }

    static func own(_ person: RegisteredAttendee, _ form: String = "") -> String {
        "\(Sample.path)/me/\(person.attendee.reference)/\(person.manageKey)\(form)"
    }
}

extension Chromium {
    /// Puts a picture of the whole page into the folder that is named, if one is.
    func keepPicture(_ name: String) async throws {
        guard let folder = ProcessInfo.processInfo.environment["LANYARD_PICTURES"] else { return }
        try Data(try await wholePicture()).write(to: URL(fileURLWithPath: "\(folder)/\(name).png"))
    }
}

/// One browser for all tests of a suite: to start one for each would take longer than what they do with it.
struct SharedBrowser: SuiteTrait, TestScoping {
    @TaskLocal static var current: Chromium?

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await Chromium.open(Walk.screen) { browser in
            try await SharedBrowser.$current.withValue(browser) { try await function() }
        }
    }
}

extension Trait where Self == SharedBrowser {
    static var sharesBrowser: Self { Self() }
}
