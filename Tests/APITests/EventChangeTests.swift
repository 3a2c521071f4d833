import HTTP
import Operations
import Registration
import TestPeers
import Testing

@testable import API

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct EventChangeTests {
    @Test func `while lists are held nobody is promoted, and letting them go on promotes at once`()
        async throws
    {
        let house = try await House()
        try await house.open()
        let token = try await house.token(.organiser)
        let ada = try await house.register("Ada", sessions: ["first"])
        try await house.register("Bob", sessions: ["first"])
        let waiting: JSON = [
            "name": "Cy", "email": "cy@example.org", "sessions": ["first"], "if_full": "wait",
        ]
        let cy = try await house.ask(.post, "/events/conference/registrations", body: waiting)
        let held = try await house.ask(
            .patch, "/events/conference", token: token, body: ["lists_held": .boolean(true)])
        #expect(held.status == 200 && held.json["lists_held"] == .boolean(true))
        let attendees = "/events/conference/attendees"
        _ = try await house.ask(.delete, "\(attendees)/\(ada.reference)", token: token)
        func status() async throws -> String? {
            let path = "\(attendees)/\(cy.json.text("reference") ?? "")"
            return try await house.ask(.get, path, token: token).json.items("bookings").first?.text("status")
        }
        #expect(try await status() == "waiting")
        let going = try await house.ask(
            .patch, "/events/conference", token: token, body: ["lists_held": .boolean(false)])
        #expect(going.json["lists_held"] == .boolean(false))
        #expect(try await status() == "confirmed")
    }

    @Test func `only organisers hold lists, and must say which way`() async throws {
        let house = try await House()
        try await house.open()
        let (reception, organiser) = (
            try await house.token(.reception), try await house.token(.organiser)
        )
        let path = "/events/conference"
        #expect(
            try await house.ask(.patch, path, token: reception, body: ["lists_held": .boolean(true)]).status
                == 403)
        #expect(try await house.ask(.patch, path, token: organiser, body: [:]).fields == ["lists_held"])
        #expect(
            try await house.ask(
                .patch, "/events/none", token: organiser, body: ["lists_held": .boolean(true)]
            ).status
                == 404)
    }
}
