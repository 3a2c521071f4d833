import Registration
import TestPeers
import Testing

@testable import Storage

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct TimetableTests {
    /// Gives the sample event another title and answers the timetable that is read then.
    private static func retitle(_ title: String, in transaction: Transaction) throws -> String? {
        var event = Sample.event
        event.title = title
        _ = try transaction.save(event)
        return try transaction.timetable(of: event.slug)?.event.title
    }

    @Test func `a change that was taken back leaves nothing for the next that gets its number`() async throws
    {
        let test = try await TestStore(isFilled: true)
        await #expect(throws: Deliberate.self) {
            try await test.store.write { transaction in
                _ = try TimetableTests.retitle("Taken back", in: transaction)
                throw Deliberate()
            }
        }
        let read = try await test.store.write { try TimetableTests.retitle("Kept", in: $0) }
        #expect(read == "Kept")
    }

    @Test func `work that fails costs nobody another reading of the programme`() async throws {
        let test = try await TestStore(isFilled: true)
        let slug = Sample.event.slug
        _ = try await test.store.write { try $0.timetable(of: slug) != nil }
        await #expect(throws: Deliberate.self) {
            try await test.store.write { transaction in
                _ = try transaction.timetable(of: slug)
                throw Deliberate()
            }
        }
        #expect(try await test.store.write { $0.timetables[slug] != nil })
    }
}
