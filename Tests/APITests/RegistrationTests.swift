import HTTP
import Operations
import Registration
import TestPeers
import Testing

@testable import API

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct RegistrationTests {
    static let ada: JSON = [
        "name": "Ada Lovelace", "email": "ada@example.org", "organisation": "Analytical Engines",
        "role": "Mathematician", "sessions": ["first", "third"], "if_full": "refuse",
    ]
    let registrations = "/events/conference/registrations"

    @Test func `anybody may register while registration is open and is told where to go on`() async throws {
        let house = try await House()
        try await house.open()
        let answer = try await house.ask(.post, registrations, body: RegistrationTests.ada)
        #expect(answer.status == 201)
        let reference = try #require(answer.json.text("reference"))
        #expect(answer.json.text("status") == "confirmed")
        let bookings: JSON = [
            ["session": "first", "status": "confirmed", "position": .null, "swap": .boolean(false)],
            ["session": "third", "status": "confirmed", "position": .null, "swap": .boolean(false)],
        ]
        #expect(answer.json["bookings"] == bookings)
        let page = "https://events.example.org/e/conference/me/\(reference)/"
        #expect(answer.json.text("manage_url")?.hasPrefix(page) == true)
        #expect(answer.json["code"] == nil)
        #expect(answer.headers["Location"] == "/api/v1/events/conference/attendees/\(reference)")
        #expect(answer.headers["Cache-Control"] == "no-store")
    }

    @Test func `a token sees the code and registers also when registration is closed`() async throws {
        let house = try await House()
        try await house.open()
        house.clock.now = Conference.hour(10)
        let closed = try await house.ask(.post, registrations, body: RegistrationTests.ada)
        #expect(closed.status == 409 && closed.problem == "registration-closed")
        let answer = try await house.ask(
            .post, registrations, token: try await house.token(.reception), body: RegistrationTests.ada)
        #expect(answer.status == 201)
        #expect(answer.json.text("code").flatMap { ScannedCode($0) } != nil)
    }

    @Test func `each refusal has its problem and names its field`() async throws {
        let house = try await House()
        try await house.open(capacity: 3)
        func refused(_ changes: KeyValuePairs<String, JSON>) async throws -> Answer {
            var members = ["name": "Bob", "email": "bob@example.org"] as [String: JSON]
            for (name, value) in changes { members[name] = value }
            let body = JSON.object(members.map { .init($0.key, $0.value) })
            return try await house.ask(.post, registrations, body: body)
        }
        for (changes, fields): (KeyValuePairs<String, JSON>, [String]) in [
            (["name": ""], ["name"]), (["email": "bob"], ["email"]),
            (["name": .text(String(repeating: "é", count: 121))], ["name"]),
            (
                ["dietary_needs": .text(String(repeating: "x", count: 2_001)), "role": "a\u{7}b"],
                ["role", "dietary_needs"]
            ),
            (["sessions": ["nowhere"]], ["sessions"]), (["sessions": ["keynote"]], ["sessions"]),
            (["sessions": ["first", "second"]], ["sessions"]),
        ] {
            let answer = try await refused(changes)
            #expect(answer.status == 422 && answer.problem == "invalid")
            #expect(answer.fields == fields)
        }
        try await house.register("Ann", sessions: ["first"])
        try await house.register("Cem", sessions: ["first"])
        let full = try await refused(["sessions": ["first"]])
        #expect(full.status == 409 && full.problem == "session-full" && full.fields == ["sessions"])
        let taken = try await refused(["email": " ANN@example.org"])
        #expect(taken.status == 409 && taken.problem == "address-taken" && taken.fields == ["email"])
        try await house.register("Dan")
        let none = try await refused([:])
        #expect(none.status == 409 && none.problem == "event-full" && none.fields == [])
        house.clock.now = Conference.hour(-100)
        let early = try await refused([:])
        #expect(early.status == 409 && early.problem == "registration-not-open")
        #expect(early.json.text("detail") == "Registration opens at 00:00 on Monday 2 December 2024.")
        let unknown = try await house.ask(.post, "/events/none/registrations", body: RegistrationTests.ada)
        #expect(unknown.status == 404)
    }

    @Test(arguments: [
        (#"{"name":"A","email":"a@example.org","if_full":"never","swap":1}"#, ["if_full", "swap"]),
        (#"{"name":"A","email":"a@example.org","consents":"yes","b\nc":1}"#, ["consents", "b\nc"]),
        (#"{"name":5,"email":null,"sessions":"first"}"#, ["name", "email", "sessions"]),
        (
            #"{"name":"A","email":"a@example.org","sessions":["first",2,null]}"#,
            ["sessions[1]", "sessions[2]"]
        ),
        (#"{"email":"a@example.org"}"#, ["name"]), ("{}", ["name", "email"]), ("[]", [""]), ("7", [""]),
        ("null", [""]), (#""name""#, [""]),
    ])
    func `members that are unknown, missing or of the wrong type are named`(body: String, fields: [String])
        async throws
    {
        let house = try await House()
        try await house.open()
        let answer = try await house.ask(.post, registrations, raw: Array(body.utf8))
        #expect(answer.status == 422 && answer.problem == "invalid")
        #expect(answer.fields == fields)
    }

    @Test func `what is no JSON is refused with its place`() async throws {
        let house = try await House()
        try await house.open()
        let malformed = Array("{\"name\": \"A\",\n \"email\": oops}".utf8)
        let answer = try await house.ask(.post, registrations, raw: malformed)
        #expect(answer.status == 400 && answer.problem == "malformed-json")
        #expect(answer.json.text("detail")?.hasPrefix("The body is not JSON: line 2, column 14: ") == true)
        for text in [
            "{", "{\"name\":\"A\",}", "{\"name\":\"A\",\"name\":\"B\"}", "{} {}", "{\"name\":\"\\ud800\"}",
            "\u{FEFF}{}",
            String(repeating: "[", count: 60_000),
            String(repeating: "[", count: 33) + String(repeating: "]", count: 33),
        ] {
            let answer = try await house.ask(.post, registrations, raw: Array(text.utf8))
            #expect(answer.status == 400 && answer.problem == "malformed-json")
        }
        for bytes: [UInt8] in [
            [0xFF, 0xFE], [0], Array("{\"name\":\"".utf8) + [0xC3, 0x28] + Array("\"}".utf8),
        ] {
            #expect(try await house.ask(.post, registrations, raw: bytes).status == 400)
        }
        #expect(
            try await house.ask(.post, registrations, headers: ["Content-Type": "application/json"]).status
                == 400)
        #expect(try await house.ask(.post, registrations, body: RegistrationTests.ada).status == 201)
    }

    @Test(arguments: ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])
    func `a body of another type is refused`(type: String) async throws {
        let house = try await House()
        try await house.open()
        let answer = try await house.ask(
            .post, registrations, body: RegistrationTests.ada, headers: ["Content-Type": type])
        #expect(answer.status == 415)
        let named = try await house.ask(
            .post, registrations, body: RegistrationTests.ada,
            headers: ["Content-Type": "Application/JSON ; charset=utf-8"])
        #expect(named.status == 201)
    }

    @Test func `a repeated request has one effect and one answer`() async throws {
        let house = try await House()
        try await house.open()
        let key: Headers = ["Idempotency-Key": "\"8e03978e-40d5-43e8-bc93-6894a57f9324\""]
        let first = try await house.ask(.post, registrations, body: RegistrationTests.ada, headers: key)
        let bare: Headers = ["Idempotency-Key": "8e03978e-40d5-43e8-bc93-6894a57f9324"]
        let second = try await house.ask(.post, registrations, body: RegistrationTests.ada, headers: bare)
        #expect(first.status == 201 && second.status == 201)
        #expect(first.json == second.json)
        let bob: JSON = ["name": "Bob", "email": "bob@example.org"]
        let other = try await house.ask(.post, registrations, body: bob, headers: key)
        #expect(other.status == 422 && other.problem == "idempotency-key-reused")
        // A token's keys are its own.
        let token = try await house.token(.organiser)
        let own = try await house.ask(.post, registrations, token: token, body: bob, headers: key)
        #expect(own.status == 201)
        #expect(try await house.front.attendance(event: "conference")?.registered == 2)
    }

    @Test
    func `a key that can be guessed gives the answer to no other address, and a long one follows its client`()
        async throws
    {
        let house = try await House()
        try await house.open()
        func register(_ email: String, _ key: String, from address: String, token: String? = nil) async throws
            -> Answer
        {
            try await house.ask(
                .post, registrations, token: token, body: ["name": "Ada", "email": .text(email)],
                headers: ["Idempotency-Key": key], from: address)
        }
        let (short, long) = (String(repeating: "k", count: 21), String(repeating: "k", count: 22))
        let first = try await register("ada@example.org", short, from: "192.0.2.1")
        #expect(first.status == 201)
        #expect(try await register("ada@example.org", short, from: "192.0.2.1").json == first.json)
        let guessed = try await register("ada@example.org", short, from: "192.0.2.2")
        #expect(guessed.problem == "address-taken" && guessed.json.text("manage_url") == nil)
        let phone = try await register("bob@example.org", long, from: "192.0.2.1")
        #expect(phone.status == 201)
        #expect(try await register("bob@example.org", long, from: "2001:db8::1").json == phone.json)
        let token = try await house.token(.organiser)
        let named = try await register("eve@example.org", "1", from: "192.0.2.1", token: token)
        #expect(named.status == 201)
        #expect(
            try await register("eve@example.org", "1", from: "192.0.2.2", token: token).json == named.json)
    }

    @Test func `an idempotency key has 1 to 255 visible characters`() async throws {
        let house = try await House()
        try await house.open()
        for key in [String(repeating: "k", count: 256), "", "a b", "\"\"", "clé"] {
            let answer = try await house.ask(
                .post, registrations, body: RegistrationTests.ada, headers: ["Idempotency-Key": key])
            #expect(answer.status == 400 && answer.problem == "bad-request")
        }
        let answer = try await house.ask(
            .post, registrations, body: RegistrationTests.ada,
            headers: ["Idempotency-Key": String(repeating: "k", count: 255)])
        #expect(answer.status == 201)
    }

    @Test func `an address may register twenty times a minute without a token`() async throws {
        let house = try await House(registrationsPerMinute: 20)
        try await house.open(capacity: 100)
        func attempt(_ number: Int, from address: String, token: String? = nil) async throws -> Answer {
            let body: JSON = ["name": "Guest", "email": .text("guest\(number)@example.org")]
            return try await house.ask(.post, registrations, token: token, body: body, from: address)
        }
        for number in 0..<20 { #expect(try await attempt(number, from: "192.0.2.1").status == 201) }
        let refused = try await attempt(20, from: "192.0.2.1")
        #expect(refused.status == 429 && refused.headers["Retry-After"] == "60")
        #expect(try await attempt(21, from: "192.0.2.2").status == 201)
        let token = try await house.token(.reception)
        for number in 22..<50 {
            #expect(try await attempt(number, from: "192.0.2.1", token: token).status == 201)
        }
        house.clock.now = house.clock.now.adding(seconds: 60)
        #expect(try await attempt(50, from: "192.0.2.1").status == 201)
    }
}
