import HTTP
import Operations
import Registration
import TestPeers
import Testing

@testable import API

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct AccessTests {
    /// What needs a token, and the least role for it.
    static let guarded: [(Method, String, Role)] = [
        (.get, "/events/conference/attendees", .reception),
        (.get, "/events/conference/attendees/K7QX2M4P", .reception),
        (.patch, "/events/conference/attendees/K7QX2M4P", .reception),
        (.delete, "/events/conference/attendees/K7QX2M4P", .organiser),
        (.delete, "/events/conference/attendees/K7QX2M4P/personal-data", .organiser),
        (.post, "/events/conference/attendees/K7QX2M4P/place", .organiser),
        (.get, "/events/conference/consents", .organiser),
        (.put, "/events/conference/attendees/K7QX2M4P/consents", .organiser),
        (.patch, "/events/conference", .organiser),
        (.patch, "/events/conference/sessions/first", .organiser),
        (.post, "/events/conference/check-ins", .reception),
        (.post, "/events/conference/attendees/K7QX2M4P/badges", .reception),
        (.get, "/print-jobs/1", .reception), (.get, "/events/conference/attendance", .organiser),
        (.get, "/events/conference/activity", .organiser),
        (.get, "/events/conference/attendees/K7QX2M4P/certificate", .reception),
        (.get, "/events/conference/materials", .reception),
        (.post, "/events/conference/sessions/first/links", .organiser),
        (.put, "/events/conference/sessions/first/files/a.pdf", .organiser),
        (.get, "/events/conference/materials/1/file", .reception),
        (.delete, "/events/conference/materials/1", .organiser),
        (.put, "/events/conference/attendees/K7QX2M4P/feedback", .organiser),
        (.get, "/events/conference/feedback", .organiser), (.get, "/events/conference/letters", .organiser),
        (.post, "/events/conference/letters/1/again", .organiser),
    ]

    @Test(arguments: guarded)
    func `what is not for everyone needs a token of the role`(method: Method, target: String, role: Role)
        async throws
    {
        let house = try await House()
        try await house.open()
        let without = try await house.ask(method, target)
        #expect(without.status == 401)
        #expect(without.headers["WWW-Authenticate"] == "Bearer realm=\"lanyard\"")
        for other in Role.allCases {
            let answer = try await house.ask(method, target, token: try await house.token(other))
            #expect((answer.status == 403) == (other < role))
            #expect(answer.status != 401)
        }
    }

    @Test func `every operation is in the table of those that need a token, or open to all`() async throws {
        let house = try await House()
        try await house.open()
        let service = Service(
            frontOfHouse: house.front,
            settings: APISettings(
                registrations: RateLimit(perMinute: 0), certificate: { _ in [] }, noteFault: { _, _ in }))
        let open = service.operations.filter { if case .everyone = $0.access { true } else { false } }
        let names = ["listEvents", "getEvent", "register", "registerGroup", "sendLink", "verifyCertificate"]
        #expect(open.map(\.name) == names)
        #expect(service.operations.count - open.count == AccessTests.guarded.count)
    }

    @Test(arguments: [
        "Basic YTpi", "Bearer", "Bearer ", "Bearer a b", "Bearer nonsense", "bearer \u{e9}", "",
    ])
    func `what is no token of ours is refused everywhere`(header: String) async throws {
        let house = try await House()
        try await house.open()
        for target in ["/events", "/events/conference", "/events/conference/attendees", "/openapi.json"] {
            let answer = try await house.ask(.get, target, headers: ["Authorization": header])
            #expect(answer.status == 401)
            #expect(answer.headers["WWW-Authenticate"]?.contains("error=\"invalid_token\"") == true)
        }
        let long = String(repeating: "x", count: 10_000)
        #expect(try await house.ask(.get, "/events", token: long).status == 401)
    }

    @Test func `a token for one event is refused at others`() async throws {
        let house = try await House()
        try await house.open()
        try await house.open("other")
        let token = try await house.token(.admin, event: "conference")
        for (method, target, _) in AccessTests.guarded where target.contains("conference") {
            let own = try await house.ask(method, target, token: token)
            #expect(![401, 403].contains(own.status))
            let elsewhere = target.replacing("conference", with: "other")
            let answer = try await house.ask(method, elsewhere, token: token)
            #expect(answer.status == 403 && answer.problem == "forbidden")
            let nowhere = target.replacing("conference", with: "nowhere")
            #expect(try await house.ask(method, nowhere, token: token).status == 404)
        }
        let bob: JSON = ["name": "Bob", "email": "bob@example.org"]
        let refused = try await house.ask(.post, "/events/other/registrations", token: token, body: bob)
        #expect(refused.status == 403)
    }

    @Test func `a print job of another event is not there for a token of one event`() async throws {
        let house = try await House()
        try await house.open()
        try await house.open("other")
        let person = try await house.register("Ada", event: "other")
        let all = try await house.token(.reception)
        let asked = try await house.ask(
            .post, "/events/other/attendees/\(person.reference)/badges", token: all)
        let target = "/print-jobs/\(asked.json["id"]?.number ?? 0)"
        #expect(try await house.ask(.get, target, token: all).status == 200)
        let own = try await house.token(.reception, event: "other")
        #expect(try await house.ask(.get, target, token: own).status == 200)
        let foreign = try await house.token(.reception, event: "conference")
        #expect(try await house.ask(.get, target, token: foreign).status == 404)
    }

    @Test func `errors of the router are problems too`() async throws {
        let house = try await House()
        let nothing = try await house.ask(.get, "/nothing")
        #expect(nothing.status == 404 && nothing.problem == "not-found")
        let method = try await house.ask(Method(rawValue: "PATCH"), "/events")
        #expect(method.status == 405 && method.headers["Allow"] == "GET, HEAD")
        #expect(try await house.ask(.get, "/events/%zz").problem == "bad-request")
        let large = Problem(RequestError.contentTooLarge(limitBytes: 64 << 10))
        #expect(large?.response.status.rawValue == 413)
        let slow = Problem(RequestError(.requestTimeout, "Too slow."))
        #expect(slow?.response.status.rawValue == 408)
    }

    @Test func `where the API registers nobody without a token it tells strangers nothing`() async throws {
        let house = try await House(registersWithoutToken: false)
        try await house.open()
        try await house.register("Ada")
        let ada: JSON = ["name": "Ada", "email": "Ada@example.org"]
        for (path, body) in [("registrations", ada), ("groups", ["people": [ada]])] as [(String, JSON)] {
            let target = "/events/conference/\(path)"
            let stranger = try await house.ask(.post, target, body: body)
            #expect(stranger.status == 401 && stranger.problem == "unauthenticated")
            let staff = try await house.ask(
                .post, target, token: try await house.token(.reception), body: body)
            #expect(staff.status == 409 && staff.problem == "address-taken")
        }
    }
}
