import HTTP
import Registration
import TestPeers
import Testing

@testable import API

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct CertificateTests {
    @Test func `a certificate is a PDF file once the event is over, and before it a problem that says why`()
        async throws
    {
        let house = try await House()
        try await house.open()
        let token = try await house.token(.reception)
        let ada = try await house.register("Ada")
        let bea = try await house.register("Bea")
        let path = "/events/conference/attendees/\(ada.reference)/certificate"
        house.clock.now = Conference.hour(9)
        _ = try await house.ask(
            .post, "/events/conference/check-ins", token: token,
            body: ["code": .text(ada.code), "point": "entrance"])
        let early = try await house.ask(.get, path, token: token)
        #expect(early.status == 409 && early.problem == "event-not-over")
        #expect(early.json.text("detail")?.contains("17:00 on Wednesday 4 December 2024") == true)
        house.clock.now = Conference.hour(17)
        let file = try await house.ask(.get, path, token: token)
        #expect(file.status == 200 && file.headers["Content-Type"] == "application/pdf")
        let absent = try await house.ask(
            .get, "/events/conference/attendees/\(bea.reference)/certificate", token: token)
        #expect(absent.status == 409 && absent.problem == "never-admitted")
        #expect(try await house.ask(.get, path).status == 401)
        let stranger = "/events/conference/attendees/00000000/certificate"
        #expect(try await house.ask(.get, stranger, token: token).status == 404)
    }

    @Test func `whoever was handed a certificate has its code checked without a token`() async throws {
        let house = try await House()
        try await house.open()
        let token = try await house.token(.reception)
        let ada = try await house.register("Ada", sessions: ["first"])
        house.clock.now = Conference.hour(10)
        for point: JSON in ["entrance", "first"] {
            _ = try await house.ask(
                .post, "/events/conference/check-ins", token: token,
                body: ["code": .text(ada.code), "point": point])
        }
        house.clock.now = Conference.hour(17)
        let file = try await house.ask(
            .get, "/events/conference/attendees/\(ada.reference)/certificate", token: token)
        let code =
            String(decoding: file.body, as: UTF8.self).split(separator: " ").last.map(String.init) ?? ""
        for typed in [code, code.lowercased(), code.filter { $0 != "-" }] {
            let answer = try await house.ask(.get, "/certificates/\(typed)")
            #expect(answer.status == 200 && answer.json.text("name") == "Ada")
            #expect(answer.json.text("dates") == "Wednesday 4 December 2024")
            #expect(answer.json.texts("sessions") == ["The first session"])
        }
        // The last characters vouch for what the paper says, those before for who was there.
        let last: Character = code.last == "0" ? "1" : "0"
        let outdated = try await house.ask(.get, "/certificates/\(code.dropLast())\(last)")
        #expect(outdated.status == 410 && outdated.problem == "certificate-out-of-date")
        #expect(!String(decoding: outdated.body, as: UTF8.self).contains("Ada"))
        var other = Array(code)
        other[9] = other[9] == "0" ? "1" : "0"
        #expect(try await house.ask(.get, "/certificates/\(String(other))").status == 404)
        #expect(try await house.ask(.get, "/certificates/x").status == 404)
        var statuses: [Int] = []
        for _ in 0..<60 { statuses.append(try await house.ask(.get, "/certificates/x").status) }
        #expect(statuses.last == 429)
    }
}
