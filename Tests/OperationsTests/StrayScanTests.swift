import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct StrayScanTests {
    private func open() async throws -> (House, RegisteredAttendee) {
        let house = try await House()
        try await house.importDay()
        let ada = try await house.registered("Ada")
        house.clock.now = Day.hour(9)
        return (house, ada)
    }

    @Test func `past its limit a door keeps no more texts that are no code, and admits people all the same`()
        async throws
    {
        let (house, ada) = try await open()
        let limit = house.front.settings.unknownCodesPerMinute
        for number in 0..<limit {
            #expect(try await house.scan("stray \(number)").verdict == .deny(.unknownCode))
        }
        let (activity, scans) = (
            try await house.activityNumber(), try await house.front.latestScans(event: "day", limit: 1)
        )
        await #expect(throws: Overloaded.self) { try await house.scan("one more") }
        // It looks like a code and is nobody's.
        let made = String(ada.attendee.code.description.dropLast()) + "*"
        await #expect(throws: Overloaded.self) { try await house.scan(made) }
        #expect(try await house.activityNumber() == activity)
        #expect(
            try await house.front.latestScans(event: "day", limit: 1).map(\.scan.id) == scans.map(\.scan.id))
        #expect(try await house.scan("stray \(limit - 1)").verdict == .deny(.unknownCode))
        #expect(try await house.scan(ada.attendee.code).verdict == .admit)
        #expect(try await house.scan("one more", door: "south").verdict == .deny(.unknownCode))
        house.clock.advance(seconds: 60)
        #expect(try await house.scan("one more").verdict == .deny(.unknownCode))
        #expect(try await house.front.verify().isEmpty)
    }

    @Test(arguments: [
        (String(repeating: "x", count: 64), 64), (String(repeating: "x", count: 65), 64),
        (String(repeating: "x", count: 62) + "€uro", 62), (String(repeating: "é", count: 200), 64),
    ])
    func `of a text that is no code the first 64 bytes are kept, and no half of a letter`(
        text: String, bytes: Int
    ) async throws {
        let (house, _) = try await open()
        _ = try await house.scan(text)
        guard
            case .stray(let kept)? = try await house.front.latestScans(event: "day", limit: 1).first?.scan
                .subject
        else {
            Issue.record("no text was kept")
            return
        }
        #expect(kept.utf8.count == bytes && text.hasPrefix(kept))
    }
}
