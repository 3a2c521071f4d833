import Foundation
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(2)))
struct DemoTests {
    /// A demo that runs, with what it printed.
    private struct Running {
        let program: RunningProgram
        let door: UInt16
        var output: String { program.output }

        /// What stands between two texts of a line.
        func text(after start: String, before end: String = "\n") throws -> String {
            let from = try #require(output.range(of: start)).upperBound
            let rest = output[from...]
            return String(rest[..<(rest.range(of: end)?.lowerBound ?? rest.endIndex)])
        }

        func password(of email: String) throws -> String { try text(after: "  \(email)  ") }
    }

    private func run(_ folder: TemporaryFolder, http: String = "127.0.0.1") async throws -> Running {
        let (httpPort, door) = (try FreePort.find(), try FreePort.find())
        let program = try RunningProgram(
            try Installation.program,
            arguments: [
                "demo", "--state", folder.path("state"), "--http", "\(http):\(httpPort)", "--door",
                "127.0.0.1:\(door)",
            ])
        try await program.wrote("Ctrl-C ends it.", withinSeconds: 30)
        return Running(program: program, door: door)
    }

    @Test func `there are people in it, and the printed line lets one of them in at the door`() async throws {
        let folder = try TemporaryFolder()
        let demo = try await run(folder)
        let line = try demo.text(after: "    printf '%s\\n' ")
        #expect(line.hasSuffix(" | nc -q 1 127.0.0.1 \(demo.door)"))
        let code = String(line.prefix(26))
        func scan(_ text: String) async throws -> String {
            let port = demo.door
            return try await onThread {
                let wire = try Wire(port: port)
                try wire.send(text + "\n")
                return String(wire.receive(until: "\r\n").dropLast())
            }
        }
        #expect(try await scan(code).hasPrefix("ADMIT \(code.prefix(8)) "))
        #expect(
            try await scan(String(code.prefix(8)))
                == "DENY unknown-code This is a reference, not a code; look it up at the desk")
        let database = try demo.text(after: "--database ")
        let listed = try await Program.run(
            try Installation.program, arguments: ["event", "list", "--database", database], folder: "/")
        #expect(listed.contains("\t8/150\t"))
        let letters = try demo.text(after: "  Letters  ", before: "  (").trimmingCharacters(in: .whitespaces)
        try await eventually("each of them has a letter") {
            let files = try FileManager.default.contentsOfDirectory(atPath: letters)
            return files.filter { $0.hasSuffix("-registered.eml") }.count == 8 ? true : nil
        }
        await demo.program.stop()
        // The next time nobody is registered again, and the line is of somebody else, who is not in yet.
        let next = try await run(folder)
        #expect(try next.text(after: "    printf '%s\\n' ").prefix(26) != code)
        let again = try await Program.run(
            try Installation.program, arguments: ["event", "list", "--database", database])
        #expect(again.contains("\t8/150\t"))
        await next.program.stop()
    }

    @Test func `the printed sign-ins are true, whatever became of those of the last time`() async throws {
        let folder = try TemporaryFolder()
        let first = try await run(folder)
        let before = try ["desk@example.org", "organiser@example.org"].map(first.password)
        let database = try first.text(after: "--database ")
        await first.program.stop()
        let same = try await run(folder)
        #expect(try ["desk@example.org", "organiser@example.org"].map(same.password) == before)
        await same.program.stop()
        for words in [
            ["remove", "desk@example.org"], ["add", "organiser@example.org", "--role", "organiser"],
        ] {
            try await Program.run(
                try Installation.program, arguments: ["staff"] + words + ["--database", database])
        }
        let mended = try await run(folder)
        let after = try ["desk@example.org", "organiser@example.org"].map(mended.password)
        #expect(Set(before).isDisjoint(with: after))
        #expect(try folder.text(of: "state/sign-in.txt").contains("desk@example.org  \(after[0])\n"))
        let listed = try await Program.run(
            try Installation.program, arguments: ["staff", "list", "--database", database])
        #expect(listed.hasPrefix("desk@example.org\treception\t"))
        await mended.program.stop()
    }

    @Test func `what another has taken is told with the option that helps`() async throws {
        let folder = try TemporaryFolder()
        let demo = try await run(folder)
        let pages = try demo.text(after: "open:  http://", before: "/e/")
        let free = "127.0.0.1:\(try FreePort.find())"
        let calls = [
            (["--state", folder.path("state"), "--http", free, "--door", free], "--state DIR"),
            (["--state", folder.path("two"), "--http", pages, "--door", free], "--http HOST:PORT"),
            (
                ["--state", folder.path("two"), "--http", free, "--door", "127.0.0.1:\(demo.door)"],
                "--door HOST:PORT"
            ),
        ]
        for (arguments, hint) in calls {
            let outcome = try await Program.outcome(
                of: try Installation.program, arguments: ["demo"] + arguments)
            #expect(outcome.status == .exited(1))
            #expect(outcome.errorOutput.contains(hint), "\(outcome.errorOutput)")
        }
        await demo.program.stop()
    }

    @Test func `listening on all addresses, it prints one that can be opened`() async throws {
        let demo = try await run(try TemporaryFolder(), http: "0.0.0.0")
        let pages = try demo.text(after: "open:  ")
        #expect(!demo.output.contains("http://0.0.0.0"))
        let page = try await Program.run("curl", arguments: ["-sf", pages])
        #expect(page.contains("Active Connections"))
        await demo.program.stop()
    }
}
