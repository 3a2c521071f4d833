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
        async let emptied: Void = test.store.emptyLog()
        for number in 0..<50 {
            try await test.store.write { try $0.note("\(number)") }
            _ = try await test.names()
        }
        try await emptied
        #expect(try await test.names().count == 50)
    }
}
