import Testing

@testable import TestPeers

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct PeersTests {
    @Test func `a program that is not installed is named with its package`() async throws {
        let failure = await #expect(throws: ProgramFailure.self) {
            try await Program.run("zbarimg-that-nobody-has")
        }
        #expect(failure?.description.contains("apt-get install") == true)
    }

    @Test func `a program that fails says what it wrote`() async throws {
        let failure = await #expect(throws: ProgramFailure.self) {
            try await Program.run("sh", arguments: ["-c", "echo why >&2; exit 3"])
        }
        #expect(failure?.description.contains("exited(3)") == true)
        #expect(failure?.description.contains("why") == true)
    }

    @Test func `a program past its deadline is killed`() async throws {
        let program = try RunningProgram("sleep", arguments: ["60"])
        await #expect(throws: ProgramFailure.self) { try await program.exit(withinSeconds: 0.2) }
        try await eventually("it is gone", isTrue: { !program.isRunning })
    }

    @Test func `a program ends with the last reference to it`() async throws {
        var program: RunningProgram? = try RunningProgram("sleep", arguments: ["60"])
        let number = try #require(program?.processID)
        program = nil
        let folder = "/proc/\(number)/cmdline"
        try await eventually(
            "it is gone",
            isTrue: { try await Program.outcome(of: "test", arguments: ["-e", folder]).status != .exited(0) })
    }

    @Test func `what a killed program started in a group of its own ends too`() async throws {
        // As the backends of a print server do, which is not there to end them.
        let program = try RunningProgram("bash", arguments: ["-mc", "sleep 60 & echo $! started; wait"])
        try await program.wrote("started")
        let number = try #require(program.output.split(separator: " ").first)
        await program.kill()
        // One that has ended has no command line, also where nobody has reaped it yet.
        let search = ["--quiet", "--no-messages", "sleep", "/proc/\(number)/cmdline"]
        #expect(try await Program.outcome(of: "grep", arguments: search).status != .exited(0))
    }

    @Test func `what a daemon's own children hold open keeps nobody waiting`() async throws {
        let output = try await Program.run("sh", arguments: ["-c", "sleep 3 & echo done"], withinSeconds: 2)
        #expect(output == "done\n")
    }

    @Test func `printers are found although another Avahi has the loopback address to itself`() async throws {
        let other = PrivateDNSSD(hostName: "other", publishesAddresses: true)
        let mine = PrivateDNSSD()
        let places = [try await other.environment(), try await mine.environment()]
        #expect(places[0] != places[1])
        withExtendedLifetime((mine, other)) {}
    }

    @Test func `an IPP printer and a Zebra print through a private CUPS`() async throws {
        let printer = try await VirtualIPPPrinter()
        let zebra = try ZebraPrinter()
        let cups = try await PrivateCUPS()
        try await cups.addQueue("badges", to: printer)
        try await cups.addQueue("labels", to: zebra)
        let file = try cups.folder.write("%!PS\n100 100 moveto 200 200 lineto stroke showpage\n", to: "a.ps")
        try printer.runOutOfPaper()
        try await cups.run("lp", "-d", "badges", "-t", "one", "-o", "media=iso_a6_105x148mm", file)
        try await cups.run("lp", "-d", "labels", "-t", "two", file)
        try await eventually("the label comes out", isTrue: { zebra.labels.count == 1 })
        #expect(zebra.labels.first?.contains("^XA") == true)
        #expect(try printer.sheets.isEmpty)
        try printer.clear()
        try await eventually("the sheet comes out", isTrue: { try printer.sheets.count == 1 })
        #expect(try printer.sheets.first?.job == "one")
    }
}
