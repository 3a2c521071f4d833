import Foundation
import Glibc
import TestPeers
import Testing

/// Going back to a copy, by the commands that README.md gives.
@Suite(.takesTurns, .timeLimit(.minutes(2)))
struct RestoreTests {
    /// The lines of README.md's block that goes back to a copy.
    private static var steps: [[String]] {
        get throws {
            let file = URL(filePath: #filePath).appending(path: "../../../README.md").standardized
            let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
            let block = try #require(
                text.components(separatedBy: "```sh\n").map { $0.components(separatedBy: "```")[0] }
                    .first { $0.contains("lanyard restore") })
            return block.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        }
    }

    @Test(arguments: [SIGTERM, SIGKILL])
    func `what README.md says goes back to the copy, however the daemon ended`(signal: Int32) async throws {
        let here = try await Installation()
        try await here.importDay()
        let copy = here.folder.path("copy.db")
        var daemon = try await here.serve()
        #expect(try await here.register("Before")?.status == 201)
        try await here.lanyard("backup", copy)
        for number in 0..<50 { #expect(try await here.register("After \(number)")?.status == 201) }
        if signal == SIGKILL {
            await daemon.kill()
            #expect(here.folder.contains("lanyard.db-wal"))
        }
        for step in try RestoreTests.steps {
            switch step.prefix(3) {
            case ["sudo", "systemctl", "stop"]: await daemon.stop()
            case ["sudo", "systemctl", "start"]: daemon = try await here.serve()
            case ["sudo", "lanyard", "restore"]:
                #expect(step.count == 4)
                try await here.lanyard("restore", copy)
            default: Issue.record("README.md has another step: \(step)")
            }
        }
        #expect(try await here.lanyard("event", "list").contains("\t1/1000\t"))
        #expect(try await here.register("Later")?.status == 201)
        try await here.lanyard("verify")
        await daemon.stop()
        #expect(
            try here.databaseFiles == ["lanyard.db", "lanyard.db.before-restore-1", "lanyard.db.daemon"])
        let before = "sqlite:" + here.folder.path("lanyard.db.before-restore-1")
        let listed = try await Program.run(
            try Installation.program, arguments: ["event", "list", "--database", before])
        #expect(listed.contains("\t51/1000\t"))
        let integrity = try await Program.run(
            "sqlite3", arguments: [here.folder.path("lanyard.db"), "PRAGMA integrity_check"])
        #expect(integrity == "ok\n")
    }

    @Test func `it tells where the database from before is, and refuses beside a daemon`() async throws {
        let here = try await Installation()
        try await here.importDay()
        let (copy, file) = (here.folder.path("copy.db"), here.folder.path("lanyard.db"))
        try await here.lanyard("backup", copy)
        let daemon = try await here.serve()
        let refused = try await here.outcome("restore", copy)
        #expect(refused.status == .exited(1))
        #expect(refused.errorOutput.contains("Another daemon is running on \(file)."))
        await daemon.stop()
        let done = try await here.outcome("restore", copy)
        #expect(done.status == .exited(0))
        #expect(done.output.isEmpty)
        #expect(
            done.errorOutput == """
                \(file) is now as \(copy) was.
                The database from before is \(file).before-restore-1.

                """)
        let missing = try await here.outcome("restore", here.folder.path("nothing.db"))
        #expect(missing.status == .exited(1))
        #expect(missing.errorOutput.contains("Nothing was changed."))
    }

    @Test func `a damaged database is told with the way back to a copy, and no folder with its name`()
        async throws
    {
        let here = try await Installation()
        try await here.importDay()
        let nowhere = try await here.outcome("backup", "/nope/x.db")
        #expect(nowhere.status == .exited(1))
        #expect(nowhere.errorOutput.contains("There is no folder /nope."))
        try await Program.run(
            "dd",
            arguments: [
                "if=/dev/zero", "of=\(here.folder.path("lanyard.db"))", "bs=1024", "seek=1", "count=30",
                "conv=notrunc",
            ])
        let outcome = try await here.outcome("event", "list")
        #expect(outcome.status == .exited(1))
        #expect(outcome.errorOutput.contains("is damaged"), "\(outcome.errorOutput)")
        #expect(outcome.errorOutput.contains("lanyard restore FILE"), "\(outcome.errorOutput)")
    }
}

extension Installation {
    /// How a verb ends on this installation, and what it says.
    func outcome(_ arguments: String...) async throws -> Program.Outcome {
        try await Program.outcome(
            of: try Installation.program, arguments: arguments + ["--config", folder.path("lanyard.toml")])
    }
}
