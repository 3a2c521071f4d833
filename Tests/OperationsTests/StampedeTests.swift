import Operations
import Registration
import Testing

@Suite(.timeLimit(.minutes(1)))
struct StampedeTests {
    @Test func `300 at once for 50 places confirm exactly 50`() async throws {
        let house = try await House()
        try await house.importDay(capacity: 1_000, workshop: 50)
        let outcomes = try await withThrowingTaskGroup { group in
            for number in 0..<300 {
                group.addTask { try await house.register("Person \(number)", sessions: ["first"]) }
            }
            return try await group.reduce(into: [RegistrationOutcome]()) { $0.append($1) }
        }
        let registered = outcomes.count { $0.isRegistered }
        let full = outcomes.count { $0.refusals == [.sessionFull] }
        #expect(registered == 50)
        #expect(full == 250)
        let attendance = try #require(try await house.front.attendance(event: "day"))
        #expect(attendance.registered == 50)
        #expect(attendance.sessions.first { $0.session.slug == "first" }?.places.confirmed == 50)
        #expect(try await house.front.verify().isEmpty)
    }
}
