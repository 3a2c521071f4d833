import FoundationEssentials
import Registration
import TestPeers
import Testing

@testable import Storage

@Suite(.takesTurns, .timeLimit(.minutes(2)))
struct EraseTests {
    private static let mark = "WHOEVER-IS-ERASED-"
    private static let people = 2_000

    /// How often the mark stands in the database file and its log, in capitals or not.
    private func traces(_ test: TestStore) -> Int {
        ["", "-wal"].reduce(0) { sum, end in
            guard let data = FileManager.default.contents(atPath: test.path + end) else { return sum }
            let text = String(decoding: data.map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self).uppercased()
            return sum + text.split(separator: EraseTests.mark, omittingEmptySubsequences: false).count - 1
        }
    }

    private func form(_ number: Int, isErased: Bool, padding: Int) -> RegistrationForm {
        RegistrationForm(
            name: isErased ? EraseTests.mark : "Somebody",
            email: "\(isErased ? EraseTests.mark : "p")\(number &* 7_919 % 9_973)@example.org",
            organisation: String(repeating: "x", count: padding))
    }

    /// Every fifth of many is to be erased; all correct what they typed a few times, so that rows and entries of
    /// indexes move between pages.
    private func fill(_ test: TestStore) async throws -> [AttendeeID] {
        let erased = try await test.store.write { transaction -> [AttendeeID] in
            try transaction.connection.execute("UPDATE event_places SET capacity = 1000000")
            var people: [AttendeeID] = []
            for number in 0..<EraseTests.people {
                let form = form(number, isErased: number % 5 == 0, padding: number % 40)
                let address = try #require(EmailAddress(form.email))
                let attendee = try transaction.addAttendee(
                    form, address: address, secret: Code.Secret(high: 1, low: 2), status: .confirmed,
                    event: Sample.eventID, at: Sample.hour(2))
                try transaction.record(
                    .registered, "{}", of: Sample.eventID, at: Sample.hour(2), confirmed: 1)
                people.append(attendee.id)
            }
            for round in 1...3 {
                for number in people.indices {
                    let form = form(
                        number, isErased: number % 5 == 0, padding: (number * 31 + round * 53) % 118)
                    let address = try #require(EmailAddress(form.email))
                    try transaction.correct(people[number], to: form, address: address)
                }
            }
            return people.enumerated().filter { $0.offset % 5 == 0 }.map(\.element)
        }
        // Into the file with them, where they are hard to get out of again.
        try await test.store.emptyLog()
        return erased
    }

    private func erase(_ people: [AttendeeID], _ test: TestStore) async throws {
        try await test.store.write { transaction in
            for person in people {
                try transaction.setStatus(.cancelled, of: person)
                try transaction.record(
                    .cancelled, "{}", of: Sample.eventID, at: Sample.hour(3), confirmed: -1)
                try transaction.erase(person, secret: Code.Secret(high: 3, low: 4), at: Sample.hour(3))
            }
        }
    }

    @Test func `of erased people nothing is in any part of the file or its log once it is written anew`()
        async throws
    {
        let test = try await TestStore(isFilled: true)
        let people = try await fill(test)
        #expect(traces(test) >= people.count)
        try await erase(people, test)
        try await test.store.writeAnew()
        #expect(traces(test) == 0)
        #expect(FileManager.default.contents(atPath: test.path + "-wal")?.isEmpty == true)
        #expect(try await test.store.read { try $0.breaches(at: Sample.hour(3)) }.isEmpty)
        #expect(test.faults.isEmpty)
    }

    @Test func `overwriting what is changed alone would leave some of them`() async throws {
        let test = try await TestStore(isFilled: true)
        let people = try await fill(test)
        try await erase(people, test)
        try await test.store.emptyLog()
        #expect(traces(test) > 0)
    }

    @Test func `people read and write while the file is written anew`() async throws {
        let test = try await TestStore(isFilled: true)
        _ = try await fill(test)
        async let written: Void = test.store.writeAnew()
        for number in 0..<50 {
            try await test.store.write { try $0.note("\(number)") }
            _ = try await test.names()
        }
        try await written
        #expect(try await test.names().count == 50)
        #expect(try await test.store.read { try $0.breaches(at: Sample.hour(3)) }.isEmpty)
    }

