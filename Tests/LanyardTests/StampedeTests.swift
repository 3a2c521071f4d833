import Glibc
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct StampedeTests {
    @Test func `300 people at once for 50 places: exactly 50 are confirmed, and 250 are told it is full`()
        async throws
    {
        let here = try await Installation()
        try await here.importDay(workshop: 50)
        let daemon = try await here.serve()
        let answers = try await withThrowingTaskGroup { group in
            for number in 0..<300 {
                group.addTask { try await here.register("Person \(number)", sessions: ["morning"])?.status }
            }
            return try await group.reduce(into: [Int]()) { $0.append($1 ?? 0) }
        }
        #expect(answers.count { $0 == 201 } == 50)
        #expect(answers.count { $0 == 409 || $0 == 422 } == 250)
        try await here.lanyard("verify")
        daemon.send(signal: SIGTERM)
        #expect(try await daemon.exit() == .exited(0))
    }
}
