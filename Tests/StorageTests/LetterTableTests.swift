import Registration
import TestPeers
import Testing

@testable import Storage

@Suite(.timeLimit(.minutes(1)))
struct LetterTableTests {
    static func letter(_ kind: LetterKind = .registered, sequence: Int = 1) -> NewLetter {
        NewLetter(kind: kind, event: Sample.eventID, attendee: Sample.ada, sequence: sequence)
    }

    @Test func `a letter keeps what it tells`() async throws {
        let test = try await TestStore(isFilled: true)
        let session = { (number: Int64) in SessionID(rawValue: number) }
        var letter = Self.letter(.promoted, sequence: 17)
        letter.bookings = [
            LetterBooking(session: session(1), status: .confirmed),
            LetterBooking(session: session(3), status: .confirmed),
            LetterBooking(session: session(2), status: .waiting, position: 12),
            LetterBooking(session: session(4), status: .waiting),
        ]
        letter.gained = [session(1)]
        letter.released = [session(2), session(3)]
        letter.isEventWaiting = true
        letter.address = "other@example.org"
        try await test.store.write { [letter] in try $0.write(letter, at: Sample.hour(5)) }
        let found = try await test.store.read { try $0.dueLetters(at: Sample.hour(5), limit: 10) }
        #expect(found.map(\.told) == [letter])
        #expect(found.first?.tellsLatest == false)
        #expect(found.first?.written == Sample.hour(5))
    }

    @Test(arguments: LetterKind.allCases)
    func `every kind of letter has room in the table`(kind: LetterKind) async throws {
        let test = try await TestStore(isFilled: true)
        try await test.store.write { try $0.write(Self.letter(kind), at: Sample.hour(5)) }
        let found = try await test.store.read { try $0.dueLetters(at: Sample.hour(5), limit: 10) }
        #expect(found.map(\.told.kind) == [kind])
    }

    @Test func `letters come in order, those put off at their own time, and those at their end never again`()
        async throws
    {
        let test = try await TestStore(isFilled: true)
        try await test.store.write { transaction in
            for number in 1...5 {
                try transaction.write(Self.letter(sequence: number), at: Sample.hour(5))
            }
            let id = { LetterID(rawValue: $0) }
            try transaction.noteDelayed(
                id(1), reason: "busy", until: Sample.hour(7), at: Sample.hour(5))
            try transaction.noteSent(id(3), at: Sample.hour(5))
            try transaction.noteRefused(id(4), reason: "no such mailbox", at: Sample.hour(5))
            // Too late for each of them.
            try transaction.noteSent(id(3), at: Sample.hour(5))
            try transaction.noteSent(id(4), at: Sample.hour(5))
            try transaction.withdraw(id(3))
        }
        let (early, late, next, counts, refused) = try await test.store.read { snapshot in
            (
                try snapshot.dueLetters(at: Sample.hour(6), limit: 10),
                try snapshot.dueLetters(at: Sample.hour(7), limit: 10), try snapshot.nextLetterTime(),
                try snapshot.letterCounts(), try snapshot.refusedLetters(of: Sample.eventID, limit: 10)
            )
        }
        #expect(early.map(\.id.rawValue) == [2, 5])
        #expect(late.map(\.id.rawValue) == [2, 5, 1])
        #expect(late.last?.attempts == 1)
        #expect(next == Sample.hour(5))
        #expect(counts == [.queued: 3, .sent: 1, .failed: 1])
        #expect(refused.map(\.reason) == ["no such mailbox"])
    }

    @Test func `a commit tells of its letters, and not of those of work that failed`() async throws {
        let test = try await TestStore(isFilled: true)
        try await test.store.write { try $0.write(Self.letter(), at: Sample.hour(5)) }
        #expect(test.commits.last?.letters == 1)
        await #expect(throws: Deliberate.self) {
            try await test.store.write { transaction in
                try transaction.write(Self.letter(), at: Sample.hour(5))
                throw Deliberate()
            }
        }
        #expect(test.commits.last?.letters == 0)
    }
}
