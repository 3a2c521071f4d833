import Registration
import TestPeers
import Testing

@testable import Storage

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct VerifyTests {
    struct Tampering: CustomTestStringConvertible {
        let rule: Int
        let what: String
        let sql: String
        var testDescription: String { "rule \(rule): \(what)" }

        init(_ rule: Int, _ what: String, _ sql: String) {
            self.rule = rule
            self.what = what
            self.sql = sql
        }
    }

    static let tamperings = [
        Tampering(
            0, "a row that refers to nothing",
            """
            INSERT INTO booking (attendee_id, session_id, status, waiting_since) VALUES (99, 3, 'confirmed', NULL)
            """),
        Tampering(
            1, "an event with more people than places",
            "UPDATE event_places SET capacity = 1"),
        Tampering(1, "an event that counts wrong", "UPDATE event_places SET confirmed = 1"),
        Tampering(1, "an event that counts people who don't wait", "UPDATE event_places SET waiting = 1"),
        Tampering(
            1, "a session with more people than places",
            """
            INSERT INTO booking (attendee_id, session_id, status, waiting_since) VALUES (2, 1, 'confirmed', NULL); UPDATE session_places SET confirmed = 2 WHERE session_id = 1
            """),
        Tampering(1, "a session that counts wrong", "UPDATE session_places SET confirmed = 0"),
        Tampering(
            1, "a booking that is not counted",
            """
            INSERT INTO booking (attendee_id, session_id, status, waiting_since) VALUES (2, 3, 'confirmed', NULL)
            """),
        Tampering(
            1, "a booking of somebody who cancelled",
            "UPDATE attendee SET status = 'cancelled' WHERE id = 1"),
        Tampering(
            2, "a session moved over another",
            """
            INSERT INTO booking (attendee_id, session_id, status, waiting_since) VALUES (1, 3, 'confirmed', NULL); UPDATE session SET starts = 36000000 WHERE id = 3
            """),
        Tampering(
            3, "a free place in the event that somebody waits for",
            "UPDATE attendee SET status = 'waiting' WHERE id = 2;"
                + "UPDATE event_places SET confirmed = 1, waiting = 1"),
        Tampering(
            3, "a free place in a session that somebody waits for",
            """
            INSERT INTO booking (attendee_id, session_id, status, waiting_since) VALUES (2, 3, 'waiting', 1);
            UPDATE session_places SET waiting = 1 WHERE session_id = 3
            """),
        Tampering(
            3, "a free place that somebody would swap for",
            """
            INSERT INTO booking (attendee_id, session_id, status, waiting_since, swaps)
            VALUES (1, 2, 'waiting', 1, 1);
            UPDATE session_places SET waiting = 1 WHERE session_id = 2
            """),
        Tampering(
            4, "two registrations of one address",
            "DROP INDEX attendee_address; UPDATE attendee SET email_key = 'ada@example.org'"),
        Tampering(
            6, "two admissions of one person",
            """
            INSERT INTO scan (event_id, point_id, door, attendee_id, scanned_at, received_at, verdict)
            VALUES (1, 1, 'north', 1, 1, 1, 'admit')
            """),
        Tampering(
            6, "one scan in two rows",
            """
            INSERT INTO scan (event_id, point_id, door, attendee_id, scanned_at, received_at, verdict)
            SELECT 1, 1, 'north', 1, scanned_at, received_at + 2999, 'again' FROM scan
            """),
        Tampering(6, "a scan that admitted nobody", "DELETE FROM admission"),
        Tampering(6, "an admission by a refusal", "UPDATE scan SET verdict = 'deny', reason = 'closed'"),
        Tampering(6, "a door that counts wrong", "UPDATE point SET arrived = 7 WHERE id = 1"),
        Tampering(6, "a span of time that counts wrong", "UPDATE arrival SET people = 7"),
        Tampering(6, "a span of time that is not counted", "DELETE FROM arrival"),
        Tampering(7, "a badge that nobody printed", "UPDATE attendee SET printed = 2 WHERE id = 1"),
        Tampering(7, "a printed badge that nobody has", "UPDATE attendee SET printed = 0 WHERE id = 1"),
        Tampering(
            7, "two badges in one job of the printer",
            """
            INSERT INTO print_job (event_id, attendee_id, number, printer, state, spooled_as,
                requested_at, changed_at)
            VALUES (1, 1, 2, 'desk', 'sent', 5, 1, 1), (1, 2, 1, 'desk', 'held', 5, 1, 1)
            """),
        Tampering(
            9, "a record taken out", "DROP TRIGGER activity_stays; DELETE FROM activity WHERE number = 1"),
        Tampering(
            9, "the last record taken out",
            "DROP TRIGGER activity_stays; DELETE FROM activity WHERE number = 2"),
        Tampering(9, "a count that ran ahead", "UPDATE event_places SET activity = activity + 1"),
    ]

    @Test(arguments: tamperings)
    func `verify finds`(tampering: Tampering) async throws {
        let test = try await TestStore(isFilled: true)
        #expect(try await test.store.read { try $0.breaches(at: Sample.hour(3)) }.isEmpty)
        let hand = try test.beside()
        try hand.execute("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;" + tampering.sql)
        let breaches = try await test.store.read { try $0.breaches(at: Sample.hour(3)) }
        #expect(breaches.contains { $0.rule == tampering.rule && !$0.text.isEmpty })
        for breach in breaches {
            #expect(!breach.text.lowercased().contains("ada"), "no personal data in \(breach.text)")
        }
    }

    @Test(arguments: [
        // Whoever holds what overlaps and does not swap keeps both.
        """
        INSERT INTO booking (attendee_id, session_id, status, waiting_since) VALUES (1, 2, 'waiting', 1);
        UPDATE session_places SET waiting = 1 WHERE session_id = 2
        """,
        // Who waits for the event has no place in a session yet.
        """
        UPDATE event_places SET capacity = 1, confirmed = 1, waiting = 1;
        UPDATE attendee SET status = 'waiting' WHERE id = 2;
        INSERT INTO booking (attendee_id, session_id, status, waiting_since) VALUES (2, 3, 'waiting', 1);
        UPDATE session_places SET waiting = 1 WHERE session_id = 3
        """,
        // The lists are held.
        """
        UPDATE event_places SET lists_held = 1;
        INSERT INTO booking (attendee_id, session_id, status, waiting_since) VALUES (2, 3, 'waiting', 1);
        UPDATE session_places SET waiting = 1 WHERE session_id = 3
        """,
        """
        UPDATE event SET lists_close = 7200000;
        INSERT INTO booking (attendee_id, session_id, status, waiting_since) VALUES (2, 3, 'waiting', 1);
        UPDATE session_places SET waiting = 1 WHERE session_id = 3
        """,
    ])
    func `a free place beside a waiting list is no breach where nobody on it can have it`(sql: String)
        async throws
    {
        let test = try await TestStore(isFilled: true)
        try test.beside().execute(sql)
        #expect(try await test.store.read { try $0.breaches(at: Sample.hour(3)) }.isEmpty)
    }

    @Test func `scans that are three seconds apart, or of another door, code or print, are each their own`()
        async throws
    {
        let test = try await TestStore(isFilled: true)
        try test.beside().execute(
            """
            INSERT INTO scan (event_id, point_id, door, attendee_id, print, stray, scanned_at, received_at,
                verdict, reason)
            VALUES (1, 1, 'north', 2, NULL, NULL, 5000, 5000, 'deny', 'closed'),
                (1, 1, 'south', 2, NULL, NULL, 5000, 5000, 'deny', 'closed'),
                (1, 1, 'north', 2, 1, NULL, 5000, 5000, 'deny', 'closed'),
                (1, 2, 'north', 2, NULL, NULL, 5000, 5000, 'deny', 'closed'),
                (1, 1, 'north', NULL, NULL, 'x', 5000, 5000, 'deny', 'unknown-code'),
                (1, 1, 'north', NULL, NULL, 'y', 5000, 5000, 'deny', 'unknown-code'),
                (1, 1, 'north', 2, NULL, NULL, 8000, 8000, 'deny', 'closed'),
                (1, 1, 'north', NULL, NULL, 'x', 1000, 5001, 'deny', 'unknown-code'),
                (1, 1, 'north', NULL, NULL, 'z', 5000, 3605000, 'deny', 'unknown-code'),
                (1, 1, 'north', NULL, NULL, 'z', 5001, 5001, 'deny', 'unknown-code');
            """)
        #expect(try await test.store.read { try $0.breaches(at: Sample.hour(3)) }.isEmpty)
    }

    @Test func `verify finds a file whose pages are damaged`() async throws {
        let test = try await TestStore(isFilled: true)
        try test.beside().execute(
            """
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'staff')
            WHERE name = 'token';
            """)
        let again = try await TestStore(folder: test.folder)
        let breaches = try await again.store.read { try $0.breaches(at: Sample.hour(3)) }
        #expect(breaches.contains { $0.rule == 0 })
    }
}
