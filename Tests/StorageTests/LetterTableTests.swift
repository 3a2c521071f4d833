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
        letter.joined = [session(4)]
        letter.left = [session(5), session(6)]
        letter.swaps = false
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

    @Test func `the letters of an older database stay as they are`() async throws {
        let folder = try TemporaryFolder()
        let older = Migration.all.prefix { $0 != Schema.addressLetters }
        do {
            let connection = try Connection(path: folder.path("lanyard.db"), mode: .create)
            for statements in older { try connection.execute(statements) }
            try connection.execute(
                """
                INSERT INTO event (slug, title, venue, time_zone, starts, ends, contact, summary,
                    registration_opens, registration_closes, doors_open, doors_close)
                VALUES ('old', 'Old', '', 'UTC', 1000, 2000, '', '', 0, 1000, 0, 2000);
                INSERT INTO attendee (event_id, status, secret_high, secret_low, registered_at, email_key, email,
                    name, organisation, role)
                VALUES (1, 'confirmed', 1, 2, 0, 'ada@example.org', 'ada@example.org', 'Ada', '', '');
                INSERT INTO letter (id, event_id, attendee_id, kind, told, sequence, address, state, attempts,
                    reason, next_at, written_at, changed_at)
                VALUES (7, 1, 1, 'link', '', 3, NULL, 'sent', 0, '', 10, 10, 10),
                    (8, 1, 1, 'reminder', '', 4, NULL, 'failed', 2, '550 No such mailbox', 10, 20, 30),
                    (9, 1, 1, 'confirm-address', '', 5, 'new@example.org', 'queued', 1, 'busy', 40, 35, 36);
                PRAGMA application_id = \(Migration.applicationID); PRAGMA user_version = \(older.count);
                """)
        }
        let test = try await TestStore(folder: folder)
        let (failed, due, next) = try await test.store.read { snapshot in
            let event = EventID(rawValue: 1)
            return (
                try snapshot.refusedLetters(of: event, limit: 9),
                try snapshot.waitingLetters(of: event, limit: 9), try snapshot.nextLetterTime()
            )
        }
        #expect(failed.map(\.id.rawValue) == [8] && failed.first?.reason == "550 No such mailbox")
        #expect(failed.first?.attempts == 2 && failed.first?.changed == Timestamp(rawValue: 30))
        #expect(due.map(\.id.rawValue) == [9] && due.first?.address == "new@example.org")
        #expect(due.first?.kind == .confirmAddress && next == Timestamp(rawValue: 40))
        try await test.store.write { transaction in
            try transaction.write(
                NewLetter(
                    kind: .addressChanged, event: EventID(rawValue: 1), attendee: AttendeeID(rawValue: 1),
                    sequence: 6), at: Timestamp(rawValue: 50))
        }
        let numbers = try await test.store.read { snapshot in
            try snapshot.connection.all("SELECT id FROM letter ORDER BY id") { $0.integer(0) }
        }
        #expect(numbers == [7, 8, 9, 10])
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
