import Operations
import Registration
import TestPeers
import Testing

@testable import Storage

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct StampedeTests {
    /// 300 people at once; how many were given a place.
    private func stampede(_ book: @escaping @Sendable (Int) async throws -> Bool) async throws -> Int {
        try await withThrowingTaskGroup { group in
            for number in 0..<300 { group.addTask { try await book(number) } }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
    }

    @Test func `300 at once for 50 places of a workshop confirm exactly 50`() async throws {
        let house = try await House()
        try await house.importDay(capacity: 1_000, workshop: 50)
        let registered = try await stampede { number in
            let outcome = try await house.register("Person \(number)", sessions: ["first"])
            #expect(outcome.isRegistered || outcome.refusals == [.sessionFull])
            return outcome.isRegistered
        }
        #expect(registered == 50)
        let attendance = try #require(try await house.front.attendance(event: "day"))
        #expect(attendance.registered == 50)
        #expect(attendance.sessions.first { $0.session.slug == "first" }?.places.confirmed == 50)
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `300 at once for 50 places of the event confirm exactly 50`() async throws {
        let house = try await House()
        try await house.importDay(capacity: 50)
        let registered = try await stampede { number in
            let outcome = try await house.register("Person \(number)")
            #expect(outcome.isRegistered || outcome.refusals == [.eventFull])
            return outcome.isRegistered
        }
        #expect(registered == 50)
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `300 at once with one address are one registration`() async throws {
        let house = try await House()
        try await house.importDay(capacity: 1_000)
        let registered = try await stampede { number in
            let outcome = try await house.register("Person \(number)", email: "Same@example.org")
            #expect(outcome.isRegistered || outcome.refusals == [.addressTaken])
            return outcome.isRegistered
        }
        #expect(registered == 1)
    }

    /// Registers as one must not: looks for a place in one transaction and takes it in another.
    private func bookCarelessly(_ number: Int, in store: Store) async throws -> Bool {
        let isFull = try await store.read { try $0.places(of: SessionID(rawValue: 2)).isFull }
        guard !isFull else { return false }
        try await store.write { transaction in
            let form = RegistrationForm(name: "Person", email: "\(number)@example.org")
            let attendee = try transaction.addAttendee(
                form, address: try #require(EmailAddress(form.email)), secret: Code.Secret(high: 1, low: 2),
                status: .confirmed, event: EventID(rawValue: 1), at: Day.midnight)
            try transaction.confirm(SessionID(rawValue: 2), for: attendee.id)
            try transaction.record(
                .registered, "{}", of: EventID(rawValue: 1), at: Day.midnight, confirmed: 1)
        }
        return true
    }

    @Test func `without the rule the schema holds, and without both the same stampede oversells`()
        async throws
    {
        for (isGuarded, expected) in [(true, 50...50), (false, 51...300)] {
            let house = try await House()
            try await house.importDay(capacity: 1_000, workshop: 50)
            let store = try Store(path: house.folder + "/lanyard.db", creates: false) { Issue.record($0) }
            defer { store.close() }
            #expect(
                try await store.read {
                    try $0.sessions(of: EventID(rawValue: 1)).first { $0.slug == "first" }?.id
                }
                    == SessionID(rawValue: 2))
            if !isGuarded {
                try await store.write { try $0.connection.execute("PRAGMA ignore_check_constraints = ON") }
            }
            let registered = try await stampede { number in
                do {
                    return try await bookCarelessly(number, in: store)
                } catch let fault as StorageFault where fault.isConstraint {
                    return false
                }
            }
            #expect(expected.contains(registered))
            #expect(try await house.front.verify().contains { $0.rule == 1 } == !isGuarded)
        }
    }
}
