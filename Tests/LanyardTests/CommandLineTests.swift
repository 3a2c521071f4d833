import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct CommandLineTests {
    static let calls: [(arguments: String, status: Int32)] = [
        ("--help", 0), ("serve --help", 0), ("", 2), ("sevre", 2), ("staff add", 2),
        ("event", 2), ("event --help", 0), ("--version", 0), ("version", 0),
        ("staff add a@example.org --role boss", 2), ("verify --wat", 2), ("verify extra", 2),
        ("token create --role", 2), ("verify --config /nowhere/lanyard.toml", 1),
        ("verify --database sqlite:/nowhere/x.db", 1), ("verify --database mysql:x", 2),
        ("verify --config a --database sqlite:b", 2),
        ("badge render --template nix --name A -o /tmp/a.pdf", 1),
        ("badge render --template conference-a6 --name A -o /tmp/a.gif", 2),
    ]

    @Test(arguments: calls)
    func `the exit status says how it went, and complaints go to standard error`(
        arguments: String, status: Int32
    ) async throws {
        let outcome = try await Program.outcome(
            of: try Installation.program, arguments: arguments.split(separator: " ").map(String.init))
        #expect(outcome.status == .exited(status))
        #expect(outcome.output.isEmpty == (status != 0))
        #expect(outcome.errorOutput.isEmpty == (status == 0))
    }

    @Test func `an event goes in, is listed, comes out as it went in, and can be moved`() async throws {
        let here = try await Installation()
        try await here.importDay(capacity: 120)
        #expect(try await here.lanyard("event", "list").contains("0/120\tThe Day"))
        let exported = try await here.lanyard("event", "export", "day")
        try here.folder.write(exported, to: "again.toml")
        try await here.lanyard("event", "import", here.folder.path("again.toml"))
        #expect(try await here.lanyard("event", "export", "day") == exported)
        try await here.lanyard("event", "import", here.folder.path("again.toml"), "--day", "2031-05-06")
        #expect(try await here.lanyard("event", "list").contains("day\t2031-05-06\t0/120"))
    }

    @Test func `an event that was over when it came is told so, and comes out and in again unchanged`()
        async throws
    {
        let here = try await Installation()
        try await here.importDay()
        let past = try here.folder.text(of: "day.toml").split(
            separator: "\n", omittingEmptySubsequences: false
        )
        .filter { !$0.contains("_open") }.joined(separator: "\n")
        .replacing(/[0-9]{4}-[0-9]{2}-[0-9]{2}/, with: "2020-02-03").replacing("\"day\"", with: "\"past\"")
        try here.folder.write(past, to: "past.toml")
        let made = try await here.outcome("event", "import", here.folder.path("past.toml"))
        #expect(made.errorOutput.hasPrefix("Created past: The Day.\nIt was over on 2020-02-03"))
        #expect(made.errorOutput.contains("--day YYYY-MM-DD"))
        let exported = try await here.lanyard("event", "export", "past")
        try here.folder.write(exported, to: "again.toml")
        let again = try await here.outcome("event", "import", here.folder.path("again.toml"))
        #expect(again.status == .exited(0), "\(again.errorOutput)")
        #expect(again.errorOutput.hasPrefix("Unchanged past: The Day.\n"))
        // Also the file that does not say when registration opens.
        for file in ["past.toml", "day.toml"] {
            let same = try await here.outcome("event", "import", here.folder.path(file))
            #expect(same.errorOutput.hasPrefix("Unchanged "), "\(same.errorOutput)")
        }
    }

    @Test func `a family of verbs, a version and a badge are told`() async throws {
        let here = try await Installation()
        let lanyard = try Installation.program
        let family = try await Program.run(lanyard, arguments: ["event", "--help"])
        #expect(family.hasPrefix("Usage: lanyard event VERB [OPTIONS]\n"))
        let version = try await Program.run(lanyard, arguments: ["--version"])
        #expect(version.wholeMatch(of: /lanyard [0-9]+\.[0-9]+\.[0-9]+\n/) != nil)
        let file = here.folder.path("a.pdf")
        let drawn = try await here.outcome(
            "badge", "render", "--template", "conference-a6.svg", "--name", "Ada", "-o", file)
        #expect(drawn.status == .exited(0))
        #expect(drawn.errorOutput == "The badge is in \(file).\n")
        let unknown = try await here.outcome(
            "badge", "render", "--template", "nix", "--name", "Ada", "-o", file)
        #expect(unknown.errorOutput.contains("There is no template “nix”"))
        #expect(unknown.errorOutput.contains("conference-a6, label-102x59, label-89x36, certificate-a4."))
    }

    @Test func `without CUPS and without a configuration it is told how to have printers`() async throws {
        let outcome = try await Program.outcome(
            of: try Installation.program, arguments: ["printers"],
            environment: ["CUPS_SERVER": "127.0.0.1:\(try FreePort.find())"])
        #expect(outcome.status == .exited(1))
        #expect(outcome.errorOutput.contains("apt-get install cups"), "\(outcome.errorOutput)")
        #expect(outcome.errorOutput.contains("A printer that is a folder needs none."))
        #expect(!outcome.errorOutput.contains("--database"))
    }

    @Test func `an unknown template and a certificate's are told where they stand, with all else`()
        async throws
    {
        let here = try await Installation(
            printers: """
                [[printer]]
                name = "desk"
                template = "certificate-a4"
                [[printer]]
                name = "back"
                template = "conference-a5"
                colour = "red"
                """)
        let outcome = try await here.outcome("event", "list")
        #expect(outcome.status == .exited(1))
        let file = here.folder.path("lanyard.toml")
        let lines = outcome.errorOutput.split(separator: "\n")
        try #require(lines.count == 3, "\(outcome.errorOutput)")
        #expect(lines[0].contains("\(file):9:12: `template` \"certificate-a4\" is for certificates"))
        #expect(lines[1].hasPrefix("\(file):12:12: `template` \"conference-a5\" is no template"))
        #expect(lines[1].hasSuffix("did you mean \"conference-a6\"?"))
        #expect(lines[2].contains("unknown key `colour`"))
    }

    @Test func `a relative path is the configuration's, wherever a verb is started`() async throws {
        let here = try await Installation()
        let settings = try here.folder.text(of: "lanyard.toml")
            .replacing("sqlite:" + here.folder.path("lanyard.db"), with: "sqlite:data/lanyard.db")
        try here.folder.write(settings, to: "lanyard.toml")
        let missing = try await here.outcome("event", "list")
        #expect(missing.errorOutput.contains("There is no database \(here.folder.path("data/lanyard.db"))."))
        try here.folder.makeFolder("data")
        try await here.importDay()
        #expect(try here.folder.names(in: "data") == ["lanyard.db"])
        let listed = try await Program.run(
            try Installation.program, arguments: ["event", "list", "--config", "../lanyard.toml"],
            folder: here.folder.path("data"))
        #expect(listed.contains("The Day"))
    }

    @Test(arguments: [
        "verify", "backup copy.db", "event list", "event export day", "printers", "token list",
        "token revoke 1", "staff list", "staff remove ada@example.org",
    ])
    func `a database that isn't there is made by no verb that needs what is in it`(verb: String) async throws
    {
        let folder = try TemporaryFolder()
        let path = folder.path("typo.db")
        let words = verb.split(separator: " ").map { $0 == "copy.db" ? folder.path("copy.db") : String($0) }
        let outcome = try await Program.outcome(
            of: try Installation.program, arguments: words + ["--database", "sqlite:\(path)"])
        #expect(try folder.names().isEmpty)
        // Printers are a matter of the print server alone.
        guard verb != "printers" else { return }
        #expect(outcome.status == .exited(1))
        #expect(outcome.output.isEmpty)
        #expect(outcome.errorOutput.contains("There is no database \(path)."))
    }

    @Test func `a token is printed alone`() async throws {
        let here = try await Installation()
        try await here.importDay()
        let token = try await here.lanyard("token", "create", "--role", "reception", "--event", "day")
        #expect(token.count == 33 && token.last == "\n")
        #expect(!token.dropLast().contains { $0.isWhitespace })
    }

    @Test func `tokens are listed without themselves, and revoked by their numbers`() async throws {
        let here = try await Installation()
        try await here.importDay()
        let token = try await here.lanyard("token", "create", "--role", "reception", "--event", "day")
        try await here.lanyard("token", "create", "--role", "admin")
        try await here.lanyard("token", "revoke", "1")
        let lines = try await here.lanyard("token", "list").split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[0].hasPrefix("1\treception\tday\t20") && lines[0].contains("\trevoked 20"))
        #expect(lines[1].hasPrefix("2\tadmin\tall events\t20") && lines[1].hasSuffix("Z\tgood"))
        #expect(!lines.joined().contains(token.dropLast()))
        #expect(try await here.status("token", "revoke", "1") == .exited(1))
        #expect(try await here.status("token", "revoke", "x") == .exited(2))
    }

    @Test func `staff are listed, and removed by their addresses`() async throws {
        let here = try await Installation()
        try await here.lanyard("staff", "add", "bob@example.org", "--role", "admin")
        try await here.lanyard("staff", "add", "ada@example.org", "--role", "reception")
        #expect(
            try await here.lanyard("staff", "list").split(separator: "\n").map {
                $0.split(separator: "\t")[..<2]
            }
                == [["ada@example.org", "reception"], ["bob@example.org", "admin"]])
        let explained = try await here.lanyard("staff", "list")
        #expect(
            explained.contains(
                "\tadmin\tdoes what organisers do, and sees and ends other people's sign-ins\n"))
        let changed = try await here.outcome("staff", "add", "BOB@example.org", "--role", "organiser")
        #expect(changed.errorOutput.hasPrefix("Changed BOB@example.org"))
        try await here.lanyard("staff", "remove", "Bob@example.org")
        let left = try await here.lanyard("staff", "list")
        #expect(left.hasPrefix("ada@example.org\treception\t") && left.split(separator: "\n").count == 1)
        #expect(try await here.status("staff", "remove", "bob@example.org") == .exited(1))
    }

    @Test func `a copy of the database is a database of its own, and nothing is written over`() async throws {
        let here = try await Installation()
        try await here.importDay()
        let copy = here.folder.path("copy.db")
        try await here.lanyard("backup", copy)
        let listed = try await Program.run(
            try Installation.program, arguments: ["event", "list", "--database", "sqlite:\(copy)"])
        #expect(listed.contains("The Day"))
        let outcome = try await Program.outcome(
            of: try Installation.program,
            arguments: ["backup", copy, "--config", here.folder.path("lanyard.toml")])
        #expect(outcome.status == .exited(1))
    }

    @Test func `one breach is called one`() async throws {
        let here = try await Installation()
        try await here.importDay()
        try await Program.run(
            "sqlite3",
            arguments: [here.folder.path("lanyard.db"), "UPDATE event_places SET activity = activity + 1"])
        let outcome = try await Program.outcome(
            of: try Installation.program, arguments: ["verify", "--config", here.folder.path("lanyard.toml")])
        #expect(outcome.status == .exited(1))
        #expect(outcome.errorOutput.contains(": 1 breach. "), "\(outcome.errorOutput)")
    }

    @Test func `what a later version made is refused and left as it is`() async throws {
        let here = try await Installation()
        try await here.importDay()
        let file = here.folder.path("lanyard.db")
        try await Program.run(
            "sqlite3", arguments: [file, "PRAGMA user_version = 999; PRAGMA wal_checkpoint(TRUNCATE);"])
        let before = try await Program.run("sha256sum", arguments: [file])
        let outcome = try await Program.outcome(
            of: try Installation.program, arguments: ["verify", "--config", here.folder.path("lanyard.toml")])
        #expect(outcome.status == .exited(1))
        #expect(outcome.errorOutput.contains("later version"))
        #expect(try await Program.run("sha256sum", arguments: [file]) == before)
    }
}

extension Installation {
    /// How a verb ends on this installation.
    fileprivate func status(_ arguments: String...) async throws -> Program.ExitStatus {
        try await Program.outcome(
            of: try Installation.program, arguments: arguments + ["--config", folder.path("lanyard.toml")]
        ).status
    }
}
