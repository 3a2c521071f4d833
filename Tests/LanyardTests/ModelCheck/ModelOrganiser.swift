import TestPeers

/// Beside the clients, imports the event again and again in another process, with other capacities each time, and with
/// its lists held now and then.
struct ModelOrganiser: Sendable {
    private let here: Installation
    private var random: SeededGenerator

    init(_ here: Installation, seed: UInt64) {
        self.here = here
        random = SeededGenerator(seed: ~seed)
    }

    /// - Returns: how many imports were not refused.
    mutating func run(until deadline: ContinuousClock.Instant) async throws -> Int {
        var imports = 0
        while ContinuousClock.now < deadline {
            if try await importEvent() { imports += 1 }
            try await Task.sleep(for: .milliseconds(500))
        }
        return imports
    }

    /// False where more have booked than it would hold.
    @discardableResult
    mutating func importEvent() async throws -> Bool {
        let capacities = ModelDay.sessions.map { _ in Int.random(in: 25...35, using: &random) }
        try here.folder.write(
            ModelDay.file(
                capacity: Int.random(in: 80...125, using: &random), capacities: capacities,
                isHeld: random.chance(30)),
            to: "day.toml")
        let outcome = try await Program.outcome(
            of: try Installation.program,
            arguments: [
                "event", "import", here.folder.path("day.toml"), "--config", here.folder.path("lanyard.toml"),
            ])
        if outcome.status == .exited(0) { return true }
        guard outcome.status == .exited(1), outcome.errorOutput.contains("Nothing was changed.") else {
            throw ProgramFailure.failed("lanyard event import", outcome)
        }
        return false
    }
}
