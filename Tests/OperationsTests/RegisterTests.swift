import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct RegisterTests {
    @Test func `who registers has a reference, a code, a page of their own and what they booked`()
        async throws
    {
        let house = try await House()
        try await house.importDay()
        let ada = try await house.registered("Ada", sessions: ["third", "first"])
        #expect(ada.bookings.map(\.session.slug) == ["first", "third"])
        #expect(ada.bookings.allSatisfy { $0.status == .confirmed })
        let reference = ada.attendee.reference
        let own = try await house.front.attendee(event: "day", reference: reference, manageKey: ada.manageKey)
        #expect(own?.attendee.code.description == ada.attendee.code.description)
        #expect(own?.bookings == ada.bookings)
        let bob = try await house.registered("Bob")
        for key in ["", bob.manageKey, ada.manageKey + "0"] {
            #expect(
                try await house.front.attendee(event: "day", reference: reference, manageKey: key) == nil)
        }
        #expect(try await house.front.attendee(event: "other", reference: reference) == nil)
    }

    @Test func `what stands in the way is answered, and nothing of it is kept`() async throws {
        let house = try await House()
        try await house.importDay(capacity: 2, workshop: 1)
        _ = try await house.registered("Ada", sessions: ["first"])
        let before = try await house.activityNumber()
        #expect(try await house.register("Bob", sessions: ["first"]).refusals == [.sessionFull])
        #expect(
            try await house.register("Bob", sessions: ["second", "first"]).refusals == [.sessionFull, .clash])
        #expect(try await house.register("Bob", sessions: ["keynote"]).refusals == [.notBookable])
        #expect(try await house.register("Bob", sessions: ["nowhere"]).refusals == [.unknownSession])
        #expect(try await house.register("").refusals == [.field, .field])
        #expect(try await house.register("Eve", email: " ADA@example.ORG ").refusals == [.addressTaken])
        #expect(try await house.activityNumber() == before)
        _ = try await house.registered("Bob")
        #expect(try await house.register("Cyd").refusals == [.eventFull])
        guard case .unknownEvent = try await house.front.register(RegistrationForm(), event: "nowhere") else {
            Issue.record("an event that does not exist took a registration")
            return
        }
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `the clock decides whether registration is open, and staff need not mind`() async throws {
        let house = try await House()
        let event = try await house.importDay()
        house.clock.now = event.registrationOpens.adding(milliseconds: -1)
        #expect(try await house.register("Ada").refusals == [.notYetOpen])
        house.clock.now = event.registrationCloses
        #expect(try await house.register("Ada").refusals == [.closed])
        let form = RegistrationForm(name: "Ada", email: "ada@example.org", sessions: ["first"])
        #expect(try await house.front.register(form, event: "day", byStaff: true).isRegistered)
    }

    @Test func `a name at its limit is kept to the last accent`() async throws {
        let house = try await House()
        try await house.importDay()
        let name = String(repeating: "e\u{301}\u{323}", count: 120)
        let kept = try await house.register(" \(name)\n", email: "long@example.org")
        guard case .registered(let attendee) = kept else {
            Issue.record("a name of 120 characters was refused")
            return
        }
        #expect(Array(attendee.attendee.name.utf8) == Array(name.utf8))
    }

    @Test func `the same request again is answered as the first time, and is one registration`() async throws
    {
        let house = try await House()
        try await house.importDay()
        let first = try await house.register("Ada", sessions: ["first"], key: "k")
        let activity = try await house.activityNumber()
        house.clock.advance(seconds: 5)
        let second = try await house.register("Ada", sessions: ["first"], key: "k")
        #expect(first.essence != nil && first.essence == second.essence)
        #expect(try await house.activityNumber() == activity)
        // Even after its registration is over, and after registration has closed.
        guard case .registered(let ada) = first else { return }
        _ = try await house.front.cancel(event: "day", reference: ada.attendee.reference, byStaff: true)
        house.clock.now = Day.hour(10)
        #expect(try await house.register("Ada", sessions: ["first"], key: "k").essence == first.essence)
    }

    @Test func `another request under the same key is told so`() async throws {
        let house = try await House()
        try await house.importDay()
        _ = try await house.register("Ada", sessions: ["first"], key: "k")
        for other in [
            try await house.register("Bob", sessions: ["first"], key: "k"),
            try await house.register("Ada", email: "ada@example.com", sessions: ["first"], key: "k"),
            try await house.register("Ada", sessions: [], key: "k"),
            try await house.register("Ada", sessions: ["third"], key: "k"),
        ] {
            guard case .keyReused = other else {
                Issue.record("\(other)")
                continue
            }
        }
        #expect(try await house.register("Bob", key: "l").isRegistered)
    }

    @Test func `a key belongs to its event`() async throws {
        let house = try await House()
        try await house.importDay()
        try await house.importDay(slug: "other")
        let form = RegistrationForm(name: "Ada", email: "ada@example.org")
        for slug in ["day", "other"] {
            #expect(try await house.front.register(form, event: slug, idempotencyKey: "k").isRegistered)
        }
    }

    @Test func `the same request many times at once is one registration and one answer`() async throws {
        let house = try await House()
        try await house.importDay()
        let answers = try await withThrowingTaskGroup { group in
            for _ in 0..<64 {
                group.addTask { try await house.register("Ada", sessions: ["first"], key: "k").essence }
            }
            return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
        }
        #expect(answers.count == 1 && answers.first != .some(nil))
        #expect(try await house.front.attendance(event: "day")?.registered == 1)
    }

    @Test func `a request that was refused may be repeated under its key once it can be done`() async throws {
        let house = try await House()
        try await house.importDay(capacity: 1)
        let bob = try await house.registered("Bob")
        #expect(try await house.register("Ada", key: "k").refusals == [.eventFull])
        _ = try await house.front.cancel(event: "day", reference: bob.attendee.reference, byStaff: true)
        #expect(try await house.register("Ada", key: "k").isRegistered)
    }
}

extension RegistrationOutcome {
    /// All that an answer tells of a registration.
    var essence: String? {
        guard case .registered(let answer) = self else { return nil }
        let bookings = answer.bookings.map { "\($0.session.slug) \($0.status)" }
        return
            "\(answer.attendee.code) \(answer.attendee.status) \(answer.attendee.name) \(bookings) \(answer.manageKey)"
    }
}

extension House {
    /// The number of the newest activity.
    func activityNumber(event slug: String = "day") async throws -> Int64 {
        try await front.attendance(event: slug)?.activity ?? 0
    }
}
