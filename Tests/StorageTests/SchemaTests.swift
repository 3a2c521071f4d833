import Registration
import TestPeers
import Testing

@testable import Storage

/// The tables refuse what would break a rule, whoever writes it.
@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct SchemaTests {
    struct Attempt: CustomTestStringConvertible {
        let rule: String
        let sql: String
        var testDescription: String { rule }

        init(_ rule: String, _ sql: String) {
            self.rule = rule
            self.sql = sql
        }
    }

    static let attempts = [
        Attempt("1: more confirmed than the event holds", "UPDATE event_places SET confirmed = 3"),
        Attempt("1: a capacity below what is confirmed", "UPDATE event_places SET capacity = 1"),
        Attempt("1: fewer than none", "UPDATE event_places SET confirmed = -1"),
        Attempt("1: more confirmed than the session holds", "UPDATE session_places SET confirmed = 2"),
        Attempt(
            "1: a session's capacity below what is confirmed",
            "UPDATE session_places SET capacity = 0 WHERE session_id = 1"),
        Attempt(
            "1: an event that is to have what it has", "UPDATE event_places SET wanted = capacity"),
        Attempt("1: an event that is to have no place", "UPDATE event_places SET wanted = 0"),
        Attempt(
            "1: one more in an event that is to have fewer",
            "UPDATE event_places SET wanted = 1; UPDATE event_places SET confirmed = confirmed + 1"),
        Attempt("1: an event for more than a million", "UPDATE event_places SET capacity = 1000001"),
        Attempt(
            "2: a second booking at the same time",
            "INSERT INTO booking (attendee_id, session_id, status, waiting_since) VALUES (1, 2, 'confirmed', NULL)"
        ),
        Attempt(
            "2: a waiting booking confirmed at the same time",
            "INSERT INTO booking (attendee_id, session_id, status, waiting_since) VALUES (1, 2, 'waiting', 9); "
                + "UPDATE booking SET status = 'confirmed', waiting_since = NULL WHERE session_id = 2"),
        Attempt(
            "2: a booking moved to a session at the same time",
            "INSERT INTO booking (attendee_id, session_id, status, waiting_since) VALUES (1, 3, 'confirmed', NULL); UPDATE booking SET session_id = 2 "
                + "WHERE session_id = 3"),
        Attempt(
            "3: waiting without a turn",
            "INSERT INTO booking (attendee_id, session_id, status, waiting_since) VALUES (1, 3, 'waiting', NULL)"
        ),
        Attempt(
            "3: a turn without waiting",
            "INSERT INTO booking (attendee_id, session_id, status, waiting_since) VALUES (1, 3, 'confirmed', 9)"
        ),
        Attempt(
            "4: a second live registration of one address",
            """
            INSERT INTO attendee (event_id, status, secret_high, secret_low, registered_at, email_key, email,
                name, organisation, role)
            SELECT 1, 'confirmed', 1, 2, 3, email_key, email, name, '', '' FROM attendee WHERE id = 1
            """),
        Attempt(
            "4: a live registration that takes another's address",
            "UPDATE attendee SET email_key = 'ada@example.org' WHERE id = 2"),
        Attempt(
            "5: two answers to one request",
            "INSERT INTO answered_request VALUES (1, 'k', 'a', 1, '', 1), (1, 'k', 'b', 2, '', 1)"),
        Attempt("6: a second admission at one point", "INSERT INTO admission VALUES (1, 1, 1, 5)"),
        Attempt("6: an admission by no scan", "INSERT INTO admission VALUES (2, 1, 99, 5)"),
        Attempt(
            "6: one name for two scans of a door",
            """
            INSERT INTO scan (event_id, point_id, door, given_id, scanned_at, received_at, verdict)
            VALUES (1, 1, 'north', 'same', 1, 1, 'admit'), (1, 1, 'north', 'same', 1, 1, 'admit')
            """),
        Attempt("6: a refusal without a reason", "UPDATE scan SET verdict = 'deny'"),
        Attempt("6: a reason without a refusal", "UPDATE scan SET reason = 'closed'"),
        Attempt(
            "7: two badges of one number",
            """
            INSERT INTO print_job (event_id, attendee_id, number, printer, state, requested_at, changed_at)
            VALUES (1, 1, 1, 'desk', 'queued', 1, 1)
            """),
        Attempt("7: a state that is none", "UPDATE print_job SET state = 'lost'"),
        Attempt("9: two records of one number", "INSERT INTO activity VALUES (1, 1, 1, 'imported', '{}')"),
        Attempt("9: a record before the first", "INSERT INTO activity VALUES (1, 0, 1, 'imported', '{}')"),
        Attempt(
            "9: a record changed afterwards", "UPDATE activity SET detail = '{\"x\":1}' WHERE number = 1"),
        Attempt("9: a record taken out", "DELETE FROM activity WHERE number = 1"),
        Attempt(
            "a booking of nobody",
            "INSERT INTO booking (attendee_id, session_id, status, waiting_since) VALUES (99, 3, 'confirmed', NULL)"
        ),
        Attempt(
            "a booking of no session",
            "INSERT INTO booking (attendee_id, session_id, status, waiting_since) VALUES (1, 99, 'confirmed', NULL)"
        ),
        Attempt("a session called like the entrance", "UPDATE session SET slug = 'entrance' WHERE id = 1"),
        Attempt("a session that ends before it starts", "UPDATE session SET ends = starts WHERE id = 1"),
        Attempt("an attendee without a name", "UPDATE attendee SET name = ''"),
        Attempt("a status that is none", "UPDATE attendee SET status = 'guest'"),
        Attempt("an event taken from under its attendees", "DELETE FROM event"),
        Attempt("a text where a number belongs", "UPDATE attendee SET registered_at = 'yesterday'"),
    ]

    @Test(arguments: attempts)
    func `the schema refuses`(attempt: Attempt) async throws {
        let test = try await TestStore(isFilled: true)
        let fault = await #expect(throws: StorageFault.self) {
            try await test.store.write { try $0.connection.execute(attempt.sql) }
        }
        #expect(fault?.isConstraint == true)
        #expect(try await test.store.read { try $0.breaches(at: Sample.hour(3)) }.isEmpty)
    }

    @Test func `bookings that touch, and those not confirmed, stand beside each other`() async throws {
        let test = try await TestStore(isFilled: true)
        try await test.store.write { transaction in
            try transaction.connection.execute(
                """
                INSERT INTO booking (attendee_id, session_id, status, waiting_since) VALUES (2, 2, 'confirmed', NULL), (2, 3, 'confirmed', NULL),
                    (2, 1, 'waiting', 3), (1, 2, 'cancelled', NULL);
                """)
        }
    }

    @Test func `an event that is to have fewer places has one fewer with each who leaves, whoever writes it`()
        async throws
    {
        let test = try await TestStore(isFilled: true)
        func places() async throws -> [Int?] {
            try await test.store.read { snapshot in
                try snapshot.connection.all("SELECT capacity, wanted, confirmed FROM event_places") {
                    [$0.optionalCount(0), $0.optionalCount(1), $0.optionalCount(2)]
                }.first ?? []
            }
        }
        try await test.store.write { transaction in
            try transaction.setCapacity(3, of: Sample.eventID)
            try Sample.add("Eve", to: transaction)
            try transaction.setCapacity(1, of: Sample.eventID)
        }
        #expect(try await places() == [3, 1, 3])
        for expected: [Int?] in [[2, 1, 2], [1, nil, 1], [1, nil, 0]] {
            try await test.store.write {
                _ = try $0.record(.cancelled, "{}", of: Sample.eventID, at: Sample.hour(3), confirmed: -1)
            }
            #expect(try await places() == expected)
            guard expected[2] != 0 else { continue }
            let fault = await #expect(throws: StorageFault.self) {
                try await test.store.write {
                    _ = try $0.record(.registered, "{}", of: Sample.eventID, at: Sample.hour(3), confirmed: 1)
                }
            }
            #expect(fault?.isConstraint == true)
        }
    }

    @Test func `an address is free again once its registration is cancelled, and in another event`()
        async throws
    {
        let test = try await TestStore(isFilled: true)
        try await test.store.write { transaction in
            try transaction.connection.execute("UPDATE attendee SET status = 'cancelled' WHERE id = 1")
            try transaction.record(.cancelled, "{}", of: Sample.eventID, at: Sample.hour(3), confirmed: -1)
            try Sample.add("Ada", to: transaction)
        }
    }

    @Test(arguments: ["e\u{301}\u{323}", "👩‍👩‍👧‍👦"])
    func `what the rules let in has room in the tables`(character: String) async throws {
        let test = try await TestStore(isFilled: true)
        let name = String(repeating: character, count: RegistrationForm.Field.name.limit)
        let address = String(repeating: "\u{915}\u{94D}\u{937}\u{93F}", count: 200) + "@example.org"
        let form = RegistrationForm(name: name, email: address)
        #expect(form.trimmed.problems.isEmpty)
        let found = try await test.store.write { transaction in
            try transaction.connection.execute("UPDATE event_places SET capacity = 10")
            let attendee = try transaction.addAttendee(
                form, address: try #require(EmailAddress(address)), secret: Code.Secret(high: 1, low: 2),
                status: .confirmed, event: Sample.eventID, at: Sample.hour(3))
            return try transaction.findAttendee(attendee.id)
        }
        #expect(found?.name == name && found?.email == address)
    }
}
