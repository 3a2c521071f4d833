import Glibc
import TestPeers
import Testing

/// A database that nobody has open is one file: a log that stayed behind would be taken for the log of whatever
/// file is put in its place.
@Suite(.takesTurns, .timeLimit(.minutes(2)))
struct ClosedDatabaseTests {
    @Test func `no verb leaves a log beside the database, however often`() async throws {
        let here = try await Installation()
        try await here.importDay()
        for round in 0..<10 {
            try await here.lanyard("staff", "add", "a\(round)@example.org", "--role", "reception")
            #expect(try here.databaseFiles == ["lanyard.db"])
            try await here.lanyard("event", "list")
            #expect(try here.databaseFiles == ["lanyard.db"])
        }
        try await here.lanyard("verify")
        try await here.lanyard("backup", here.folder.path("copy.db"))
        #expect(try here.databaseFiles == ["lanyard.db"])
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `a daemon that was stopped leaves no log beside the database`(signal: Int32) async throws {
        let here = try await Installation()
        try await here.importDay()
        for round in 0..<5 {
            let daemon = try await here.serve()
            #expect(try await here.register("Person \(round)")?.status == 201)
            #expect(try here.databaseFiles.contains("lanyard.db-wal"))
            daemon.send(signal: signal)
            #expect(try await daemon.exit() == .exited(0))
            #expect(try here.databaseFiles == ["lanyard.db", "lanyard.db.daemon"])
        }
    }

    @Test func `a daemon that can't start leaves no log beside the database`() async throws {
        let here = try await Installation()
        try await here.importDay()
        let other = try await Installation()
        let taken = try await other.serve()
        let settings = try here.folder.text(of: "lanyard.toml")
            .replacing("127.0.0.1:\(here.doorPort)", with: "127.0.0.1:\(other.doorPort)")
        try here.folder.write(settings, to: "lanyard.toml")
        for _ in 0..<3 {
            let outcome = try await Program.outcome(
                of: try Installation.program,
                arguments: ["serve", "--config", here.folder.path("lanyard.toml")])
            #expect(outcome.status == .exited(1))
            #expect(try here.databaseFiles == ["lanyard.db", "lanyard.db.daemon"])
        }
        await taken.stop()
    }
}

extension Installation {
    /// The database's file and those beside it.
    var databaseFiles: [String] {
        get throws { try folder.names().filter { $0.hasPrefix("lanyard.db") } }
    }
}
