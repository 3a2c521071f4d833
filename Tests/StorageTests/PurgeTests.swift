import FoundationEssentials
import Registration
import TestPeers
import Testing

@testable import Storage

@Suite(.takesTurns, .timeLimit(.minutes(2)))
struct PurgeTests {
    private static let mark = "NEEDS-A-RAMP-"
    private static let others = "OTHER-EVENT-"

    /// How many times a mark stands in the database file and its log.
    private func traces(of mark: String = mark, _ test: TestStore) -> Int {
        ["", "-wal"].reduce(0) { sum, end in
            guard let data = FileManager.default.contents(atPath: test.path + end) else { return sum }
            let text = String(decoding: data.map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self)
            return sum + text.split(separator: mark, omittingEmptySubsequences: false).count - 1
        }
    }

    /// People of two events by turns, whose needs became longer and shorter in any order: rows that move between
    /// pages, and pages that become free.
    private func fill(_ test: TestStore) async throws {
        try await test.store.write { transaction in
            try transaction.connection.execute("UPDATE event_places SET capacity = 1000000")
            var event = Sample.event
            event.slug = "other"
            event.capacity = 1_000_000
            let other = try transaction.save(event)
            var chance = Chance()
            var people: [(id: AttendeeID, mark: String)] = []
            for number in 0..<PurgeTests.people {
                let isOther = number % 5 == 0
                let mark = isOther ? PurgeTests.others : PurgeTests.mark
                let form = RegistrationForm(
                    name: "P", email: "p\(number)@example.org", accessNeeds: mark,
                    dietaryNeeds: chance.text(below: 60))
                guard let address = EmailAddress(form.email) else { throw Deliberate() }
                let event = isOther ? other : Sample.eventID
                let attendee = try transaction.addAttendee(
                    form, address: address, secret: Code.Secret(high: 1, low: 2), status: .confirmed,
                    event: event, at: Sample.hour(2))
                try transaction.record(.registered, "{}", of: event, at: Sample.hour(2), confirmed: 1)
                people.append((attendee.id, mark))
            }
            for _ in 0..<3 * PurgeTests.people {
                let person = people[chance.next(below: people.count)]
                let length = chance.next(below: 3) == 0 ? 900 : 100
                let form = RegistrationForm(
                    accessNeeds: person.mark, dietaryNeeds: chance.text(below: length))
                try transaction.keepNeeds(of: form, person.id)
            }
        }
        // Into the file with them, where they are hard to get out of again.
        try await test.store.emptyLog()
    }

    private static let people = 2_000

    /// The same numbers each time (Knuth's MMIX generator).
    private struct Chance {
        private var state: UInt64 = 1

        mutating func next(below limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }

        mutating func text(below limit: Int) -> String { String(repeating: "x", count: next(below: limit)) }
    }

    @Test func `needs that were purged are in no part of the file or its log, and others' are all there`()
        async throws
    {
        let test = try await TestStore(isFilled: true)
        try await fill(test)
        #expect(traces(test) >= PurgeTests.people * 4 / 5)
        try await test.store.write { try $0.purgeNeeds(of: Sample.eventID, at: Sample.hour(99)) }
        try await test.store.emptyLog()
        #expect(traces(test) == 0)
        #expect(FileManager.default.contents(atPath: test.path + "-wal")?.isEmpty == true)
        #expect(traces(of: PurgeTests.others, test) >= PurgeTests.people / 5)
        #expect(try await test.store.read { try $0.breaches(at: Sample.hour(99)) }.isEmpty)
        let kept = try await test.store.read { snapshot in
            try snapshot.connection.first("SELECT count(*), (SELECT count(*) FROM attendee) FROM need") {
                [$0.count(0), $0.count(1)]
            }
        }
        #expect(kept == [PurgeTests.people / 5, PurgeTests.people + 2])
        #expect(test.faults.isEmpty)
    }

    @Test func `without SQLite's overwriting they would be`() async throws {
        let test = try await TestStore(isFilled: true)
        try await fill(test)
        try await test.store.write { transaction in
            try transaction.connection.execute("PRAGMA secure_delete = OFF")
            try transaction.purgeNeeds(of: Sample.eventID, at: Sample.hour(99))
        }
        try await test.store.emptyLog()
        #expect(traces(test) > 0)
    }

    @Test func `rows that are only deleted leave some of themselves, although SQLite overwrites them`()
        async throws
    {
        let test = try await TestStore(isFilled: true)
        try await fill(test)
        _ = try await test.store.write { transaction in
            try transaction.connection.run(
                "DELETE FROM need WHERE attendee_id IN (SELECT id FROM attendee WHERE event_id = $1)",
                .id(Sample.eventID))
        }
        try await test.store.emptyLog()
        #expect(traces(test) > 0)
    }

    @Test func `people register with needs and correct them before and after a purge`() async throws {
        let test = try await TestStore(isFilled: true)
        try await fill(test)
        for _ in 0..<2 {
            let needs = try await test.store.write { transaction in
                var form = RegistrationForm(name: "Ada", email: "Ada@example.org", accessNeeds: "A ramp")
                let address = try #require(EmailAddress(form.email))
                try transaction.correct(Sample.ada, to: form, address: address)
                let first = try transaction.findAttendee(Sample.ada)
                form.accessNeeds = ""
                try transaction.correct(Sample.ada, to: form, address: address)
                return [first?.accessNeeds, try transaction.findAttendee(Sample.ada)?.accessNeeds]
            }
            #expect(needs == ["A ramp", ""])
            try await test.store.write { try $0.purgeNeeds(of: Sample.eventID, at: Sample.hour(99)) }
        }
    }

