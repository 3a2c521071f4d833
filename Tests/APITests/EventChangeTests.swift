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

    @Test func `the event's capacity lets in who waits, is refused below the number, and can be forced`()
        async throws
    {
        let house = try await House()
        try await house.open(capacity: 2)
        let token = try await house.token(.organiser)
        for name in ["Ada", "Bob"] { try await house.register(name) }
        let waiting: JSON = ["name": "Cy", "email": "cy@example.org", "sessions": [], "if_full": "wait"]
        _ = try await house.ask(.post, "/events/conference/registrations", body: waiting)
        func change(_ body: JSON) async throws -> Answer {
            try await house.ask(.patch, "/events/conference", token: token, body: body)
        }
        let held = try await change(["capacity": .integer(4), "lists_held": .boolean(true)])
        #expect(held.json["lists_held"] == .boolean(true) && held.json["waiting"] == .integer(1))
        #expect(held.json["capacity"] == .integer(4) && held.json["places_left"] == .integer(0))
        let larger = try await change(["capacity": .integer(3), "lists_held": .boolean(false)])
        #expect(larger.status == 200 && larger.json["capacity"] == .integer(3))
        #expect(larger.json["waiting"] == .integer(0))
        for body: JSON in [
            ["capacity": .integer(1)], ["capacity": .integer(1), "force": .boolean(false)],
            ["capacity": .integer(1), "lists_held": .boolean(true)],
        ] {
            let refused = try await change(body)
            #expect(refused.status == 409 && refused.problem == "capacity-below-booked")
            #expect(refused.json["booked"] == .integer(3))
        }
        let event = try await house.ask(.get, "/events/conference")
        #expect(event.json["capacity"] == .integer(3) && event.json["lists_held"] == .boolean(false))
        let forced = try await change(["capacity": .integer(1), "force": .boolean(true)])
        #expect(forced.status == 200 && forced.json["capacity"] == .integer(1))
        #expect(forced.json["places_left"] == .integer(0))
        let attendance = try await house.ask(.get, "/events/conference/attendance", token: token)
        #expect(attendance.json["capacity"] == .integer(1) && attendance.json["registered"] == .integer(3))
        let late: JSON = ["name": "Dan", "email": "dan@example.org", "sessions": []]
        let full = try await house.ask(.post, "/events/conference/registrations", body: late)
        #expect(full.status == 409 && full.problem == "event-full")
        for wrong: JSON in [.integer(0), .integer(1_000_001), "2", .null] {
            let refused = try await change(["capacity": wrong])
            #expect(refused.status == 422 && refused.fields == ["capacity"])
        }
        let reception = try await house.token(.reception)
        let capacity: JSON = ["capacity": .integer(5)]
        #expect(
            try await house.ask(.patch, "/events/conference", token: reception, body: capacity).status == 403)
        #expect(try await house.ask(.patch, "/events/none", token: token, body: capacity).status == 404)
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
        for nothing: JSON in [[:], ["force": .boolean(true)]] {
            let answer = try await house.ask(.patch, path, token: organiser, body: nothing)
            #expect(answer.status == 422 && answer.fields == [""])
        }
        #expect(
            try await house.ask(
                .patch, "/events/none", token: organiser, body: ["lists_held": .boolean(true)]
            ).status
                == 404)
    }
}
