import FoundationEssentials
import Glibc
import TestPeers
import Testing

/// Letters of the whole program, through a real mail server.
@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct LetterTests {
    private func installation(_ server: MailServer, templates: String = "") async throws -> Installation {
        try await Installation(
            mail: """
                smtp = "smtp://127.0.0.1:\(server.port)"
                tls = "none"
                from = "The Day <events@example.org>"
                templates = "\(templates)"
                """)
    }

    /// The folder of templates that ships, to be changed.
    private func templates() async throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let shipped = URL(filePath: #filePath).appending(path: "../../../Config/letters").standardized.path
        try await Program.run("cp", arguments: ["-r", shipped + "/.", folder.path])
        return folder
    }

    /// Puts the letter with the link to Ada's page into the outbox.
    private func writeLink(_ here: Installation) async throws {
        try await Program.run(
            "sqlite3",
            arguments: [
                here.folder.path("lanyard.db"),
                """
                INSERT INTO letter (event_id, attendee_id, kind, told, sequence, next_at, written_at, changed_at)
                SELECT event_id, id, 'link', '', 1, registered_at, registered_at, registered_at FROM attendee
                WHERE name = 'Ada Lovelace'
                """,
            ])
    }

    /// The texts of the letters with the link.
    private func links(_ server: MailServer) throws -> [String] {
        try server.letters.map(text(of:)).filter { $0.contains("has asked for the link") }
    }

    private func text(of letter: MailServer.Letter) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: letter.path)), as: UTF8.self)
    }

    /// Where somebody has registered and had their letter, and a second one waits for the daemon to start.
    private func openedWithAda(_ server: MailServer) async throws -> (Installation, Registered) {
        let here = try await installation(server)
        try await here.importDay()
        let token = try await here.lanyard("token", "create", "--role", "organiser").trimmed
        let daemon = try await here.serve()
        let ada = try await here.registered("Ada Lovelace", token: token)
        try await eventually("the letter of the registration arrives and is counted") {
            let metrics = try await here.request("GET", "/metrics")?.text ?? ""
            return metrics.contains("lanyard_letters{state=\"sent\"} 1\n") ? true : nil
        }
        #expect(try text(of: server.letters[0]).contains("You are registered"))
        await daemon.stop()
        try await writeLink(here)
        return (here, ada)
    }

    @Test func `a letter of the outbox arrives once with the attendee's own link, and is counted`()
        async throws
    {
        let server = try await MailServer()
        let (here, ada) = try await openedWithAda(server)
        let daemon = try await here.serve()
        try await eventually("the letter arrives") { try links(server).isEmpty ? nil : true }
        // Lines of mail that go on end with an equals sign.
        #expect(try links(server)[0].replacing("=\r\n", with: "").contains(ada.manage_url))
        try await eventually("it is counted") {
            let metrics = try await here.request("GET", "/metrics")?.text ?? ""
            return metrics.contains("lanyard_letters{state=\"queued\"} 0\n")
                && metrics.contains("lanyard_letters{state=\"sent\"} 2\n") ? true : nil
        }
        daemon.send(signal: SIGTERM)
        #expect(try await daemon.exit(withinSeconds: 10) == .exited(0))
        #expect(!daemon.errorOutput.contains("ada"))
        #expect(try links(server).count == 1)
    }

    @Test
    func `killed between the server's acceptance and the note, the letter comes again under its Message-ID`()
        async throws
    {
        let server = try await MailServer()
        let (here, _) = try await openedWithAda(server)
        try server.behave(.keepAndHang("ada"))
        let daemon = try await here.serve()
        try await eventually("the server has it") { try links(server).isEmpty ? nil : true }
        await daemon.kill()
        try server.behave()
        let again = try await here.serve()
        try await eventually("it comes again") { try links(server).count == 2 ? true : nil }
        await again.stop()
        let heads = try links(server).map { text in
            text.split(separator: "\r\n").first { $0.hasPrefix("Message-ID: ") }
        }
        #expect(heads.count == 2 && heads[0] != nil && heads[0] == heads[1])
    }

    @Test func `a server that hangs with a letter holds up the end for 10 s at most`() async throws {
        let server = try await MailServer()
        let (here, _) = try await openedWithAda(server)
        try server.behave(.hangAfterText("ada"))
        let daemon = try await here.serve()
        // The first of them was to the letter before.
        try await eventually("it is under way") {
            try server.answers.count { $0.contains(" 354 ") } == 2 ? true : nil
        }
        let began = ContinuousClock.now
        daemon.send(signal: SIGTERM)
        #expect(try await daemon.exit(withinSeconds: 15) == .exited(0))
        #expect(began.duration(to: .now) < .seconds(10.5))
    }

    @Test func `a mistake in a letter's template is told at the start, and by SIGHUP the old ones are kept`()
        async throws
    {
        let server = try await MailServer()
        let folder = try await templates()
        let here = try await installation(server, templates: folder.path)
        let daemon = try await here.serve()
        try folder.write("Subject: A\n{{nmae}}\n{{page}}", to: "link.txt")
        daemon.send(signal: SIGHUP)
        try await eventually("the mistake is told") {
            daemon.errorOutput.contains("link.txt:2: There is no {{nmae}} here") ? true : nil
        }
        #expect(daemon.errorOutput.contains("The letters' templates stay as they were") && daemon.isRunning)
        await daemon.stop()
        let failed = try await Program.outcome(
            of: try Installation.program, arguments: ["serve", "--config", here.folder.path("lanyard.toml")])
        #expect(failed.status == .exited(1))
        #expect(failed.errorOutput.contains("\(folder.path)/link.txt:2: There is no {{nmae}} here"))
    }

    @Test func `a password file that is none is told in words`() async throws {
        let here = try await Installation(
            mail: """
                smtp = "smtp://127.0.0.1:1"
                from = "events@example.org"
                username = "events"
                password_file = "/nowhere/password"
                """)
        let failed = try await Program.outcome(
            of: try Installation.program, arguments: ["serve", "--config", here.folder.path("lanyard.toml")])
        #expect(failed.status == .exited(1))
        #expect(failed.errorOutput.contains("The password file /nowhere/password can't be read"))
    }

    @Test func `a programme that is changed by a command beside the daemon is told to those registered`()
        async throws
    {
        let server = try await MailServer()
        let here = try await installation(server)
        try await here.importDay()
        let token = try await here.lanyard("token", "create", "--role", "organiser").trimmed
        let daemon = try await here.serve()
        _ = try await here.registered("Ada Lovelace", token: token)
        try await eventually("the letter of the registration arrives") {
            try server.letters.count == 1 ? true : nil
        }
        // As the README has it: a command that knows the database alone.
        let database = "sqlite:" + here.folder.path("lanyard.db")
        try await Program.run(
            try Installation.program,
            arguments: [
                "event", "import", here.folder.path("day.toml"), "--day", "2031-03-05", "--database",
                database,
            ])
        try await eventually("everybody registered is told", withinSeconds: 20) {
            try server.letters.count == 2 ? true : nil
        }
        #expect(try text(of: server.letters[1]).contains("5 March 2031"))
        await daemon.stop()
    }
}
