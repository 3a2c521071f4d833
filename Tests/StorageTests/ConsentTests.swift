import FoundationEssentials
import Registration
import TestPeers
import Testing

@testable import Storage

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct ConsentTests {
    private static let given = ConsentStatement(
        .quotes, isGiven: true, wording: "Quote me.", at: Sample.hour(3))

    private func filled() async throws -> TestStore {
        let test = try await TestStore(isFilled: true)
        try await test.store.write { transaction in
            try transaction.append([ConsentTests.given], of: Sample.ada)
            try transaction.save(
                Question(slug: "q", label: "Q", kind: .tick), at: 0, of: Sample.eventID)
            try transaction.keep(["q": .tick(true)], of: Sample.ada, event: Sample.eventID)
        }
        return test
    }

    @Test(arguments: [
        "UPDATE consent SET is_given = 0", "DELETE FROM consent", "UPDATE wording SET text = 'other'",
        "INSERT INTO consent VALUES (1, 1, 'quotes', 0, 1, 5)",
        "INSERT INTO consent VALUES (1, 2, 'everything', 1, 1, 5)",
        "INSERT INTO consent VALUES (99, 1, 'quotes', 1, 1, 5)",
        "INSERT INTO question SELECT 9, event_id, slug, 1, '', kind, '[]', 0, '' FROM question",
        "INSERT INTO answer VALUES (1, 1, 'again')", "INSERT INTO answer VALUES (2, 1, '')",
        "DELETE FROM question",
    ])
    func `what was agreed to and answered stays as it was said, whoever writes`(sql: String) async throws {
        let test = try await filled()
        let fault = await #expect(throws: StorageFault.self) {
            try await test.store.write { try $0.connection.execute(sql) }
        }
        #expect(fault?.isConstraint == true)
        #expect(try await test.store.read { try $0.consents(of: Sample.ada) } == [ConsentTests.given])
    }

    @Test func `those who withdrew or cancelled are not counted among those who agree`() async throws {
        let test = try await filled()
        let counts: @Sendable (Snapshot) throws -> [Consent: Int] = {
            try $0.consentCounts(of: Sample.eventID)
        }
        let bob = AttendeeID(rawValue: 2)
        try await test.store.write { try $0.append([ConsentTests.given], of: bob) }
        #expect(try await test.store.read(counts) == [.quotes: 2])
        var withdrawn = ConsentTests.given
        withdrawn.isGiven = false
        try await test.store.write { [withdrawn] in try $0.append([withdrawn], of: Sample.ada) }
        #expect(try await test.store.read(counts) == [.quotes: 1])
        try await test.store.write { try $0.append([ConsentTests.given], of: Sample.ada) }
        #expect(try await test.store.read(counts) == [.quotes: 2])
        try await test.store.write { try $0.setStatus(.cancelled, of: bob) }
        #expect(try await test.store.read(counts) == [.quotes: 1])
        #expect(
            try await test.store.read { try $0.consents(of: Sample.ada).map(\.isGiven) } == [
                true, false, true,
            ])
        // Each wording stands there once, however often it is said.
        #expect(
            try await test.store.read { snapshot in
                try snapshot.connection.first("SELECT count(*) FROM wording") { $0.count(0) }
            } == 1)
    }

    @Test func `an event of an older database keeps needs for 14 days after its end`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("lanyard.db")
        let older = Migration.all.prefix { $0 != Schema.consents }
        do {
            let connection = try Connection(path: path, mode: .create)
            for statements in older { try connection.execute(statements) }
            try connection.execute(
                """
                INSERT INTO event (slug, title, venue, time_zone, starts, ends, contact, summary,
                    registration_opens, registration_closes, doors_open, doors_close)
                VALUES ('old', 'Old', '', 'UTC', 1000, 2000, '', '', 0, 1000, 0, 2000);
                INSERT INTO event_places (event_id, capacity, revision) VALUES (1, 5, 1);
                PRAGMA application_id = \(Migration.applicationID); PRAGMA user_version = \(older.count);
                """)
        }
        let test = try await TestStore(folder: folder)
        let event = try await test.store.read { try $0.findEvent("old") }
        #expect(event?.needsPurged == Timestamp(rawValue: 2_000 + 14 * 86_400_000))
    }
}
