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

    @Test func `a screen at the exit hands in what somebody says, once the day is over`() async throws {
        let house = try await House()
        try await house.open()
        let token = try await house.token(.organiser)
        let reference = try await house.register("Ada", sessions: ["first"]).reference
        let path = "/events/conference/attendees/\(reference)/feedback"
        let answers: JSON = [
            "answers": [
                ["rating": .integer(5), "quote": "Go there", "publish": .boolean(true)],
                ["session": "first", "rating": .integer(3), "differently": "Walk"],
            ]
        ]
        let early = try await house.ask(.put, path, token: token, body: answers)
        #expect(early.status == 409 && early.problem == "feedback-not-open")
        house.clock.now = Conference.hour(18)
        let kept = try await house.ask(.put, path, token: token, body: answers)
        #expect(kept.status == 200 && kept.json["kept"]?.number == 2)
        let found = try await house.ask(.get, "/events/conference/feedback", token: token)
        let subjects = found.json["subjects"]?.list ?? []
        #expect(subjects.first?["quotes"]?.list == [["quote": "Go there", "role": ""]])
        #expect(subjects.prefix(2).map { $0["answers"]?.number } == [1, 1])
        for (body, field) in [
            ([["session": "second", "rating": .integer(3)]], "answers[0].session"),
            ([["rating": .integer(3)], ["session": "first", "rating": .integer(6)]], "answers[1].rating"),
            ([["session": "first", "rating": .integer(3), "quote": "a\u{7}"]], "answers[0].quote"),
        ] as [(JSON, String)] {
            let refused = try await house.ask(.put, path, token: token, body: ["answers": body])
            #expect(refused.status == 422 && refused.fields == [field], "\(refused.json)")
        }
        #expect(try await house.ask(.put, path, body: answers).status == 401)
        let nobody = path.replacing(reference, with: "00000000")
        #expect(try await house.ask(.put, nobody, token: token, body: answers).status == 404)
    }
}
