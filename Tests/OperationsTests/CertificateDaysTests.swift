import Registration
import TestPeers
import Testing

@testable import Operations

/// The days that a certificate of an event of several days names.
@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct CertificateDaysTests {
    private static let first = "Wednesday 4 December 2024"
    private static let second = "Thursday 5 December 2024"
    private static let third = "Friday 6 December 2024"

    /// Three days, the doors open from the evening before, and a workshop on the second.
    private func house() async throws -> (House, RegisteredAttendee) {
        let house = try await House()
        var (event, sessions) = Day.plan(slug: "day", capacity: 100, workshop: 10)
        event.doorsOpen = Day.hour(-6)
        (event.ends, event.doorsClose) = (Day.hour(65), Day.hour(65))
        sessions.append(Day.session("walk", .workshop, 34, 35, 10))
        _ = try await house.front.importEvent(event, sessions: sessions)
        return (house, try await house.registered("Ada", sessions: ["walk"]))
    }

    /// What the certificate names after scans at these hours of the first day and later.
    private func dates(
        entrance hours: [Int64], walk: Int64? = nil, late: Int64? = nil
    ) async throws -> String {
        let (house, ada) = try await house()
        for hour in hours {
            house.clock.now = Day.hour(hour)
            try await house.scan(ada.attendee.code)
        }
        if let walk {
            house.clock.now = Day.hour(walk)
            try await house.scan(ada.attendee.code, at: "walk")
        }
        house.clock.now = Day.hour(80)
        if let late { try await house.scan(ada.attendee.code, door: "gate", scannedAt: Day.hour(late)) }
        let outcome = try await house.front.certificate(event: "day", reference: ada.attendee.reference)
        guard case .issued(let certificate) = outcome else { return "none" }
        return certificate.dates
    }

    @Test func `whoever is scanned again on another day was there then too`() async throws {
        let (first, second, third) = (Self.first, Self.second, Self.third)
        #expect(try await dates(entrance: [8]) == first)
        #expect(try await dates(entrance: [8, 56]) == "\(first) and \(third)")
        #expect(try await dates(entrance: [8, 9, 32, 33, 56]) == "\(first), \(second) and \(third)")
    }

    @Test func `a room tells of its session's day`() async throws {
        #expect(try await dates(entrance: [8], walk: 34) == "\(Self.first) and \(Self.second)")
    }

    @Test func `a gate that was offline tells of the day on which it read the code`() async throws {
        #expect(try await dates(entrance: [8], late: 33) == "\(Self.first) and \(Self.second)")
        #expect(try await dates(entrance: [33], late: 8) == "\(Self.first) and \(Self.second)")
    }

    @Test func `the evening before is no day, and stands for the first only where nothing else is known`()
        async throws
    {
        #expect(try await dates(entrance: [-5]) == Self.first)
        #expect(try await dates(entrance: [-5, 33]) == Self.second)
        #expect(try await dates(entrance: [-5], walk: 34) == Self.second)
    }

    @Test func `a code that is shown once the doors are closed says nothing of the day`() async throws {
        #expect(try await dates(entrance: [8, 66]) == Self.first)
        #expect(try await dates(entrance: [8, 79]) == Self.first)
    }

    @Test func `sessions say on which day they were`() async throws {
        let (house, ada) = try await house()
        house.clock.now = Day.hour(34)
        try await house.scan(ada.attendee.code, at: "walk")
        house.clock.now = Day.hour(80)
        let outcome = try await house.front.certificate(event: "day", reference: ada.attendee.reference)
        guard case .issued(let certificate) = outcome else { return #expect(Bool(false), "\(outcome)") }
        #expect(certificate.sessionLines == ["Thursday 5 December, 10:00 to 11:00 The walk session"])
    }
}
