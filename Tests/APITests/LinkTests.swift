import HTTP
import Operations
import Registration
import TestPeers
import Testing

@testable import API

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct LinkTests {
    private let path = "/events/conference/links"

    @Test func `a lost link is sent again, and a stranger is told nothing by it`() async throws {
        let house = try await House(letters: true)
        try await house.open()
        try await house.register("Ada")
        let before = try await house.front.lettersDue(limit: 10).count
        let known = try await house.ask(.post, path, body: ["email": " ADA@example.org "])
        let unknown = try await house.ask(.post, path, body: ["email": "eve@example.org"])
        #expect(known.status == 202 && unknown.status == 202 && known.json == unknown.json)
        let letters = try await house.front.lettersDue(limit: 10)
        #expect(letters.count == before + 1 && letters.last?.told.kind == .link)
    }

    @Test func `whoever cancelled is written that, and a stranger is told nothing by it`() async throws {
        let house = try await House(letters: true)
        try await house.open()
        let ada = try await house.register("Ada")
        _ = try await house.ask(
            .delete, "/events/conference/attendees/\(ada.reference)", token: try await house.token(.organiser)
        )
        let before = try await house.front.lettersDue(limit: 10).count
        let known = try await house.ask(.post, path, body: ["email": "ada@example.org"])
        let unknown = try await house.ask(.post, path, body: ["email": "eve@example.org"])
        #expect(known.status == 202 && unknown.status == 202 && known.json == unknown.json)
        let letters = try await house.front.lettersDue(limit: 10)
        #expect(letters.count == before + 1 && letters.last?.told.kind == .link)
    }

    @Test func `what is no address is refused, and too many requests of one client`() async throws {
        let house = try await House(registrationsPerMinute: 2, letters: true)
        try await house.open()
        let wrong = try await house.ask(.post, path, body: ["email": "nobody"])
        #expect(wrong.status == 422 && wrong.fields == ["email"])
        let statuses = [202, 202, 429]
        for status in statuses {
            #expect(try await house.ask(.post, path, body: ["email": "eve@example.org"]).status == status)
        }
        #expect(
            try await house.ask(.post, "/events/none/links", body: ["email": "a@example.org"]).status == 404)
    }

    @Test func `where no e-mail is sent that is said`() async throws {
        let house = try await House()
        try await house.open()
        let answer = try await house.ask(.post, path, body: ["email": "ada@example.org"])
        #expect(answer.status == 409 && answer.problem == "no-letters")
    }
}
