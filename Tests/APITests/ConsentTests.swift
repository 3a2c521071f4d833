import HTTP
import Operations
import Registration
import TestPeers
import Testing

@testable import API

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct ConsentTests {
    @Test func `organisers change an attendee's consents as they ask, and see how many agree`() async throws {
        let house = try await House()
        try await house.open()
        let token = try await house.token(.organiser)
        let ada = try await house.register("Ada")
        try await house.register("Bob")
        let path = "/events/conference/attendees/\(ada.reference)/consents"
        let given = try await house.ask(
            .put, path, token: token, body: ["consents": ["photography", "newsletter"]])
        #expect(given.status == 200)
        #expect(given.json.items("consents").map { $0.text("consent") } == ["newsletter", "photography"])
        #expect(given.json.items("consents").first?.text("wording") == Consent.newsletter.wording)
        let withdrawn = try await house.ask(.put, path, token: token, body: ["consents": ["photography"]])
        #expect(withdrawn.json.items("consents").map { $0.text("consent") } == ["photography"])
        let numbers = try await house.ask(.get, "/events/conference/consents", token: token)
        #expect(numbers.json["people"] == .integer(2))
        let agreeing = numbers.json.items("items").filter { $0["people"] != .integer(0) }
        #expect(agreeing.map { $0.text("consent") } == ["photography"])
    }

    @Test func `consents are no matter of the reception desk, and unknown ones are refused`() async throws {
        let house = try await House()
        try await house.open()
        let ada = try await house.register("Ada")
        let path = "/events/conference/attendees/\(ada.reference)/consents"
        let (reception, organiser) = (
            try await house.token(.reception), try await house.token(.organiser)
        )
        #expect(try await house.ask(.put, path, token: reception, body: ["consents": []]).status == 403)
        #expect(try await house.ask(.get, "/events/conference/consents", token: reception).status == 403)
        #expect(try await house.ask(.put, path, body: ["consents": []]).status == 401)
        let unknown = try await house.ask(.put, path, token: organiser, body: ["consents": ["all"]])
        #expect(unknown.status == 422 && unknown.fields == ["consents[0]"])
        let nobody = "/events/conference/attendees/00000000/consents"
        #expect(try await house.ask(.put, nobody, token: organiser, body: ["consents": []]).status == 404)
        #expect(try await house.ask(.get, "/events/none/consents", token: organiser).status == 404)
    }
}
