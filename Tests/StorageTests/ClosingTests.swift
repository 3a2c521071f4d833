import TestPeers
import Testing

@testable import Storage

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct ClosingTests {
    @Test func `a closed store leaves its one file, however often`() async throws {
        let folder = try TemporaryFolder()
        for round in 0..<100 {
            let test = try await TestStore(folder: folder)
            try await test.store.write { try $0.note("\(round)") }
            _ = try await test.names()
            await test.close()
            #expect(try folder.names() == ["lanyard.db"], "round \(round)")
        }
    }

    @Test func `who closes while another program has the database open leaves the log to it`() async throws {
        let test = try await TestStore()
        try await test.store.write { try $0.note("one") }
        let other = try test.beside()
        #expect(try other.first("SELECT count(*) FROM setting") { $0.count(0) } != 0)
        await test.close()
        #expect(test.folder.contains("lanyard.db-wal"))
        other.close()
        #expect(try test.folder.names() == ["lanyard.db"])
        #expect(try TestStore.names(at: test.path) == ["one"])
    }

    @Test func `a connection may be closed more than once`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection(path: folder.path("x.db"), mode: .create)
        try connection.run("CREATE TABLE x (y)")
        connection.close()
        connection.close()
        #expect(
            try Connection(path: folder.path("x.db"), mode: .readOnly).all("SELECT y FROM x") { $0.count(0) }
                == [])
    }
}
