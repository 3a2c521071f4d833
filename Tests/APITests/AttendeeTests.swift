import HTTP
import Operations
import Registration
import TestPeers
import Testing

@testable import API

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct AttendeeTests {
    let attendees = "/events/conference/attendees"

    func names(_ answer: Answer) -> [String] {
        answer.json["items"]?.list.compactMap { $0.text("name") } ?? []
    }

    @Test func `the list comes in parts that lead to each other`() async throws {
        let house = try await House()
        try await house.open(capacity: 20)
        for number in 0..<7 { try await house.register("Guest \(number)") }
        let token = try await house.token(.reception)
        var next: String? = attendees + "?limit=3&search=Guest%20"
        var seen: [[String]] = []
        while let target = next {
            let answer = try await house.ask(.get, target, token: token)
            #expect(answer.status == 200)
            seen.append(names(answer))
            next = answer.json.text("next").map { String($0.dropFirst("/api/v1".count)) }
        }
        #expect(seen.map(\.count) == [3, 3, 1])
        #expect(seen.joined().elementsEqual((0..<7).map { "Guest \($0)" }))
    }

    @Test func `the list can be searched and cut to a session`() async throws {
        let house = try await House()
        try await house.open()
        let ada = try await house.register("Ada", sessions: ["first"])
        try await house.register("Bob", sessions: ["second"])
        let token = try await house.token(.reception)
        for (query, expected) in [
            ("search=ad", ["Ada"]), ("search=\(ada.reference.lowercased())", ["Ada"]),
            ("session=second", ["Bob"]),
            ("search=%25", []), ("search=", ["Ada", "Bob"]),
            ("limit=1000", ["Ada", "Bob"]),
        ] {
            #expect(names(try await house.ask(.get, "\(attendees)?\(query)", token: token)) == expected)
        }
        for query in ["limit=0", "limit=1001", "limit=x", "after=-1", "after=99999999999999999999", "limit="]
        {
            let answer = try await house.ask(.get, "\(attendees)?\(query)", token: token)
            #expect(answer.status == 422)
            #expect(answer.fields == [String(query.prefix { $0 != "=" })])
        }
        let long = String(repeating: "x", count: 121)
        #expect(try await house.ask(.get, "\(attendees)?search=\(long)", token: token).status == 422)
        #expect(try await house.ask(.get, "/events/none/attendees", token: token).status == 404)
    }

    @Test func `a session that the event has not is told, instead of a list of nobody`() async throws {
        let house = try await House()
        try await house.open()
        try await house.open("other")
        let token = try await house.token(.reception)
        for query in ["session=NO-SUCH", "session=NO-SUCH&status=waiting", "session=NO-SUCH&search=Ada"] {
            let answer = try await house.ask(.get, "\(attendees)?\(query)", token: token)
            #expect(answer.status == 422 && answer.problem == "invalid" && answer.fields == ["session"])
            let detail = answer.json["errors"]?.list.first?.text("detail")
            #expect(detail == "There is no session “NO-SUCH” in this event.")
        }
        #expect(
            try await house.ask(.get, "/events/none/attendees?session=first", token: token).status == 404)
        let nobody = try await house.ask(.get, "\(attendees)?session=first", token: token)
        #expect(nobody.status == 200 && names(nobody).isEmpty)
    }

    @Test func `one attendee is shown with code, bookings and arrival`() async throws {
        let house = try await House()
        try await house.open()
        let ada = try await house.register("Ada", sessions: ["first"])
        let token = try await house.token(.reception)
        let before = try await house.ask(.get, "\(attendees)/\(ada.reference)", token: token)
        #expect(before.json.text("code") == ada.code)
        #expect(before.json["arrived"] == .null)
        #expect(before.json["bookings"]?.list.compactMap { $0.text("session") } == ["first"])
        #expect(before.json.text("registered") == "2024-12-03T00:00:00.000Z")
        house.clock.now = Conference.hour(9)
        let scan: JSON = ["code": .text(ada.code), "point": "entrance"]
        _ = try await house.ask(.post, "/events/conference/check-ins", token: token, body: scan)
        let after = try await house.ask(.get, "\(attendees)/\(ada.reference.lowercased())", token: token)
        #expect(after.json.text("arrived") == "2024-12-04T09:00:00.000Z")
        for reference in ["00000000", "nonsense", "%20", "K7QX2M4PX"] {
            #expect(try await house.ask(.get, "\(attendees)/\(reference)", token: token).status == 404)
        }
    }

    @Test func `cancelling frees the place, and again changes nothing`() async throws {
        let house = try await House()
        try await house.open(capacity: 1)
        let ada = try await house.register("Ada", sessions: ["first"])
        let token = try await house.token(.organiser)
        for _ in 0..<2 {
            let answer = try await house.ask(.delete, "\(attendees)/\(ada.reference)", token: token)
            #expect(answer.status == 200)
            #expect(answer.json.text("status") == "cancelled")
            #expect(answer.json["bookings"] == [])
        }
        try await house.register("Bob", sessions: ["first"])
        #expect(try await house.ask(.delete, "\(attendees)/00000000", token: token).status == 404)
    }

    @Test func `a badge is asked for and followed`() async throws {
        let house = try await House()
        try await house.open()
        let ada = try await house.register("Ada")
        let token = try await house.token(.reception)
        let badges = "\(attendees)/\(ada.reference)/badges"
        let asked = try await house.ask(.post, badges, token: token)
        #expect(asked.status == 202 && asked.json.text("printer") == "desk")
        let location = try #require(asked.headers["Location"])
        let job = try await house.ask(.get, String(location.dropFirst("/api/v1".count)), token: token)
        #expect(job.json == asked.json && job.json.text("state") == "queued")
        let back = try await house.ask(.post, badges, token: token, body: ["printer": "back"])
        #expect(back.status == 202 && back.json["badge"]?.number == 2)
        let unknown = try await house.ask(.post, badges, token: token, body: ["printer": "attic"])
        #expect(unknown.status == 422 && unknown.fields == ["printer"])
        let nobody = try await house.ask(.post, "\(attendees)/00000000/badges", token: token)
        #expect(nobody.status == 404)
        for id in ["0", "999", "x", "99999999999999999999"] {
            #expect(try await house.ask(.get, "/print-jobs/\(id)", token: token).status == 404)
        }
        _ = try await house.ask(
            .delete, "\(attendees)/\(ada.reference)", token: try await house.token(.organiser))
        let cancelled = try await house.ask(.post, badges, token: token)
        #expect(cancelled.status == 409 && cancelled.problem == "not-confirmed")
    }

    @Test func `what people need is read by organisers one by one, and stands on no list`() async throws {
        let house = try await House()
        try await house.open()
        let form = RegistrationForm(
            name: "Ada", email: "ada@example.org", accessNeeds: "A ramp", dietaryNeeds: "No nuts")
        guard case .registered(let ada) = try await house.front.register(form, event: "conference") else {
            throw Unexpected("not registered")
        }
        let own = "\(attendees)/\(ada.attendee.reference)"
        for role in Role.allCases {
            let token = try await house.token(role)
            let list = try await house.ask(.get, attendees, token: token)
            let one = try await house.ask(.get, own, token: token)
            #expect(!String(decoding: list.json.bytes, as: UTF8.self).contains("_needs"))
            #expect(one.json.text("access_needs") == (role >= .organiser ? "A ramp" : nil))
            #expect(one.json.text("dietary_needs") == (role >= .organiser ? "No nuts" : nil))
        }
        let left = try await house.ask(.delete, own, token: try await house.token(.organiser))
        #expect(left.json.text("access_needs") == "A ramp")
    }

    @Test func `whoever may not read something of an attendee may not overwrite it nor is told where it is`()
        async throws
    {
        let house = try await House()
        try await house.open(questions: [Question(slug: "travel", label: "How do you come?", kind: .text)])
        let form = RegistrationForm(
            name: "Ada", email: "ada@example.org", accessNeeds: "A ramp", dietaryNeeds: "No nuts",
            answers: ["travel": .text("Bus")])
        guard case .registered(let ada) = try await house.front.register(form, event: "conference") else {
            throw Unexpected("not registered")
        }
        let own = "\(attendees)/\(ada.attendee.reference)"
        let (reception, organiser) = (try await house.token(.reception), try await house.token(.organiser))
        for (field, body) in [
            ("access_needs", ["access_needs": ""] as JSON), ("dietary_needs", ["dietary_needs": "Vegan"]),
            ("answers", ["name": "Ada King", "answers": ["travel": "Car"]]), ("answers", ["answers": [:]]),
        ] {
            let refused = try await house.ask(.patch, own, token: reception, body: body)
            #expect(refused.status == 403 && refused.problem == "forbidden")
            #expect(refused.json.text("detail")?.contains(field) == true)
        }
        let shown = try await house.ask(.get, own, token: organiser).json
        #expect(shown.text("access_needs") == "A ramp" && shown.text("dietary_needs") == "No nuts")
        #expect(shown["answers"] == ["travel": "Bus"] && shown.text("name") == "Ada")
        let renamed = try await house.ask(.patch, own, token: reception, body: ["name": "Ada King"])
        #expect(renamed.status == 200 && renamed.json["manage_url"] == nil)
        let changed = try await house.ask(.patch, own, token: organiser, body: ["access_needs": "A lift"])
        #expect(changed.status == 200)
        #expect(changed.json.text("manage_url")?.hasSuffix(ada.manageKey) == true)
    }

    @Test func `more badges of one attendee than may wait are refused`() async throws {
        let house = try await House()
        try await house.open()
        let ada = try await house.register("Ada")
        let token = try await house.token(.reception)
        var statuses: [Int] = []
        for _ in 0..<20 {
            statuses.append(
                try await house.ask(.post, "\(attendees)/\(ada.reference)/badges", token: token).status)
        }
        #expect(statuses == Array(repeating: 202, count: 20))
        let refused = try await house.ask(.post, "\(attendees)/\(ada.reference)/badges", token: token)
        #expect(refused.status == 409 && refused.problem == "too-many-badges")
    }

    @Test func `a badge asked for again with the same key is the same badge`() async throws {
        let house = try await House()
        try await house.open()
        let ada = try await house.register("Ada")
        let token = try await house.token(.reception)
        let badges = "\(attendees)/\(ada.reference)/badges"
        let key: Headers = ["Idempotency-Key": "k"]
        let answers = try await withThrowingTaskGroup { group in
            for _ in 0..<16 {
                group.addTask { try await house.ask(.post, badges, token: token, headers: key).json }
            }
            return try await group.reduce(into: [JSON]()) { $0.append($1) }
        }
        #expect(answers.allSatisfy { $0 == answers[0] && $0["badge"]?.number == 1 })
        let other = try await house.ask(
            .post, badges, token: token, body: ["printer": "back"], headers: key)
        #expect(other.status == 422 && other.problem == "idempotency-key-reused")
        let wrong: Headers = ["Idempotency-Key": ""]
        #expect(try await house.ask(.post, badges, token: token, headers: wrong).status == 400)
        let mine = try await house.ask(
            .post, badges, token: try await house.token(.reception), headers: key)
        #expect(mine.json["badge"]?.number == 2)
    }
}
