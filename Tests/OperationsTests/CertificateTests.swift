import Registration
import TestPeers
import Testing

@testable import Operations

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct CertificateTests {
    /// Somebody who was scanned at the entrance at 8 and at the first workshop at 10.
    private func attended(_ house: House, beside others: [String] = []) async throws -> RegisteredAttendee {
        try await house.importDay()
        let ada = try await house.registered("Ada", sessions: ["first", "third"])
        for name in others { _ = try await house.registered(name) }
        house.clock.now = Day.hour(8)
        try await house.scan(ada.attendee.code)
        house.clock.now = Day.hour(10)
        try await house.scan(ada.attendee.code, at: "first")
        return ada
    }

    private func other(_ house: House, _ name: String) async throws -> RegisteredAttendee {
        let page = try await house.front.attendees(event: "day", AttendeeFilter(search: name), limit: 1)
        return try #require(page?.items.first)
    }

    private func certificate(_ house: House, _ person: RegisteredAttendee) async throws -> Certificate {
        let outcome = try await house.front.certificate(event: "day", reference: person.attendee.reference)
        guard case .issued(let certificate) = outcome else { throw NoCertificate(outcome: outcome) }
        return certificate
    }

    private struct NoCertificate: Error { var outcome: CertificateOutcome }

    @Test func `it lists the rooms that admitted the person, not those that were only booked`() async throws {
        let house = try await House()
        let ada = try await attended(house)
        house.clock.now = Day.hour(17)
        let certificate = try await certificate(house, ada)
        #expect(certificate.sessions.map(\.slug) == ["first"])
        #expect(certificate.sessionLines == ["10:00 to 11:00 The first session"])
        #expect(certificate.dates == "Wednesday 4 December 2024")
    }

    @Test func `there is none before the event's end, and from then on there is`() async throws {
        let house = try await House()
        let ada = try await attended(house)
        house.clock.now = Day.hour(17).adding(milliseconds: -1)
        let outcome = try await house.front.certificate(event: "day", reference: ada.attendee.reference)
        guard case .notYet(let ends) = outcome else { return #expect(Bool(false), "\(outcome)") }
        #expect(ends == Day.hour(17))
        house.clock.now = Day.hour(17)
        _ = try await certificate(house, ada)
    }

    @Test func `who was never admitted, was refused or has cancelled gets none`() async throws {
        let house = try await House()
        let ada = try await attended(house, beside: ["Bea", "Cleo"])
        let absent = try await other(house, "Bea")
        let refused = try await other(house, "Cleo")
        try await house.scan(refused.attendee.code, at: "first")
        house.clock.now = Day.hour(18)
        for person in [absent, refused] {
            let outcome = try await house.front.certificate(
                event: "day", reference: person.attendee.reference)
            guard case .neverAdmitted = outcome else { return #expect(Bool(false), "\(outcome)") }
        }
        let code = try await certificate(house, ada).code
        _ = try await house.front.cancel(event: "day", reference: ada.attendee.reference, byStaff: true)
        let outcome = try await house.front.certificate(event: "day", reference: ada.attendee.reference)
        guard case .notConfirmed = outcome else { return #expect(Bool(false), "\(outcome)") }
        let check = try await house.front.verifyCertificate(code, from: "192.0.2.1")
        guard case .notValid = check else { return #expect(Bool(false), "\(check)") }
    }

    @Test func `another event's certificate is not this one's`() async throws {
        let house = try await House()
        let ada = try await attended(house)
        try await house.importDay(slug: "other")
        house.clock.now = Day.hour(17)
        let outcome = try await house.front.certificate(event: "other", reference: ada.attendee.reference)
        guard case .unknownAttendee = outcome else { return #expect(Bool(false), "\(outcome)") }
    }

    @Test(
        arguments: [
            { $0 }, { $0.lowercased() }, { $0.filter { $0 != "-" } },
            { " " + $0.replacing("-", with: " – ") },
        ] as [@Sendable (String) -> String])
    func `the code is taken as people type it`(_ typed: @Sendable (String) -> String) async throws {
        let house = try await House()
        let ada = try await attended(house)
        house.clock.now = Day.hour(17)
        let code = try await certificate(house, ada).code
        guard case .valid(let found) = try await house.front.verifyCertificate(typed(code), from: "a") else {
            return #expect(Bool(false), "\(typed(code))")
        }
        #expect(found.attendee.name == "Ada" && found.sessions.map(\.slug) == ["first"])
        #expect(found.code == code)
    }

    @Test func `one wrong character anywhere makes a code that shows nobody's certificate`() async throws {
        let house = try await House()
        let ada = try await attended(house, beside: ["Bea"])
        let bea = try await other(house, "Bea")
        try await house.scan(bea.attendee.code)
        house.clock.now = Day.hour(17)
        let code = Array(try await certificate(house, ada).code)
        for index in code.indices where code[index] != "-" {
            var wrong = code
            wrong[index] = code[index] == "7" ? "8" : "7"
            // The last six vouch for the words alone: they may as well be those of an older certificate.
            switch try await house.front.verifyCertificate(String(wrong), from: "\(index)") {
            case .notValid: #expect(code[index...].filter { $0 != "-" }.count > 6)
            case .outdated: #expect(code[index...].filter { $0 != "-" }.count <= 6)
            case let check: Issue.record("\(String(wrong)): \(check)")
            }
        }
        let beas = Array(try await certificate(house, bea).code)
        for text in [
            "", "K7QX2M4P", String(code.dropLast()), String(code) + "0", String(beas[..<8] + code[8...]),
            String(repeating: "0", count: 100_000), "\u{0}", "K7QX2M4P-é000-0000-0000",
        ] {
            let check = try await house.front.verifyCertificate(text, from: text)
            guard case .notValid = check else { return #expect(Bool(false), "\(text.prefix(40))") }
        }
    }

    @Test(
        arguments: [
            { try await $0.rename() }, { try await $0.importDay { event, _ in event.title = "Another day" } },
            { try await $0.importDay { event, _ in event.venue = "Another hall" } },
            { try await $0.importDay { _, sessions in sessions[1].title = "Another title" } },
            { try await $0.attend("third") },
        ] as [@Sendable (Correction) async throws -> Void])
    func `what is corrected makes another code, and the old one is out of date`(
        _ correct: @Sendable (Correction) async throws -> Void
    ) async throws {
        let house = try await House()
        let ada = try await attended(house)
        house.clock.now = Day.hour(17)
        let old = try await certificate(house, ada).code
        #expect(try await certificate(house, ada).code == old)
        try await correct(Correction(house: house, ada: ada))
        let new = try await certificate(house, ada).code
        guard case .outdated = try await house.front.verifyCertificate(old, from: "a") else {
            return #expect(Bool(false), "the old one is not out of date")
        }
        guard case .valid(let found) = try await house.front.verifyCertificate(new, from: "a") else {
            return #expect(Bool(false), "the new one is not valid")
        }
        #expect(found.code == new && new.prefix(15) == old.prefix(15))
    }

    /// What may become of a certificate after it was printed.
    struct Correction {
        let house: House
        let ada: RegisteredAttendee

        func rename() async throws {
            _ = try await house.front.change(
                event: "day", reference: ada.attendee.reference, AttendeeChange(name: "Ada King"),
                byStaff: true)
        }

        func importDay(_ correct: (inout Event, inout [Session]) -> Void) async throws {
            var (event, sessions) = Day.plan(slug: "day", capacity: 100, workshop: 10)
            correct(&event, &sessions)
            _ = try await house.front.importEvent(event, sessions: sessions)
        }

        /// By a gate that was offline until the event was over.
        func attend(_ session: String) async throws {
            try await house.scan(ada.attendee.code, at: session, door: "gate", scannedAt: Day.hour(12))
        }
    }

    @Test func `what is on the paper alone changes no code`() async throws {
        let house = try await House()
        let ada = try await attended(house)
        house.clock.now = Day.hour(17)
        let code = try await certificate(house, ada).code
        _ = try await house.front.change(
            event: "day", reference: ada.attendee.reference, AttendeeChange(organisation: "Engines"),
            byStaff: true)
        #expect(try await certificate(house, ada).code == code)
    }

    @Test func `guessing is slowed down as signing in is, for whoever has a pile of them later`() async throws
    {
        let house = try await House()
        try await house.importDay()
        for _ in 0..<18 {
            let check = try await house.front.verifyCertificate("K7QX2M4P-0000-0000-0000", from: "192.0.2.1")
            guard case .notValid = check else { return #expect(Bool(false), "\(check)") }
        }
        let check = try await house.front.verifyCertificate("K7QX2M4P-0000-0000-0000", from: "192.0.2.1")
        guard case .tooMany(let seconds) = check else { return #expect(Bool(false), "\(check)") }
        #expect(seconds == 60)
    }
}
