import TestPeers
import Testing

@testable import Storage

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct ReadersTests {
    @Test func `a reader finishes while a write is under way, and sees nothing of it`() async throws {
        let test = try await TestStore()
        let valve = Valve()
        test.store.write(
            {
                try $0.note("unfinished")
                valve.pass()
            }, whenDone: { _ in })
        try await test.waits(until: { valve.isReached })
        #expect(try await test.names().isEmpty)
        valve.open()
        try await test.store.write { _ in }
        #expect(try await test.names() == ["unfinished"])
    }

    @Test func `a reader sees one state from its first look to its last`() async throws {
        let test = try await TestStore()
        try await test.store.write { try $0.note("before") }
        let valve = Valve()
        async let looks = test.store.read { snapshot in
            let first = try snapshot.settingNames()
            valve.pass()
            return (first, try snapshot.settingNames())
        }
        try await test.waits(until: { valve.isReached })
        try await test.store.write { try $0.note("meanwhile") }
        valve.open()
        let (first, last) = try await looks
        #expect(first == ["before"] && last == ["before"])
        #expect(try await test.names() == ["before", "meanwhile"])
    }

    @Test func `readers can't write`() async throws {
        let test = try await TestStore()
        await #expect(throws: StorageFault.self) {
            try await test.store.read { try $0.connection.execute("DELETE FROM setting") }
        }
    }

    @Test func `a reader that throws leaves its thread as good as before`() async throws {
        let test = try await TestStore()
        for _ in 0..<4 {
            await #expect(throws: Deliberate.self) { try await test.store.read { _ in throw Deliberate() } }
        }
        #expect(try await test.names().isEmpty)
    }

    @Test func `beginning the log anew waits for nobody who reads for long`() async throws {
        let test = try await TestStore()
        let reader = try test.beside(.readOnly)
        try reader.execute("BEGIN")
        _ = try reader.first("SELECT count(*) FROM setting") { $0.count(0) }
        try await test.store.write { try $0.note("later") }
        let took = try await test.store.write { transaction in
            try transaction.connection.execute("COMMIT")
            let took = try ContinuousClock().measure { try transaction.connection.checkpoint(restarts: true) }
            try transaction.connection.execute("BEGIN IMMEDIATE; SAVEPOINT work")
            return took
        }
        #expect(took < .seconds(1))
        try reader.execute("COMMIT")
    }
}