    @Test func `the code is another's, and what refers to the row still does`() async throws {
        let test = try await TestStore(isFilled: true)
        try await test.store.write { transaction in
            try transaction.setStatus(.cancelled, of: Sample.ada)
            try transaction.erase(Sample.ada, secret: Code.Secret(high: 3, low: 4), at: Sample.hour(3))
        }
        let row = try await test.store.read { snapshot in
            try snapshot.connection.first(
                """
                SELECT secret_high, secret_low, (SELECT count(*) FROM scan WHERE attendee_id = attendee.id)
                FROM attendee WHERE id = 1
                """
            ) { [$0.integer(0), $0.integer(1), $0.integer(2)] }
        }
        #expect(row == [3, 4, 1])
        #expect(try await test.store.read { try $0.findAttendee(Sample.ada) } == nil)
    }

    @Test(arguments: [
        "UPDATE attendee SET name = 'Ada'", "UPDATE attendee SET email_key = 'ada@example.org'",
        "UPDATE attendee SET email = 'ada@example.org'", "UPDATE attendee SET organisation = 'x'",
        "UPDATE attendee SET role = 'x'", "UPDATE attendee SET status = 'confirmed'",
    ])
    func `the schema lets nobody write anything personal into an erased row`(sql: String) async throws {
        let test = try await TestStore(isFilled: true)
        try await erase([AttendeeID(rawValue: 2)], test)
        #expect(throws: StorageFault.self) { try test.beside().execute(sql + " WHERE id = 2") }
    }

    @Test(arguments: [
        "UPDATE attendee SET name = 'x' WHERE id = 2", "INSERT INTO need VALUES (2, 'x', '')",
        "INSERT INTO answer VALUES (2, 1, 'x')", "INSERT INTO consent VALUES (2, 1, 'quotes', 1, 1, 1)",
        "INSERT INTO new_address VALUES (2, 'x@y', 1)",
        """
        INSERT INTO letter (event_id, attendee_id, kind, told, sequence, next_at, written_at, changed_at)
        VALUES (1, 2, 'link', '', 0, 1, 1, 1)
        """,
        "INSERT INTO answered_request VALUES (1, 'x', 'x', 2, '', 1)",
        """
        INSERT INTO feedback (event_id, attendee_id, rating, differently, quote, consent, answered_at)
        VALUES (1, 2, 5, 'x', '', '', 1)
        """,
    ])
    func `verify finds whatever is left of somebody erased`(sql: String) async throws {
        let test = try await TestStore(isFilled: true)
        try await erase([AttendeeID(rawValue: 2)], test)
        #expect(try await test.store.read { try $0.breaches(at: Sample.hour(3)) }.isEmpty)
        try test.beside().execute(
            """
            INSERT INTO wording (id, text) VALUES (1, 'Yes');
            INSERT INTO question VALUES (1, 1, 'hope', 1, 'Hope?', 'text', '', 0, '');
            PRAGMA ignore_check_constraints = ON;
            """ + sql)
        let breaches = try await test.store.read { try $0.breaches(at: Sample.hour(3)) }
        #expect(breaches.contains { $0.text.hasPrefix("attendee 2 was erased, and ") })
    }

    @Test func `consents of everybody else can't be deleted`() async throws {
        let test = try await TestStore(isFilled: true)
        for id in 1...2 {
            try test.beside().execute(
                """
                INSERT OR IGNORE INTO wording (id, text) VALUES (1, 'Yes');
                INSERT INTO consent (attendee_id, number, kind, is_given, wording_id, at)
                VALUES (\(id), 1, 'newsletter', 1, 1, 1)
                """)
        }
        try await erase([AttendeeID(rawValue: 2)], test)
        #expect(throws: StorageFault.self) { try test.beside().execute("DELETE FROM consent") }
        let left = try await test.store.read { snapshot in
            try snapshot.connection.all("SELECT attendee_id FROM consent") { $0.integer(0) }
        }
        #expect(left == [1])
    }
}
