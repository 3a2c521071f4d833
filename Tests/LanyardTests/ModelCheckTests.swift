import FoundationEssentials
import Glibc
import TestPeers
import Testing

/// Many work on one event at once, at random; a plain model then replays its record and must come to the same.
///
/// A failure names its seed. `LANYARD_MODEL_SEED=N` sends the same operations again, though not in the same order
/// among clients, and `LANYARD_MODEL_SECONDS=N` goes on for longer than the usual ten seconds.
@Suite(.takesTurns, .timeLimit(.minutes(10)))
struct ModelCheckTests {
    @Test func `whatever many do at once, places and lists are those that the record and the rules make`()
        async throws
    {
        let seed = environment("LANYARD_MODEL_SEED").flatMap(UInt64.init) ?? .random(in: 1...999_999_999)
        let seconds = environment("LANYARD_MODEL_SECONDS").flatMap(Double.init) ?? 10
        print("Model check: LANYARD_MODEL_SEED=\(seed)")
        let here = try await Installation()
        var organiser = ModelOrganiser(here, seed: seed)
        try await organiser.importEvent()
        let token = try await here.lanyard("token", "create", "--role", "organiser").trimmed
        let daemon = try await here.serve()
        let answers = ModelAnswers()
        let deadline = ContinuousClock.now + .seconds(seconds)
        let sent = try await withThrowingTaskGroup { group in
            for client in 0..<Operations.clients {
                let one = ModelClient(
                    port: here.httpPort, token: token, answers: answers, seed: seed, client: client)
                group.addTask { try await one.run(until: deadline) }
            }
            group.addTask { [organiser] in
                var organiser = organiser
                _ = try await organiser.run(until: deadline)
                return 0
            }
            return try await group.reduce(0, +)
        }
        let look = ModelLook(here: here, token: token)
        let record = try await look.activity()
        print("Model check: \(sent) operations; \(counts(record))")
        let findings = try await look.findings(answers.all, record)
        #expect(
            findings.isEmpty, "LANYARD_MODEL_SEED=\(seed)\n\(findings.prefix(20).joined(separator: "\n"))")
        #expect(sent > 500 && record.contains { $0.detail.byHand })
        #expect(record.contains { $0.kind == "capacity-changed" && $0.detail.session == nil })
        daemon.send(signal: SIGTERM)
        #expect(try await daemon.exit() == .exited(0))
        try await here.lanyard("verify")
    }

    private func counts(_ record: [Activity]) -> String {
        var counts: [String: Int] = [:]
        for activity in record {
            counts[activity.kind, default: 0] += 1
            if activity.kind == "promoted", !activity.detail.released.isEmpty {
                counts["swapped", default: 0] += 1
            }
            if activity.kind == "capacity-changed", activity.detail.session == nil {
                counts["of them the event's", default: 0] += 1
            }
            if activity.detail.byHand {
                counts[activity.detail.session == nil ? "let in by hand" : "given by hand", default: 0] += 1
            }
        }
        return counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    }

    private func environment(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }
}
