import HTTP
import Operations
import Registration
import TestPeers
import Testing

@testable import API

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct LetterTests {
    private let path = "/events/conference/letters"

    @Test
    func `letters that wait and those that were refused are listed by parts, and refused ones sent again`()
        async throws
    {
        let house = try await House(letters: true)
        try await house.open()
        let token = try await house.token(.organiser)
        for name in ["Ada", "Bob", "Cy", "Di"] { try await house.register(name) }
        for letter in try await house.front.lettersDue(limit: 3) {
            try await house.front.noteLetter(letter.id, .refused(reason: "550 No such mailbox"))
        }
        let first = try await house.ask(.get, path + "?limit=2", token: token)
        #expect(first.json.items("items").map { $0.text("email") } == ["Cy@example.org", "Bob@example.org"])
        #expect(first.json.items("items").first?.text("reason") == "550 No such mailbox")
        #expect(first.json.items("items").first?["next_try"] == .null)
        let next = try #require(first.json.text("next")?.dropFirst(APISettings.path.count))
        let second = try await house.ask(.get, String(next), token: token)
        #expect(second.json.items("items").map { $0.text("email") } == ["Ada@example.org"])
        #expect(second.json["next"] == .null)
        let waiting = try await house.ask(.get, path + "?state=queued", token: token)
        #expect(waiting.json.items("items").map { $0.text("email") } == ["Di@example.org"])
        #expect(waiting.json.items("items").first?["next_try"] != .null)
        let id = second.json.items("items").first?["id"]?.number ?? 0
        #expect(try await house.ask(.post, "\(path)/\(id)/again", token: token).status == 202)
        #expect(try await house.ask(.post, "\(path)/\(id)/again", token: token).status == 404)
        #expect(try await house.front.lettersDue(limit: 9).count == 2)
    }

    @Test func `letters of another event are not there, and states are named`() async throws {
        let house = try await House(letters: true)
        try await house.open()
        try await house.open("other")
        let token = try await house.token(.organiser)
        try await house.register("Ada")
        try await house.front.noteLetter(LetterID(rawValue: 1), .refused(reason: "550"))
        #expect(try await house.ask(.get, "/events/other/letters", token: token).json.items("items") == [])
        #expect(try await house.ask(.post, "/events/other/letters/1/again", token: token).status == 404)
        #expect(try await house.ask(.get, "/events/none/letters", token: token).status == 404)
        let unknown = try await house.ask(.get, path + "?state=lost", token: token)
        #expect(unknown.status == 422 && unknown.fields == ["state"])
    }
}
