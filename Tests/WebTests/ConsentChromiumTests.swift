import HTTPServer
import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .serialized, .timeLimit(.minutes(2)))
struct ConsentChromiumTests {
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
