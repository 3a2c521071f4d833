import HTTP
import Operations
import Registration
import TestPeers
import Testing

@testable import Web

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct ConsentPageTests {
    static let answers = [
        ("name", "Ada Lovelace"), ("email", "ada@example.org"), ("session.active-medicine", "-"),
        ("session.active-practice", "-"),
    ]

    static func box(_ consent: Consent) -> (String, String) {
        (ConsentChoices.field(consent), consent.wording)
    }

    private func own(_ person: RegisteredAttendee) -> String { AttendeePage.path(person) }

    @Test func `every consent is a box of its own with its words, and none is ticked`() async throws {
        let page = try await Visit(try await House()).get(Sample.registerPath).text
        for consent in Consent.allCases {
            let escaped = consent.wording.replacing("'", with: "&#39;")
            #expect(
                page.contains(
                    "type=\"checkbox\" name=\"consent.\(consent.rawValue)\" value=\"\(escaped)\"><span>"))
        }
    }

    @Test func `reception agrees to nothing for those who stand before them`() async throws {
        let visit = Visit(try await House())
        try await visit.signIn(.reception)
        let page = try await visit.get(Sample.registerPath)
        #expect(page.status == .ok && page.text.contains("access_needs"))
        #expect(!page.text.contains("name=\"consent."))
    }

    @Test func `what is ticked is kept under the words that were shown`() async throws {
        let house = try await House()
        let visit = Visit(house)
        let sent = try await visit.register(ConsentPageTests.answers + [ConsentPageTests.box(.quotes)])
        let own = try await visit.follow(sent)
        #expect(own.status == .ok)
        let person = try #require(
            try await house.front.attendees(event: Sample.event.slug, limit: 1)?.items.first)
        #expect(
            try await house.front.consents(of: person.attendee.id).map(\.wording) == [Consent.quotes.wording])
        #expect(own.text.contains("value=\"\(Consent.quotes.wording)\" checked"))
        #expect(own.text.contains("Given at 00:00 on Friday 29 November 2024"))
    }

    @Test func `nobody agrees to words that changed while the form was open`() async throws {
        let house = try await House()
        let page = try await Visit(house).register(
            ConsentPageTests.answers + [
                ("consent.quotes", "You may publish my feedback."), ConsentPageTests.box(.newsletter),
            ])
        #expect(page.status == .unprocessableContent)
        #expect(page.problemTargets == ["consent.quotes"])
        #expect(page.text.contains("The words of “Being quoted” have changed meanwhile."))
        #expect(page.text.contains("value=\"\(Consent.newsletter.wording)\" checked"))
        #expect(!page.text.contains("value=\"\(Consent.quotes.wording)\" checked"))
        #expect(try await house.front.attendees(event: Sample.event.slug, limit: 1)?.items.isEmpty == true)
    }

    @Test func `people withdraw on their own page and give again, also after they cancelled`() async throws {
        let house = try await House()
        let ada = try await house.register(
            RegistrationForm(name: "Ada", email: "a@example.org", consents: [.newsletter, .quotes]))
        let visit = Visit(house)
        func save(_ consents: [Consent]) async throws -> Page {
            let token = ("token", try await visit.get(own(ada)).token)
            let sent = try await visit.post(
                own(ada) + "/consents", [token] + consents.map(ConsentPageTests.box))
            #expect(sent.headers["Location"] == own(ada) + "?changed")
            #expect(sent.headers["Cache-Control"] == "no-store")
            return try await visit.follow(sent)
        }
        house.clock.advance(seconds: 3_600)
        let page = try await save([.quotes])
        #expect(page.text.contains("Your change is saved"))
        #expect(page.text.contains("Withdrawn at 01:00 on Friday 29 November 2024"))
        #expect(page.text.contains("Given at 00:00 on Friday 29 November 2024"))
        _ = try await house.front.cancel(
            event: Sample.event.slug, reference: ada.attendee.reference, byStaff: true)
        _ = try await save([.newsletter])
        let said = try await house.front.consents(of: ada.attendee.id)
        #expect(said.map(\.isGiven) == [true, true, false, true, false])
        #expect(said.standing.map(\.consent) == [.newsletter])
    }

    @Test func `a wrong address and other words change nothing`() async throws {
        let house = try await House()
        let ada = try await house.register(
            RegistrationForm(name: "Ada", email: "a@example.org", consents: [.newsletter]))
        let wrong = "\(Sample.path)/me/\(ada.attendee.reference)/AAAAAAAAAAAAAAAAAAAAAAAAAA/consents"
        #expect(try await Visit(house).post(wrong, []).status == .notFound)
        let visit = Visit(house)
        let token = ("token", try await visit.get(own(ada)).token)
        let outdated = try await visit.post(own(ada) + "/consents", [token, ("consent.quotes", "Other")])
        #expect(outdated.status == .conflict)
        #expect(outdated.text.contains("The words of “Being quoted” have changed meanwhile."))
        let stranger = try await Visit(house).post(own(ada) + "/consents", [token])
        #expect(stranger.status == .forbidden && stranger.text.contains("Nothing was changed"))
        #expect(try await house.front.consents(of: ada.attendee.id).count == 1)
    }

    @Test func `organisers see how many agree to what, and nobody below them`() async throws {
        let house = try await House()
        let people: [Set<Consent>] = [[.newsletter], [.newsletter, .photography], []]
        for (number, consents) in people.enumerated() {
            _ = try await house.register(
                RegistrationForm(
                    name: "P", email: "\(number)@example.org", consents: consents))
        }
        let path = "/organise/\(Sample.event.slug)/consents"
        let visit = Visit(house)
        try await visit.signIn(.reception)
        #expect(try await visit.get(path).status == .forbidden)
        visit.forgetCookies()
        try await visit.signIn(.organiser)
        let page = try await visit.get(path)
        #expect(page.status == .ok)
        #expect(page.text.contains("<span id=\"newsletter\">2</span>"))
        #expect(page.text.contains("<span id=\"photography\">1</span>"))
        #expect(page.text.contains("<span id=\"quotes\">0</span>"))
        #expect(page.text.contains("Of 3 people"))
        #expect(try await visit.get("/organise/none/consents").status == .notFound)
        let live = try await visit.get("/organise/\(Sample.event.slug)").text
        for link in ["needs", "consents", "attendees.csv"] {
            #expect(live.contains("href=\"/organise/\(Sample.event.slug)/\(link)\""))
        }
    }
}
