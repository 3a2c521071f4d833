import HTTP
import Operations
import Registration
import TestPeers
import Testing

@testable import API

/// Each workshop of the conference has two places; the first two overlap.
@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct AttendeeChangeTests {
    let attendees = "/events/conference/attendees"

    private func bookings(_ answer: Answer) -> [String] {
        (answer.json["bookings"]?.list ?? []).map { booking in
            "\(booking.text("session") ?? "") \(booking.text("status") ?? "")"
                + (booking["position"]?.number.map { " \($0)" } ?? "")
        }
    }

    private func fill(_ session: JSON, in house: House) async throws {
        for name in ["Full One", "Full Two"] { try await house.register(name, sessions: [session]) }
    }

    @Test func `a registration may wait, and is told where it stands`() async throws {
        let house = try await House()
        try await house.open()
        try await fill("first", in: house)
        let body: JSON = [
            "name": "Ada", "email": "ada@example.org", "sessions": ["first", "third"], "if_full": "wait",
        ]
        for _ in 0..<2 {
            let answer = try await house.ask(
                .post, "/events/conference/registrations", body: body, headers: ["Idempotency-Key": "k"])
            #expect(answer.status == 201 && answer.json.text("status") == "confirmed")
            #expect(answer.json["position"] == .null)
            #expect(bookings(answer) == ["first waiting 1", "third confirmed"])
        }
    }

    @Test func `a full event is waited for`() async throws {
        let house = try await House()
        try await house.open(capacity: 1)
        try await house.register("Ada")
        let body: JSON = [
            "name": "Bob", "email": "bob@example.org", "sessions": ["first"], "if_full": "wait",
        ]
        let answer = try await house.ask(.post, "/events/conference/registrations", body: body)
        #expect(answer.status == 201 && answer.json.text("status") == "waiting")
        #expect(answer.json["position"] == .integer(1) && bookings(answer) == ["first waiting 1"])
        let event = try await house.ask(.get, "/events/conference")
        #expect(event.json["waiting"] == .integer(1) && event.json["places_left"] == .integer(0))
    }

    @Test func `the whole wished set is sent, and what is absent is released`() async throws {
        let house = try await House()
        try await house.open()
        let token = try await house.token(.reception)
        let ada = try await house.register("Ada", sessions: ["first"])
        for (sessions, expected) in [
            (["second", "third"] as JSON, ["second confirmed", "third confirmed"]), ([], []),
            (["first"], ["first confirmed"]),
        ] {
            let answer = try await house.ask(
                .patch, "\(attendees)/\(ada.reference)", token: token, body: ["sessions": sessions])
            #expect(answer.status == 200 && bookings(answer) == expected)
            #expect(answer.json.text("code") == ada.code)
        }
    }

    @Test func `a full session is refused, waited for, or swapped for`() async throws {
        let house = try await House()
        try await house.open()
        let token = try await house.token(.reception)
        try await fill("second", in: house)
        let ada = try await house.register("Ada", sessions: ["first"])
        let path = "\(attendees)/\(ada.reference)"
        let refused = try await house.ask(.patch, path, token: token, body: ["sessions": ["second"]])
        #expect(refused.status == 409 && refused.problem == "session-full")
        let waits = try await house.ask(
            .patch, path, token: token,
            body: ["sessions": ["first", "second"], "if_full": "wait", "swap": .boolean(true)])
        #expect(bookings(waits) == ["first confirmed", "second waiting 1"])
        let list = try await house.ask(.get, "\(attendees)?session=second&status=waiting", token: token)
        #expect(list.json["items"]?.list.compactMap { $0.text("name") } == ["Ada"])
        let larger = try await house.ask(
            .patch, "/events/conference/sessions/second", token: try await house.token(.organiser),
            body: ["capacity": .integer(3)])
        #expect(larger.status == 200 && larger.json["booked"] == .integer(3))
        let swapped = try await house.ask(.get, path, token: token)
        #expect(bookings(swapped) == ["second confirmed"])
    }

    @Test func `overlapping sessions are refused with both names`() async throws {
        let house = try await House()
        try await house.open()
        let ada = try await house.register("Ada")
        let answer = try await house.ask(
            .patch, "\(attendees)/\(ada.reference)", token: try await house.token(.reception),
            body: ["sessions": ["first", "second"]])
        #expect(answer.status == 422 && answer.fields == ["sessions"])
        let detail = answer.json["errors"]?.list.first?.text("detail") ?? ""
        #expect(detail.contains("The first session") && detail.contains("The second session"))
    }

    @Test func `a waiting list comes in its order and in parts`() async throws {
        let house = try await House()
        try await house.open(capacity: 20)
        try await fill("third", in: house)
        let token = try await house.token(.reception)
        let names = (0..<7).map { "Guest \($0)" }
        for name in names.reversed() {
            let body: JSON = [
                "name": .text(name), "email": .text("\(name.suffix(1))@example.org"), "sessions": ["third"],
                "if_full": "wait",
            ]
            _ = try await house.ask(.post, "/events/conference/registrations", body: body)
        }
        var next: String? = "\(attendees)?session=third&status=waiting&limit=3"
        var seen: [[String]] = []
        while let target = next {
            let answer = try await house.ask(.get, target, token: token)
            seen.append(answer.json["items"]?.list.compactMap { $0.text("name") } ?? [])
            next = answer.json.text("next").map { String($0.dropFirst("/api/v1".count)) }
        }
        #expect(seen.map(\.count) == [3, 3, 1] && seen.joined().elementsEqual(names.reversed()))
        let confirmed = try await house.ask(
            .get, "\(attendees)?session=third&status=confirmed", token: token)
        #expect(confirmed.json["items"]?.list.count == 2)
        let searched = try await house.ask(
            .get, "\(attendees)?session=third&status=waiting&search=x", token: token)
        #expect(searched.status == 422 && searched.fields == ["search"])
        #expect(try await house.ask(.get, "\(attendees)?status=gone", token: token).status == 422)
    }

    @Test func `details are corrected with the bookings or without`() async throws {
        let house = try await House()
        try await house.open()
        let token = try await house.token(.organiser)
        let ada = try await house.register("Ada", sessions: ["first"])
        let path = "\(attendees)/\(ada.reference)"
        let changed = try await house.ask(
            .patch, path, token: token,
            body: ["name": "Ada King", "email": "king@example.org", "access_needs": "A seat"])
        #expect(changed.status == 200 && bookings(changed) == ["first confirmed"])
        let now = try await house.ask(.get, path, token: token)
        #expect(now.json.text("name") == "Ada King" && now.json.text("email") == "king@example.org")
        #expect(now.json.text("access_needs") == "A seat" && now.json.text("code") == ada.code)
        for (body, field) in [
            (["name": ""] as JSON, "name"), (["email": "x"], "email"), (["name": .null], "name"),
            (["colour": "red"], "colour"), (["sessions": .null], "sessions"), (["swap": "yes"], "swap"),
        ] {
            let answer = try await house.ask(.patch, path, token: token, body: body)
            #expect(answer.status == 422 && answer.fields == [field])
        }
        try await house.register("Bob")
        let taken = try await house.ask(.patch, path, token: token, body: ["email": "Bob@example.org"])
        #expect(taken.status == 409 && taken.problem == "address-taken")
        _ = try await house.ask(.delete, path, token: token)
        let late = try await house.ask(.patch, path, token: token, body: ["name": "Ada"])
        #expect(late.status == 409 && late.problem == "cancelled")
        #expect(
            try await house.ask(.patch, "\(attendees)/00000000", token: token, body: [:]).status == 404)
    }

    @Test func `a capacity below what is booked is refused with the number, and can be forced`() async throws
    {
        let house = try await House()
        try await house.open()
        let token = try await house.token(.organiser)
        try await fill("third", in: house)
        let path = "/events/conference/sessions/third"
        let refused = try await house.ask(.patch, path, token: token, body: ["capacity": .integer(1)])
        #expect(refused.status == 409 && refused.problem == "capacity-below-booked")
        #expect(refused.json["booked"] == .integer(2))
        let forced = try await house.ask(
            .patch, path, token: token, body: ["capacity": .integer(1), "force": .boolean(true)])
        #expect(forced.status == 200)
        #expect(forced.json["capacity"] == .integer(1) && forced.json["booked"] == .integer(2))
        let attendance = try await house.ask(.get, "/events/conference/attendance", token: token)
        let third = attendance.json["sessions"]?.list.first { $0.text("session") == "third" }
        #expect(third?["capacity"] == .integer(1) && third?["booked"] == .integer(2))
        for (target, body, status) in [
            (path, ["capacity": .integer(0)] as JSON, 422),
            (path, ["capacity": .integer(1_000_001)], 422),
            (path, [:], 422), ("/events/conference/sessions/keynote", ["capacity": .integer(5)], 409),
            ("/events/conference/sessions/none", ["capacity": .integer(5)], 404),
            ("/events/none/sessions/third", ["capacity": .integer(5)], 404),
        ] {
            #expect(try await house.ask(.patch, target, token: token, body: body).status == status)
        }
    }
}
