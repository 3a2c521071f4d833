import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct OwedLetterTests {
    /// Changes the day's venue by a front of house beside the daemon's, as a command does.
    private func importBeside(_ house: House, venue: String) async throws {
        var settings = FrontOfHouse.Settings(publicURL: "https://events.example.org")
        settings.followsDaemon = true
        let clock = house.clock
        let beside = try await FrontOfHouse(
            database: house.folder + "/lanyard.db", creates: false, settings: settings, clock: { clock.now },
            onFault: { Issue.record("\($0)") })
        defer { beside.close() }
        var (event, sessions) = Day.plan(slug: "day", capacity: 100, workshop: 10)
        event.venue = venue
        guard case .changed = try await beside.importEvent(event, sessions: sessions) else {
            Issue.record("not changed")
            return
        }
    }

    @Test func `an import beside the daemon owes letters where the daemon sends some`() async throws {
        let house = try await House(letters: true)
        try await house.front.noteSendsLetters()
        try await house.importDay()
        _ = try await house.registered("Ada")
        try await importBeside(house, venue: "Another hall")
        #expect(try await house.front.writeOwedLetters() == 1)
        #expect(try await house.front.writeOwedLetters() == 0)
    }

    @Test func `where the daemon sends none nothing is owed, also not once it does`() async throws {
        let house = try await House()
        try await house.front.noteSendsLetters()
        try await house.importDay()
        _ = try await house.registered("Ada")
        try await importBeside(house, venue: "Another hall")
        #expect(try await house.front.writeOwedLetters() == 0)
    }

    @Test func `what is owed when a daemon starts that sends no letters is forgotten`() async throws {
        let house = try await House(letters: true)
        try await house.front.noteSendsLetters()
        try await house.importDay()
        _ = try await house.registered("Ada")
        try await importBeside(house, venue: "Another hall")
        let quiet = try await House.open(house.folder, house.clock)
        try await quiet.noteSendsLetters()
        quiet.close()
        #expect(try await house.front.writeOwedLetters() == 0)
    }
}
