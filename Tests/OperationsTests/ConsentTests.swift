import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct ConsentTests {
    private func agreeing(_ house: House, to consents: Set<Consent>) async throws -> RegisteredAttendee {
        let form = RegistrationForm(name: "Ada", email: "ada@example.org", consents: consents)
        guard case .registered(let person) = try await house.front.register(form, event: "day") else {
            throw Missing()
        }
        return person
    }

    private struct Missing: Error {}

    private func change(
        _ house: House, _ person: RegisteredAttendee, to wanted: Set<Consent>
    ) async throws -> [ConsentStatement] {
        let outcome = try await house.front.changeConsents(
            event: "day", reference: person.attendee.reference, to: wanted)
        guard case .changed(let statements) = outcome else { throw Missing() }
        return statements
    }

    @Test func `nothing is agreed to by registering, and what is ticked is kept with its words and time`()
        async throws
    {
        let house = try await House()
        try await house.importDay()
        let silent = try await house.registered("Bob")
        #expect(try await house.front.consents(of: silent.attendee.id).isEmpty)
        let ada = try await agreeing(house, to: [.quotes, .newsletter])
        #expect(
            try await house.front.consents(of: ada.attendee.id)
                == [Consent.newsletter, .quotes].map {
                    ConsentStatement($0, isGiven: true, wording: $0.wording, at: house.clock.now)
                })
        let record = try #require(try await house.front.activity(event: "day", since: 2, limit: 9)?.first)
        #expect(
            record.detail
                == "{\"reference\":\"\(ada.attendee.reference)\",\"sessions\":[],\"consents\":[\"newsletter\",\"quotes\"]}"
        )
    }

    @Test func `each change is kept with its time, and naming what stands already changes nothing`()
        async throws
    {
        let house = try await House()
        try await house.importDay()
        let ada = try await agreeing(house, to: [.newsletter])
        let began = house.clock.now
        house.clock.advance(seconds: 60)
        _ = try await change(house, ada, to: [.photography])
        house.clock.advance(seconds: 60)
        let number = try await house.activityNumber()
        _ = try await change(house, ada, to: [.photography])
        #expect(try await house.activityNumber() == number)
        // It is never too late to withdraw, nor does one have to be registered still.
        house.clock.now = Day.hour(20)
        _ = try await house.front.cancel(event: "day", reference: ada.attendee.reference, byStaff: true)
        let said = try await change(house, ada, to: [])
        #expect(said.map(\.consent) == [.newsletter, .newsletter, .photography, .photography])
        #expect(said.map(\.isGiven) == [true, false, true, false])
        #expect(
            said.map(\.at) == [began, began.adding(seconds: 60), began.adding(seconds: 60), Day.hour(20)])
        #expect(said.standing.isEmpty)
        let records = try #require(try await house.front.activity(event: "day", since: 0, limit: 20))
        let changes = records.filter { $0.kind == .consentsChanged }.map(\.detail)
        let reference = "\"reference\":\"\(ada.attendee.reference)\""
        #expect(
            changes == [
                "{\(reference),\"given\":[\"photography\"],\"withdrawn\":[\"newsletter\"]}",
                "{\(reference),\"given\":[],\"withdrawn\":[\"photography\"]}",
            ])
    }

    @Test func `organisers are told how many agree, of those who have not cancelled`() async throws {
        let house = try await House()
        try await house.importDay()
        let ada = try await agreeing(house, to: [.newsletter, .quotes])
        _ = try await house.registered("Bob")
        var numbers = try #require(try await house.front.consentNumbers(event: "day"))
        #expect(numbers.people == 2)
        #expect(Consent.allCases.map { numbers[$0] } == [1, 0, 0, 1])
        _ = try await change(house, ada, to: [.quotes])
        numbers = try #require(try await house.front.consentNumbers(event: "day"))
        #expect(Consent.allCases.map { numbers[$0] } == [0, 0, 0, 1])
        _ = try await house.front.cancel(event: "day", reference: ada.attendee.reference, byStaff: true)
        numbers = try #require(try await house.front.consentNumbers(event: "day"))
        #expect(numbers.people == 1 && Consent.allCases.allSatisfy { numbers[$0] == 0 })
        #expect(try await house.front.consentNumbers(event: "none") == nil)
    }

    @Test func `whoever changes their mind without end can at last only withdraw`() async throws {
        let house = try await House()
        try await house.importDay()
        let ada = try await agreeing(house, to: [])
        for number in 0..<Consent.statementLimit {
            _ = try await change(house, ada, to: number % 2 == 0 ? [.quotes] : [])
        }
        let reference = ada.attendee.reference
        func outcome(_ wanted: Set<Consent>) async throws -> ConsentOutcome {
            try await house.front.changeConsents(event: "day", reference: reference, to: wanted)
        }
        guard case .tooMany = try await outcome([.quotes]), case .changed = try await outcome([]) else {
            Issue.record("taken")
            return
        }
        let other = try await house.registered("Bob")
        for number in 0..<Consent.statementLimit - 1 {
            _ = try await change(house, other, to: number % 2 == 0 ? [.quotes] : [])
        }
        // The last that is kept may be a giving; it can still be taken back.
        #expect(try await house.front.consents(of: other.attendee.id).standing.count == 1)
        #expect(try await change(house, other, to: []).standing.isEmpty)
    }

    @Test func `another consent or answer under the same key is another request`() async throws {
        let house = try await House()
        try await house.importDay(questions: [Question(slug: "q", label: "Q", kind: .text)])
        func send(_ consents: Set<Consent>, _ answer: String) async throws -> RegistrationOutcome {
            let form = RegistrationForm(
                name: "Ada", email: "ada@example.org", consents: consents, answers: ["q": .text(answer)])
            return try await house.front.register(form, event: "day", idempotencyKey: "k")
        }
        #expect(try await send([.quotes], "a").isRegistered)
        #expect(try await send([.quotes], " a ").isRegistered)
        for (consents, answer): (Set<Consent>, String) in [([], "a"), ([.newsletter], "a"), ([.quotes], "b")]
        {
            guard case .keyReused = try await send(consents, answer) else {
                Issue.record("taken for the same")
                return
            }
        }
    }
}
