import Registration
import Synchronization
import TestPeers
import Testing

@testable import Storage

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct WriterTests {
    @Test func `a write that throws is taken back alone, and those around it in the commit stay`()
        async throws
    {
        let test = try await TestStore()
        let valve = try await test.holdWriter()
        let outcomes = Mutex<[Int: Result<Int, any Error>]>([:])
        for number in 0..<30 {
            test.store.write(
                { transaction in
                    try transaction.note("\(number)")
                    if number % 3 == 0 { throw Deliberate() }
                    return number
                }, whenDone: { outcome in outcomes.withLock { $0[number] = outcome } })
        }
        valve.open()
        try await test.store.write { _ in }
        #expect(test.commits.contains { $0.writes >= 30 })
        for (number, outcome) in outcomes.withLock({ $0 }) {
            if number % 3 == 0 {
                #expect(throws: Deliberate.self) { try outcome.get() }
            } else {
                #expect(try outcome.get() == number)
            }
        }
        #expect(
            try await test.names() == (0..<30).filter { $0 % 3 != 0 }.map { "\($0)" }.sorted())
    }

    @Test func `answers come after the commit, in the order of the calls`() async throws {
        let test = try await TestStore()
        let beside = Mutex(try test.beside(.readOnly))
        let valve = try await test.holdWriter()
        let answers = Mutex<[Int]>([])
        let unseen = Mutex<[Int]>([])
        for number in 0..<1_200 {
            test.store.write({ try $0.note("\(number)") }) { _ in
                answers.withLock { $0.append(number) }
                // Looked at from outside, the row of every answer is there.
                guard number % 100 == 0 else { return }
                let row = beside.withLock { connection in
                    try? connection.first("SELECT 1 FROM setting WHERE name = $1", .text("test-\(number)")) {
                        $0.integer(0)
                    }
                }
                if row != 1 { unseen.withLock { $0.append(number) } }
            }
        }
        valve.open()
        try await test.store.write { _ in }
        #expect(answers.withLock { $0 } == Array(0..<1_200))
        #expect(unseen.withLock { $0 }.isEmpty)
    }

    @Test func `activity is numbered without gaps whatever was taken back, and told in that order`()
        async throws
    {
        let test = try await TestStore(isFilled: true)
        let start = try await test.store.read { try $0.latestActivity(of: Sample.eventID) }
        let valve = try await test.holdWriter()
        for number in 0..<60 {
            test.store.write(
                { transaction in
                    try transaction.record(.imported, "{}", of: Sample.eventID, at: Sample.hour(2))
                    if number % 4 == 1 { throw Deliberate() }
                    try transaction.record(.imported, "{}", of: Sample.eventID, at: Sample.hour(2))
                    if number % 4 == 2 { throw Deliberate() }
                }, whenDone: { _ in })
        }
        valve.open()
        try await test.store.write { _ in }
        let told = test.commits.flatMap(\.activity).map(\.number)
        #expect(told == Array(1...start + 60))
        let kept = try await test.store.read { try $0.activity(of: Sample.eventID, since: 0, limit: 1_000) }
        #expect(kept.map(\.number) == told)
        #expect(try await test.store.read { try $0.breaches(at: Sample.hour(3)) }.isEmpty)
    }

    @Test func `10,000 writes wait, the next is told to come back, and all that wait are answered`()
        async throws
    {
        let test = try await TestStore()
        let valve = try await test.holdWriter()
        let limit = Store.Limits().waitingWrites
        #expect(limit == 10_000)
        let answered = Mutex(0)
        // One is in the writer's hands.
        for number in 1..<limit {
            test.store.write({ if number % 1_000 == 0 { try $0.note("\(number)") } }) { outcome in
                if case .success = outcome { answered.withLock { $0 += 1 } }
            }
        }
        #expect(test.store.waitingWrites == limit)
        // Told at once: nobody waits for the writer to hear that they can't.
        let surplus = Mutex<Result<Void, any Error>?>(nil)
        test.store.write({ try $0.note("surplus") }) { outcome in surplus.withLock { $0 = outcome } }
        #expect(throws: Overloaded.self) { try surplus.withLock { $0 }?.get() }
        valve.open()
        await test.close()
        #expect(answered.withLock { $0 } == limit - 1)
        #expect(try TestStore.names(at: test.path).count == 9)
    }

    @Test func `closing finishes what waits and takes nothing more`() async throws {
        let test = try await TestStore()
        let valve = try await test.holdWriter()
        let answered = Mutex(0)
        for number in 0..<100 {
            test.store.write({ try $0.note("\(number)") }) { outcome in
                if case .success = outcome { answered.withLock { $0 += 1 } }
            }
        }
        valve.open()
        await test.close()
        #expect(answered.withLock { $0 } == 100)
        await #expect(throws: StorageClosed.self) { try await test.store.write { _ in } }
        await #expect(throws: StorageClosed.self) { try await test.store.read { _ in } }
        #expect(try TestStore.names(at: test.path).count == 100)
    }

    @Test func `while another process holds the database all that wait are told together`()
        async throws
    {
        let test = try await TestStore()
        try await test.store.write { try $0.connection.execute("PRAGMA busy_timeout = 100") }
        // Held after its commit, so that the other process can come between two of its transactions.
        let valve = Valve()
        test.store.write({ _ in }, whenDone: { _ in valve.pass() })
        try await test.waits(until: { valve.isReached })
        let other = Mutex(try Connection(path: test.path, mode: .readWrite))
        let outcomes = Mutex<[Result<Void, any Error>]>([])
        for number in 0..<50 {
            test.store.write({ try $0.note("\(number)") }) { outcome in
                outcomes.withLock { $0.append(outcome) }
                // Tried alone after this, each by itself, the others would not fail.
                if number == 0 { other.withLock { try? $0.execute("ROLLBACK") } }
            }
        }
        try other.withLock { try $0.execute("BEGIN IMMEDIATE") }
        valve.open()
        try await test.waits(until: { outcomes.withLock { $0.count } == 50 })
        for outcome in outcomes.withLock({ $0 }) {
            let fault = #expect(throws: StorageFault.self) { try outcome.get() }
            #expect(fault?.isBusy == true)
        }
        try await test.store.write { try $0.note("after") }
        #expect(try await test.names().contains("after"))
    }

    @Test func `a heartbeat changes a row once a second and is counted in no commit`() async throws {
        let test = try await TestStore()
        let beside = try test.beside(.readOnly)
        func change() throws -> Int? { try beside.first("PRAGMA data_version") { $0.count(0) } }
        var last = try change()
        for (milliseconds, changes): (Int64, Bool) in [
            (1_000, true), (1_999, false), (2_000, true), (500, true),
        ] {
            try await test.store.write { try $0.beat(at: Timestamp(rawValue: milliseconds)) }
            let now = try change()
            #expect((now != last) == changes)
            last = now
        }
        let valve = try await test.holdWriter()
        test.store.write({ try $0.beat(at: Timestamp(rawValue: 9_000)) }, whenDone: { _ in })
        test.store.write({ try $0.note("one") }, whenDone: { _ in })
        valve.open()
        try await test.store.write { try $0.beat(at: Timestamp(rawValue: 9_000)) }
        #expect(test.commits.map(\.writes).reduce(0, +) == 2)
    }

    @Test func `whether the writer writes can be asked although no more may wait`() async throws {
        var limits = Store.Limits()
        limits.waitingWrites = 2
        let test = try await TestStore(limits: limits)
        let valve = try await test.holdWriter()
        // Also where something fails: the writer can't end before.
        defer { valve.open() }
        test.store.write({ try $0.note("one") }, whenDone: { _ in })
        await #expect(throws: Overloaded.self) { try await test.store.write { try $0.note("two") } }
        async let beat: Void = test.store.writePastLimit { try $0.beat(at: Timestamp(rawValue: 1_000)) }
        try await test.waits(until: { test.store.waitingWrites == 3 })
        valve.open()
        try await beat
    }

    @Test func `each connection that writes has its log synchronised at each commit`() async throws {
        let test = try await TestStore()
        let settings = try await test.store.write { transaction in
            let connection = transaction.connection
            return [
                try connection.first("PRAGMA journal_mode") { $0.text(0) },
                try connection.first("PRAGMA synchronous") { $0.text(0) },
                try connection.first("PRAGMA foreign_keys") { $0.text(0) },
            ]
        }
        #expect(settings == ["wal", "2", "1"])
    }
}
