import HTTP
import Operations
import Registration
import TestPeers
import Testing

@testable import API

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct EraseTests {
    @Test func `whoever is erased is not there any more, and their places go to others`() async throws {
        let house = try await House()
        try await house.open()
        let token = try await house.token(.organiser)
        let ada = try await house.register("Ada", sessions: ["first"])
        let own = "/events/conference/attendees/\(ada.reference)"
        let erased = try await house.ask(.delete, own + "/personal-data", token: token)
        #expect(erased.status == 204 && erased.body.isEmpty && erased.headers["Content-Type"] == nil)
        for (method, target, body) in [
            (Method.get, own, nil), (.delete, own, nil), (.delete, own + "/personal-data", nil),
            (.patch, own, ["name": "Eve"] as JSON), (.post, own + "/badges", nil),
            (.get, own + "/certificate", nil),
        ] {
            let answer = try await house.ask(method, target, token: token, body: body)
            #expect(answer.status == 404 && answer.problem == "not-found", "\(method) \(target)")
        }
        for query in ["", "?search=Ada", "?search=\(ada.reference)", "?status=cancelled", "?session=first"] {
            let list = try await house.ask(.get, "/events/conference/attendees" + query, token: token)
            #expect(list.json["items"]?.list.isEmpty == true, "\(query)")
        }
        let attendance = try await house.ask(.get, "/events/conference/attendance", token: token)
        #expect(attendance.json["registered"]?.number == 0)
        let record = try await house.ask(.get, "/events/conference/activity", token: token)
        let last = record.json["items"]?.list.last
        #expect(last?.text("kind") == "erased")
        #expect(last?["detail"] == .object([.init("reference", .text(ada.reference))]))
    }

    @Test func `an erased person's code is nobody's, and their address may register again`() async throws {
        let house = try await House()
        try await house.open()
        let token = try await house.token(.organiser)
        let ada = try await house.register("Ada")
        _ = try await house.ask(
            .delete, "/events/conference/attendees/\(ada.reference)/personal-data", token: token)
        let scan: JSON = ["code": .text(ada.code), "point": "entrance"]
        let answer = try await house.ask(
            .post, "/events/conference/check-ins", token: token, body: scan)
        #expect(answer.json.text("verdict") == "deny" && answer.json.text("reason") == "unknown-code")
        #expect(answer.json.text("name") == nil)
        #expect(try await house.register("Ada").reference != ada.reference)
    }
}
