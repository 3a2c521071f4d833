import Synchronization
import Glibc
import Testing
import TestPeers

/// What the daemon answered before it was killed.
private final class Answers: Sendable {
    private let answers = Mutex<[(registered: Registered, isIn: Bool)]>([])

    var all: [(registered: Registered, isIn: Bool)] { answers.withLock { $0 } }

    func add(_ registered: Registered, isIn: Bool) { answers.withLock { $0.append((registered, isIn)) } }
}

@Suite(.takesTurns, .timeLimit(.minutes(2)))
struct KillTests {
    @Test func `after kill -9 in a stampede, everything answered is there`() async throws {
        let here = try await Installation()
        try await here.importDay()
        let token = try await here.lanyard("token", "create", "--role", "organiser").trimmed
        for round in 0..<3 {
            let daemon = try await here.serve()
            let answers = Answers()
            await withTaskGroup { group in
                for client in 0..<16 {
                    group.addTask { await stampede("\(round) \(client)", here, token, answers) }
                }
                group.addTask {
                    try? await eventually("enough is under way", isTrue: { answers.all.count >= 40 })
                    await daemon.kill()
                }
            }
            try await check(answers.all, here, token)
        }
    }

    /// Registers people and scans them in until the daemon is gone; whatever fails was never answered.
    private func stampede(
        _ client: String, _ here: Installation, _ token: String, _ answers: Answers
    ) async {
        for number in 0..<200 {
            guard let person = try? await here.registered("P \(client) \(number)", token: token),
                let code = person.code
            else { return }
            let verdict = try? await here.scan(code).first
            answers.add(person, isIn: verdict?.hasPrefix("ADMIT") == true)
        }
    }

    private func check(
        _ answered: [(registered: Registered, isIn: Bool)], _ here: Installation, _ token: String
    ) async throws {
        #expect(answered.count >= 40)
        #expect(answered.contains { $0.isIn })
        try await here.lanyard("verify")
        let daemon = try await here.serve()
        for (person, isIn) in answered {
            let found = try await here.request(
                "GET", "/api/v1/events/day/attendees/\(person.reference)", token: token)
            #expect(found?.status == 200)
            guard isIn, let code = person.code else { continue }
            // Within three seconds at the same door it is the first scan's verdict again, later a repetition.
            let verdict = try await here.scan(code)
            #expect(verdict[0].hasPrefix("AGAIN") || verdict[0].hasPrefix("ADMIT"))
            let elsewhere = try await here.request(
                "POST", "/api/v1/events/day/check-ins",
                json: #"{"id":"after-\#(person.reference)","code":"\#(code)","point":"entrance"}"#,
                token: token)
            #expect(try elsewhere?.decoded(as: Verdict.self).verdict == "again")
        }
        daemon.send(signal: SIGTERM)
        #expect(try await daemon.exit() == .exited(0))
        try await here.lanyard("verify")
    }
}

extension String {
    var trimmed: String { String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()) }
}
