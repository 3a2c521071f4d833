import HTTPServer
import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .serialized, .timeLimit(.minutes(2)))
struct ConsentChromiumTests {
    @Test(arguments: [true, false])
    func `somebody answers, agrees, withdraws and corrects on a phone`(hasJavaScript: Bool) async throws {
        let house = try await House(questions: QuestionPageTests.questions)
        var screen = Chromium.Screen.phone
        screen.hasJavaScript = hasJavaScript
        try await ChromiumTests().serve(house, screen) { browser, site in
            try await browser.open(site + Sample.registerPath)
            try await browser.type("Ada Lovelace", into: "#name")
            try await browser.type("ada@example.org", into: "#email")
            for field in ["session.active-medicine", "session.active-practice"] {
                try await browser.click("label:has([name='\(field)'][value='-'])")
            }
            try await browser.click("label:has([name='consent.newsletter'])")
            try await browser.click("form button[type='submit']")
            try await eventually("the problems are shown") { try await browser.has("#problems") }
            // The links lead to the fields, and the keyboard answers there.
            try await browser.click("#problems a[href='#question.travel']")
            try await browser.type(" ")
            #expect(try await browser.evaluate("document.activeElement.checked") == "true")
            try await browser.click("#problems a[href='#question.rules']")
            try await browser.type(" ")
            #expect(
                try await browser.evaluate("document.getElementById('consent.newsletter').checked") == "true")
            try await browser.click("form button[type='submit']")
            try await eventually("registered") { try await browser.has(".done") }
            #expect(try await browser.text("[aria-labelledby='answers']").contains("Bus & train"))
            try await browser.click("label:has([name='consent.newsletter'])")
            try await browser.click("label:has([name='consent.quotes'])")
            try await browser.click("form[action$='/consents'] button")
            try await eventually("saved") { try await browser.text("h1") == "Your change is saved" }
            #expect(try await browser.text("label:has([name='consent.newsletter'])").contains("Withdrawn at"))
            #expect(try await browser.text("label:has([name='consent.quotes'])").contains("Given at"))
            try await browser.click("a[href$='/answers']")
            try await browser.click("label:has([value='Car'])")
            try await browser.type("Fresh air", into: "[id='question.hope']")
            try await browser.click("form button[type='submit']")
            try await eventually("corrected") {
                try await browser.text("[aria-labelledby='answers']").contains("Fresh air")
            }
            let person = try #require(
                try await house.front.attendees(event: Sample.event.slug, limit: 1)?.items.first)
            let standing = try await house.front.consents(of: person.attendee.id).standing
            #expect(standing.map(\.consent) == [.quotes])
        }
    }

    @Test(arguments: [Chromium.Screen.smallPhone, .phone, .desktop])
    func `none of these pages scrolls sideways or has a target that is too small for a thumb`(
        screen: Chromium.Screen
    ) async throws {
        var questions = QuestionPageTests.questions
        let long = String(repeating: "Lovelace", count: 15)
        questions[0].label = long
        questions[0].choices[0] = long
        questions[3].choices[0] = long
        let house = try await House(questions: questions)
        let person = try await house.register(
            RegistrationForm(
                name: long, email: "a@example.org", accessNeeds: long + long, dietaryNeeds: long,
                sessions: ["walk"], consents: [.newsletter],
                answers: ["travel": .text(long), "rules": .tick(true), "hope": .text(long)]))
        let own = "\(Sample.path)/me/\(person.attendee.reference)/\(person.manageKey)"
        let organise = "/organise/\(Sample.event.slug)"
        try await ChromiumTests().serve(house, screen) { browser, site in
            try await ChromiumTests().signIn(browser, site, house, as: .organiser)
            for path in [
                Sample.registerPath, own, own + "/answers", organise, organise + "/needs",
                organise + "/consents",
            ] {
                try await browser.open(site + path)
                let width = try await browser.evaluate("document.documentElement.scrollWidth")
                #expect(Int(width) ?? .max <= screen.width, "\(path)")
                #expect(try await browser.evaluate(ChromiumTests.smallTargets) == "", "\(path)")
            }
        }
    }
}
