import Registration
import TestPeers
import Testing

@testable import Storage

/// Letters that are owed to many people.
@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct MailingTableTests {
    /// Ada, Bob and five more, with the numbers from 1 to 7.
    private func sevenPeople(in folder: TemporaryFolder? = nil) async throws -> TestStore {
        let test = try await TestStore(folder: folder, isFilled: true)
        try await test.store.write { transaction in
            var event = Sample.event
            event.capacity = 100
            _ = try transaction.save(event)
            for name in ["Cy", "Di", "Ed", "Flo", "Gus"] { try Sample.add(name, to: transaction) }
        }
        return test
    }

    private func recipients(_ store: Store) async throws -> [Int64] {
        try await store.read { try $0.dueLetters(at: Sample.hour(9), limit: 100) }.map(
            \.told.attendee.rawValue)
    }

    private func writeAll(_ store: Store, limit: Int64 = 3) async throws -> [Int] {
        var batches: [Int] = []
        while let batch = try await store.write({ try $0.writeOwedLetters(limit: limit, at: Sample.hour(5)) })
        {
            batches.append(batch)
        }
        return batches
    }

    @Test func `each gets one letter, however many batches there are, and then none is owed`() async throws {
        let test = try await sevenPeople()
        try await test.store.write { try $0.oweToAll(.programmeChanged, event: Sample.eventID) }
        #expect(test.commits.last?.letters == 1)
        #expect(try await recipients(test.store) == [])
        #expect(try await writeAll(test.store) == [3, 3, 1])
        #expect(try await recipients(test.store) == [1, 2, 3, 4, 5, 6, 7])
        #expect(try await test.store.read { try $0.owesLetters() } == false)
        let letters = try await test.store.read { try $0.dueLetters(at: Sample.hour(5), limit: 100) }
        let activity = try await test.store.read { try $0.latestActivity(of: Sample.eventID) }
        #expect(letters.allSatisfy { $0.tellsLatest && $0.told.sequence == Int(activity) })
    }

    @Test func `a stop between two batches leaves nobody out and writes to nobody twice`() async throws {
        let folder = try TemporaryFolder()
        let first = try await sevenPeople(in: folder)
        try await first.store.write { try $0.oweToAll(.reminder, event: Sample.eventID) }
        _ = try await first.store.write { try $0.writeOwedLetters(limit: 4, at: Sample.hour(5)) }
        await first.close()
        let second = try await TestStore(folder: folder)
        #expect(try await second.store.read { try $0.owesLetters() })
        #expect(try await writeAll(second.store) == [3])
        #expect(try await recipients(second.store) == [1, 2, 3, 4, 5, 6, 7])
    }

    @Test func `whoever cancels before their batch gets none, nor does whoever comes later`() async throws {
        let test = try await sevenPeople()
        try await test.store.write { try $0.oweToAll(.reminder, event: Sample.eventID) }
        try await test.store.write { transaction in
            try transaction.setStatus(.cancelled, of: AttendeeID(rawValue: 6))
            try transaction.setStatus(.waiting, of: AttendeeID(rawValue: 7))
            try Sample.add("Hal", to: transaction)
        }
        #expect(try await writeAll(test.store) == [3, 2, 0])
        #expect(try await recipients(test.store) == [1, 2, 3, 4, 5])
    }

    @Test func `only those are written to who registered early enough, and have what moved`() async throws {
        let test = try await sevenPeople()
        let third = SessionID(rawValue: 3)
        try await test.store.write { transaction in
            try transaction.confirm(third, for: AttendeeID(rawValue: 2))
            try transaction.putOnList(of: third, AttendeeID(rawValue: 5), since: 9, swaps: false)
            try transaction.oweToAll(
                .programmeChanged, event: Sample.eventID, booked: [third, SessionID(rawValue: 13)])
            try transaction.oweToAll(.reminder, event: Sample.eventID, registeredBefore: Sample.hour(2))
        }
        #expect(try await writeAll(test.store) == [1, 1, 0, 0, 0, 0])
        #expect(try await recipients(test.store) == [2, 5])
    }

    @Test func `whoever has a letter that was never handed over gets no second one`() async throws {
        let test = try await sevenPeople()
        try await test.store.write { try $0.oweToAll(.programmeChanged, event: Sample.eventID) }
        #expect(try await writeAll(test.store) == [3, 3, 1])
        try await test.store.write { transaction in
            try transaction.noteSent(LetterID(rawValue: 1), at: Sample.hour(5))
            try transaction.noteDelayed(
                LetterID(rawValue: 2), reason: "busy", until: Sample.hour(6), at: Sample.hour(5))
            try transaction.noteRefused(LetterID(rawValue: 3), reason: "gone", at: Sample.hour(5))
            try transaction.record(.imported, "{}", of: Sample.eventID, at: Sample.hour(6))
            try transaction.oweToAll(.programmeChanged, event: Sample.eventID)
            try transaction.oweToAll(.reminder, event: Sample.eventID)
        }
        let underWay: Set = [LetterID(rawValue: 4), LetterID(rawValue: 5)]
        var batches: [Int] = []
        while let batch = try await test.store.write({
            try $0.writeOwedLetters(limit: 3, besides: underWay, at: Sample.hour(6))
        }) {
            batches.append(batch)
        }
        #expect(batches == [3, 2, 0, 3, 3, 1])
        let letters = try await test.store.read { try $0.dueLetters(at: Sample.hour(6), limit: 100) }
        let told = letters.filter { $0.told.kind == .programmeChanged }
        #expect(told.map(\.id.rawValue) == [4, 5, 6, 7, 2, 8, 9, 10, 11, 12])
        #expect(told.map(\.told.attendee.rawValue) == [4, 5, 6, 7, 2, 1, 2, 3, 4, 5])
        let activity = Int(try await test.store.read { try $0.latestActivity(of: Sample.eventID) })
        let isNew = told.map { $0.told.sequence == activity && $0.written == Sample.hour(6) }
        #expect(isNew == [false, false, true, true, false, true, true, true, true, true])
        #expect(letters.filter { $0.told.kind == .reminder }.count == 7)
    }

    /// Else each letter costs a look at all that wait, in a transaction that all others wait for.
    @Test(arguments: [
        (OwedLetters.writing.description, "SEARCH letter USING INDEX letter_programme (attendee_id=?)"),
        (
            OwedLetters.renewal.description,
            "SEARCH letter USING INDEX letter_programme (attendee_id>? AND attendee_id<?)"
        ),
    ])
    func `letters that wait are found by an index`(sql: String, search: String) async throws {
        let test = try await TestStore(isFilled: true)
        let plan = try await Program.run("sqlite3", arguments: [test.path, "EXPLAIN QUERY PLAN " + sql])
        #expect(plan.contains(search), "\(plan)")
    }

    @Test func `other events' people are none of a mailing's`() async throws {
        let test = try await sevenPeople()
        try await test.store.write { transaction in
            var other = Sample.event
            other.slug = "other"
            let id = try transaction.save(other)
            try transaction.oweToAll(.programmeChanged, event: id)
        }
        #expect(try await writeAll(test.store, limit: 100) == [0])
        #expect(try await recipients(test.store) == [])
    }

    @Test func `where nobody is registered nothing is owed`() async throws {
        let test = try await TestStore()
        try await test.store.write { transaction in
            let id = try transaction.save(Sample.event)
            try transaction.oweToAll(.programmeChanged, event: id)
        }
        #expect(try await test.store.read { try $0.owesLetters() } == false)
    }
}
