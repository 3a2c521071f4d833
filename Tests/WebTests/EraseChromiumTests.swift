import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .serialized, .timeLimit(.minutes(2)))
struct EraseChromiumTests {
    private let pages = ChromiumTests()

    @Test(arguments: [Chromium.Screen.phone, .desktop])
    func `an organiser erases somebody by the keyboard, without JavaScript, and may turn back before`(
        screen: Chromium.Screen
    ) async throws {
        let house = try await House()
        let ada = try await house.register(
            RegistrationForm(
                name: "Ada Lovelace", email: "ada@example.org", organisation: "Analytical Engines",
                sessions: ["walk"]))
        var screen = screen
        screen.hasJavaScript = false
        screen.isDark = screen.width < 600
        try await pages.serve(house, screen) { browser, site in
            try await pages.signIn(browser, site, house, as: .organiser)
            let person = "\(site)/desk/\(Sample.event.slug)/\(ada.attendee.reference)"
            try await browser.open(person)
            try await browser.click("a[href$='/erase']")
            try await eventually("asked") { try await browser.text("h1") == "Erase this person?" }
            let reach = try await browser.evaluate("document.scrollingElement.scrollWidth")
            #expect(Int(reach) ?? .max <= screen.width)
            try await browser.click("form .button-quiet")
            try await eventually("back") { try await browser.address() == person }
            try await browser.click("a[href$='/erase']")
            try await eventually("asked") { try await browser.has(".button-bad") }
            try await browser.click("form .button-bad")
            try await eventually("erased") { try await browser.text("h1") == "The person was erased" }
        }
        let found = try await house.front.attendee(
            event: Sample.event.slug, reference: ada.attendee.reference)
        #expect(found == nil)
    }
}
