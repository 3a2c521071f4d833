import HTTP
import Operations
import Registration
import TestPeers
import Testing

@testable import API

/// Each workshop of the conference has two places; the first two overlap.
@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct GivenPlaceTests {
    private let attendees = "/events/conference/attendees"

    private func wait(_ name: String, for sessions: JSON, in house: House) async throws -> String {
        let body: JSON = [
            "name": .text(name), "email": .text("\(name)@example.org"), "sessions": sessions,
            "if_full": "wait",
        ]
        let answer = try await house.ask(.post, "/events/conference/registrations", body: body)
        return answer.json.text("reference") ?? ""
    }

    private func hold(_ isHeld: Bool, _ token: String, in house: House) async throws {
        let body: JSON = ["lists_held": .boolean(isHeld)]
        #expect(try await house.ask(.patch, "/events/conference", token: token, body: body).status == 200)
    }

    @Test func `a workshop's free place is given to who waits for it, and not twice`() async throws {
        let house = try await House()
        try await house.open()
        let token = try await house.token(.organiser)
        let ada = try await house.register("Ada", sessions: ["first"])
        try await house.register("Bob", sessions: ["first"])
        _ = try await wait("Cyd", for: ["first"], in: house)
        let eve = "\(attendees)/\(try await wait("Eve", for: ["first"], in: house))"
        let first: JSON = ["session": "first"]
        let early = try await house.ask(.post, eve + "/place", token: token, body: first)
        #expect(early.status == 409 && early.problem == "lists-not-held")
        try await hold(true, token, in: house)
        let full = try await house.ask(.post, eve + "/place", token: token, body: first)
        #expect(full.status == 409 && full.problem == "session-full")
        _ = try await house.ask(.delete, "\(attendees)/\(ada.reference)", token: token)
        let given = try await house.ask(.post, eve + "/place", token: token, body: first)
        #expect(given.status == 200)
        #expect(given.json.items("bookings").map { $0.text("status") } == ["confirmed"])
        let again = try await house.ask(.post, eve + "/place", token: token, body: first)
        #expect(again.status == 200 && again.json == given.json)
    }

    @Test func `without a session the place is one in the event, also without a body`() async throws {
        let house = try await House()
        try await house.open(capacity: 2)
        let token = try await house.token(.organiser)
        let (ada, bob) = (try await house.register("Ada"), try await house.register("Bob"))
        let cyd = "\(attendees)/\(try await wait("Cyd", for: ["third"], in: house))/place"
        let eve = "\(attendees)/\(try await wait("Eve", for: [], in: house))/place"
        try await hold(true, token, in: house)
        #expect(try await house.ask(.post, eve, token: token).problem == "event-full")
        for person in [ada, bob] {
            _ = try await house.ask(.delete, "\(attendees)/\(person.reference)", token: token)
        }
        let early = try await house.ask(.post, cyd, token: token, body: ["session": "third"])
        #expect(early.status == 409 && early.problem == "not-confirmed")
        for (path, body) in [(eve, nil), (cyd, [:] as JSON)] {
            let given = try await house.ask(.post, path, token: token, body: body)
            #expect(given.status == 200 && given.json.text("status") == "confirmed")
            #expect(given.json["position"] == .null)
        }
        #expect(try await house.ask(.post, cyd, token: token, body: ["session": "third"]).status == 200)
    }

    @Test func `a clash is refused with the other session's name`() async throws {
        let house = try await House()
        try await house.open()
        let token = try await house.token(.organiser)
        let ada = try await house.register("Ada", sessions: ["first"])
        try await house.register("Bob", sessions: ["first"])
        let cyd = "\(attendees)/\(try await house.register("Cyd", sessions: ["second"]).reference)"
        let both: JSON = ["sessions": ["second", "first"], "if_full": "wait"]
        _ = try await house.ask(.patch, cyd, token: token, body: both)
        try await hold(true, token, in: house)
        _ = try await house.ask(.delete, "\(attendees)/\(ada.reference)", token: token)
        let clash = try await house.ask(
            .post, cyd + "/place", token: token, body: ["session": "first"])
        #expect(clash.status == 409 && clash.problem == "other-place-at-that-time")
        #expect(clash.json.text("detail")?.contains("“The second session”") == true)
    }

    @Test func `only organisers give places, to those who are there, and of what there is`() async throws {
        let house = try await House()
        try await house.open()
        let token = try await house.token(.organiser)
        let ada = try await house.register("Ada")
        let path = "\(attendees)/\(ada.reference)/place"
        #expect(try await house.ask(.post, path).status == 401)
        #expect(try await house.ask(.post, path, token: try await house.token(.reception)).status == 403)
        try await house.open("other")
        let other = try await house.token(.organiser, event: "other")
        #expect(try await house.ask(.post, path, token: other).status == 403)
        #expect(try await house.ask(.post, "\(attendees)/00000000/place", token: token).status == 404)
        for body in [["session": "nowhere"] as JSON, ["session": .null], ["session": .integer(1)]] {
            let answer = try await house.ask(.post, path, token: token, body: body)
            #expect(answer.status == 422 && answer.fields == ["session"])
        }
        // A slip must not give a place in the event instead.
        let slip = try await house.ask(.post, path, token: token, body: ["sesion": "first"])
        #expect(slip.status == 422 && slip.fields == ["sesion"])
        _ = try await house.ask(.delete, "\(attendees)/\(ada.reference)", token: token)
        #expect(try await house.ask(.post, path, token: token).problem == "cancelled")
    }
}
