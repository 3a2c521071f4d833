import HTTP
import Operations
import Registration
import TestPeers
import Testing

// The keyboard alone: Tab, arrows, Space and Enter.
extension WalkTests {
    private static let tab = "\u{E004}"
    private static let enter = "\u{E007}"
    private static let down = "\u{E015}"

    /// Goes on with Tab until the focus is there; at each stop it is on the screen and seen.
    private func tab(to selector: String, _ walk: Walk) async throws {
        for _ in 0..<80 {
            try await walk.browser.type(WalkTests.tab)
            #expect(try await walk.browser.evaluate(WalkTests.unseenFocus) == "")
            let isThere = try await walk.browser.evaluate(
                "document.activeElement.matches(\"\(selector)\")")
            if isThere == "true" { return }
        }
        Issue.record("Tab does not lead to \(selector)")
    }

    /// What has the focus and does not show it, or is not on the screen.
    private static let unseenFocus = """
        (() => {
            const part = document.activeElement, shown = part.closest(".choice") || part;
            const box = part.getBoundingClientRect(), outline = getComputedStyle(shown);
            const isSeen = outline.outlineStyle !== "none" && parseFloat(outline.outlineWidth) >= 2;
            const isThere = box.bottom > 0 && box.top < innerHeight;
            return part === document.body || (isSeen && isThere) ? "" : part.outerHTML.slice(0, 100);
        })()
        """

    @Test(arguments: [true, false])
    func `registration and a change need no more than a keyboard`(hasJavaScript: Bool) async throws {
        let house = try await House()
        try await house.fill("case-studies")
        try await Walk.through(house, "keyboard", hasJavaScript: hasJavaScript) { walk in
            try await walk.open(Sample.path)
            try await tab(to: ".skip", walk)
            try await walk.browser.type(WalkTests.enter)
            try await tab(to: "a[href$='/register']", walk)
            try await walk.browser.type(WalkTests.enter)
            try await eventually("the form is shown") { try await walk.browser.has("#register") }
            // Sent as it is: the summary has the focus, and the first link leads to the first field.
            try await tab(to: "#register button[type=submit]", walk)
            try await walk.browser.type(WalkTests.enter)
            _ = try await walk.seeProblems("1-problems")
            try await walk.browser.type(WalkTests.tab + WalkTests.enter)
            #expect(try await walk.browser.evaluate("document.activeElement.id") == "name")
            try await walk.browser.type("Ada Lovelace")
            try await tab(to: "#email", walk)
            try await walk.browser.type("ada@example.org")
            // Tab enters the choices at the first, arrows move in them.
            try await tab(to: "[type=radio][name='session.active-medicine']", walk)
            try await walk.browser.type(" ")
            #expect(try await walk.browser.evaluate("document.activeElement.checked") == "true")
            try await walk.browser.type(WalkTests.down)
            #expect(try await walk.browser.evaluate("document.activeElement.value") == "resources")
            try await tab(to: "[value='~case-studies']", walk)
            try await walk.browser.type(" ")
            try await tab(to: "[type=radio][name='session.active-practice']", walk)
            try await walk.browser.type(" ")
            try await tab(to: "#register button[type=submit]", walk)
            try await walk.browser.type(" ")
            try await walk.see("You are registered", "2-registered")
            try await tab(to: "a[href$='/workshops']", walk)
            try await walk.browser.type(WalkTests.enter)
            try await walk.see("Change your workshops", "3-change")
            try await tab(to: "[value='~case-studies']", walk)
            try await walk.look("4-focus")
            try await walk.browser.type(" ")
            try await tab(to: "form button[type=submit]", walk)
            try await walk.browser.type(WalkTests.enter)
            try await walk.see("Your change is saved", "5-saved")
            let person = try await walk.found("Ada")
            #expect(
                person.bookings.filter { $0.status == .confirmed }.map(\.session.slug)
                    == ["resources", "active-practice"])
            #expect(!person.bookings.contains { $0.status == .waiting })
        }
    }
}
