import HTTP
import Operations
import Registration
import TestPeers
import Testing

@testable import API

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct FeedbackTests {
    @Test func `organisers read what five people said, and of four how many they are`() async throws {
        let house = try await House()
        try await house.open()
        let token = try await house.token(.organiser)
        var references: [Reference] = []
        for name in ["Ada", "Bea", "Cyd", "Dan", "Eve"] {
            references.append(try #require(Reference(try await house.register(name).reference)))
        }
        house.clock.now = Conference.hour(18)
        for (number, reference) in references.enumerated() {
            let answer = FeedbackAnswer(
                rating: number == 0 ? 2 : 5, differently: "Walk \(number)", quote: "Go",
                mayBePublished: number == 0)
            guard
                case .kept(1) = try await house.front.giveFeedback(
                    event: "conference", reference: reference, [answer])
            else { throw Unexpected("not kept") }
            let found = try await house.ask(.get, "/events/conference/feedback", token: token)
            #expect(found.status == 200)
            let day = try #require(found.json["subjects"]?.list.first)
            #expect(day["session"] == .null && day["answers"]?.number == Int64(number + 1))
            #expect(day["quotes"]?.list == [["quote": "Go", "role": ""]])
            if number < 4 {
                #expect(day["average"] == .null && day["ratings"] == .null)
                #expect(day.texts("differently").isEmpty)
            } else {
                #expect(
                    day["average"] == .number(4.4)
                        && day["ratings"] == .list([0, 1, 0, 0, 4].map { .integer($0) }))
                #expect(day.texts("differently") == (0..<5).map { "Walk \($0)" })
                #expect(day["differently_total"]?.number == 5)
            }
        }
        let found = try await house.ask(.get, "/events/conference/feedback", token: token)
        #expect(found.json["confirmed"]?.number == 5)
        #expect(found.json.text("opens") == "2024-12-04T17:00:00.000Z")
        #expect(found.json.text("closes") == "2025-02-02T17:00:00.000Z")
        #expect(
            found.json["subjects"]?.list.compactMap { $0.text("session") } == ["first", "second", "third"])
        let reception = try await house.token(.reception)
        #expect(try await house.ask(.get, "/events/conference/feedback", token: reception).status == 403)
        #expect(try await house.ask(.get, "/events/none/feedback", token: token).status == 404)
    }
}
