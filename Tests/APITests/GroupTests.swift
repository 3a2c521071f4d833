import HTTP
import Operations
import Registration
import TestPeers
import Testing

@testable import API

/// Each workshop of the conference has two places.
@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct GroupTests {
    private let path = "/events/conference/groups"

    private func person(_ name: String, _ sessions: [JSON] = []) -> JSON {
        ["name": .text(name), "email": .text("\(name)@example.org"), "sessions": .list(sessions)]
    }

    @Test func `everybody of a group gets a reference, a page and bookings of their own`() async throws {
        let house = try await House()
        try await house.open()
        let body: JSON = ["people": [person("Ada", ["first"]), person("Bob", ["third"])]]
        let answer = try await house.ask(.post, path, body: body)
        #expect(answer.status == 201)
        let people = answer.json.items("items")
        #expect(people.count == 2 && Set(people.map { $0.text("reference") }).count == 2)
        #expect(Set(people.map { $0.text("manage_url") }).count == 2)
        #expect(people.map { $0.items("bookings").first?.text("session") } == ["first", "third"])
        #expect(people.allSatisfy { $0["code"] == nil })
        let byStaff = try await house.ask(
            .post, path, token: try await house.token(.reception), body: ["people": [person("Cy")]])
        #expect(byStaff.status == 201 && byStaff.json.items("items").first?.text("code") != nil)
    }

    @Test func `one mistake keeps all from being registered, and names whose it is`() async throws {
        let house = try await House()
        try await house.open()
        let body: JSON = [
            "people": [person("Ada", ["first"]), ["name": "", "email": "nobody"], person("Cy", ["none"])]
        ]
        let refused = try await house.ask(.post, path, body: body)
        #expect(refused.status == 422)
        #expect(refused.fields == ["people[1].name", "people[1].email", "people[2].sessions"])
        let list = try await house.ask(
            .get, "/events/conference/attendees", token: try await house.token(.reception))
        #expect(list.json.items("items") == [])
    }

    @Test func `the last places are given to a whole group or to none of it`() async throws {
        let house = try await House()
        try await house.open()
        let three: [JSON] = ["Ada", "Bob", "Cy"].map { person($0, ["first"]) }
        let full = try await house.ask(.post, path, body: ["people": .list(three)])
        #expect(full.status == 409 && full.problem == "session-full")
        #expect(full.fields == ["people[2].sessions"])
        let event = try await house.ask(.get, "/events/conference")
        #expect(event.json["places_left"] == .integer(10))
    }

    @Test func `a repetition with the same key registers nobody again`() async throws {
        let house = try await House()
        try await house.open()
        let body: JSON = ["people": [person("Ada"), person("Bob")]]
        let headers: Headers = ["Idempotency-Key": "group"]
        let first = try await house.ask(.post, path, body: body, headers: headers)
        let again = try await house.ask(.post, path, body: body, headers: headers)
        #expect(first.status == 201 && again.json == first.json)
        let other = try await house.ask(
            .post, path, body: ["people": [person("Ada"), person("Cy")]], headers: headers)
        #expect(other.status == 422 && other.problem == "idempotency-key-reused")
    }

    @Test func `a group has 1 to 20 people, each of whom counts against the address it comes from`()
        async throws
    {
        let house = try await House(registrationsPerMinute: 25)
        try await house.open(capacity: 50)
        let twenty = (1...20).map { person("P\($0)") }
        let tooMany = try await house.ask(.post, path, body: ["people": .list(twenty + [person("Q")])])
        #expect(tooMany.status == 422 && tooMany.fields == ["people"])
        #expect(try await house.ask(.post, path, body: ["people": []]).status == 422)
        #expect(try await house.ask(.post, path, body: ["people": .list(twenty)]).status == 201)
        let rest = try await house.ask(
            .post, path, body: ["people": .list((1...6).map { person("R\($0)") })])
        let wait = try #require(rest.headers["Retry-After"].flatMap { Int64($0) })
        #expect(rest.status == 429)
        house.clock.now = house.clock.now.adding(seconds: wait)
        let again = try await house.ask(
            .post, path, body: ["people": .list((1...6).map { person("R\($0)") })])
        #expect(again.status == 201)
        let elsewhere = try await house.ask(
            .post, path, body: ["people": [person("S")]], from: "192.0.2.2")
        #expect(elsewhere.status == 201)
    }
}