    @Test func `people read and write while the log is emptied`() async throws {
        let test = try await TestStore(isFilled: true)
        try await fill(test)
        async let emptied: Void = empty(test)
        for number in 0..<50 {
            try await test.store.write { try $0.note("\(number)") }
            _ = try await test.names()
        }
        try await emptied
        #expect(try await test.names().count == 50)
    }

    /// Tries again as the daemon does: on a busy machine somebody may read for longer than the writer waits for them.
    private func empty(_ test: TestStore) async throws {
        for _ in 0..<50 {
            if (try? await test.store.emptyLog()) != nil { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        try await test.store.emptyLog()
    }

    @Test func `needs that an older database kept beside names are purged from it as well`() async throws {
        let folder = try TemporaryFolder()
        try makeOlderDatabase(folder.path("lanyard.db"))
        let test = try await TestStore(folder: folder)
        // More than the needs that there are: the column that was dropped left some of its texts.
        #expect(traces(test) > PurgeTests.people)
        #expect(try await test.store.read { try $0.erasedTraces() }.count == PurgeTests.people)
        try await test.store.writeAnew()
        #expect(traces(test) == PurgeTests.people)
        try await test.store.write { try $0.purgeNeeds(of: Sample.eventID, at: Sample.hour(99)) }
        try await test.store.emptyLog()
        #expect(traces(test) == 0)
    }

    @Test func `who is erased while an older database is written anew stays listed for the next time`()
        async throws
    {
        let folder = try TemporaryFolder()
        try makeOlderDatabase(folder.path("lanyard.db"))
        let test = try await TestStore(folder: folder)
        let listed = try await test.store.read { try $0.erasedTraces() }
        let person = try #require(listed.first?.attendee)
        try await test.store.write { transaction in
            try transaction.setStatus(.cancelled, of: person)
            try transaction.erase(person, secret: Code.Secret(high: 3, low: 4), at: Sample.hour(3))
            try transaction.noteWrittenAnew(since: listed)
        }
        let left = try await test.store.read { try $0.erasedTraces() }
        #expect(left == [ErasedTrace(attendee: person, isErased: true)])

        try await test.store.write { try $0.noteWrittenAnew(since: left) }
        #expect(try await test.store.read { try $0.erasedTraces() }.isEmpty)
    }

    /// A database as it was before needs had a table of their own, with people whose needs became longer and shorter.
    private func makeOlderDatabase(_ path: String) throws {
        let connection = try Connection(path: path, mode: .create)
        defer { connection.close() }
        try connection.execute("PRAGMA page_size = 1024; PRAGMA secure_delete = ON;")
        _ = try connection.first("PRAGMA journal_mode = WAL") { $0.text(0) }
        for statements in Migration.all.prefix(8) { try connection.execute(statements) }
        try connection.makeKeys()
        try connection.execute(
            """
            INSERT INTO event (slug, title, venue, time_zone, starts, ends, contact, summary, registration_opens,
                registration_closes, doors_open, doors_close, changes_close, lists_close)
                VALUES ('day', 'Day', '', 'UTC', 9, 17, '', '', 1, 9, 8, 17, 9, 9);
            INSERT INTO event_places (event_id, revision, capacity) VALUES (1, 1, 100000);
            """)
        var chance = Chance()
        for number in 0..<PurgeTests.people {
            try connection.run(
                """
                INSERT INTO attendee (event_id, status, secret_high, secret_low, registered_at, email_key, email,
                    name, organisation, role, access_needs, dietary_needs)
                VALUES (1, 'confirmed', 1, 2, 1, $1, $1, 'P', '', '', $2, $3)
                """, .text("p\(number)@example.org"), .text(PurgeTests.mark), .text(chance.text(below: 60)))
        }
        for _ in 0..<3 * PurgeTests.people {
            let length = chance.next(below: 3) == 0 ? 900 : 100
            try connection.run(
                "UPDATE attendee SET dietary_needs = $1 WHERE id = $2", .text(chance.text(below: length)),
                .integer(chance.next(below: PurgeTests.people) + 1))
        }
        try connection.execute(
            "PRAGMA application_id = \(Migration.applicationID); PRAGMA user_version = 8;")
    }

    @Test func `somebody who reads for long keeps the log from being emptied, and nobody from writing`()
        async throws
    {
        let test = try await TestStore(isFilled: true)
        let reader = try test.beside(.readOnly)
        defer { reader.close() }
        try reader.execute("BEGIN")
        _ = try reader.first("SELECT count(*) FROM setting") { $0.count(0) }
        try await test.store.write { try $0.note("before") }
        let began = ContinuousClock.now
        async let emptied: Void = test.store.emptyLog()
        // By now it waits for the reader, with the writer's place.
        try await Task.sleep(for: .milliseconds(200))
        try await test.store.write { try $0.note("meanwhile") }
        #expect(began.duration(to: .now) < .seconds(2))
        do {
            try await emptied
            Issue.record("emptied under a reader")
        } catch is StorageFault {}
        try reader.execute("COMMIT")
        try await test.store.emptyLog()
    }
}
