import Testing

@testable import Configuration

@Suite(.timeLimit(.minutes(1)))
struct SettingsTests {
    static let full = """
        [storage]
        url = "sqlite:/srv/lanyard.db"
        [http]
        listen = "[::1]:8080"
        public_url = "https://events.example.org/"
        trusted_proxies = ["10.0.0.0/8"]
        api_registrations_without_token = false
        [printing]
        server = "printhost:631"
        [badges]
        folder = "/srv/badges"
        [mail]
        smtp = "smtp://[::1]:2525"
        from = "The Day <events@example.org>"
        username = "lanyard"
        password_file = "/srv/password"
        tls = "required"
        templates = "/srv/letters"
        [log]
        level = "warning"
        [[printer]]
        name = "front-desk"
        queue = "Badge_Printer"
        template = "label-89x36"
        [[printer]]
        name = "folder"
        folder = "/srv/out"
        [[door]]
        name = "north"
        listen = "0.0.0.0:4001"
        event = "active-connections-2024"
        printer = "front-desk"
        allow = ["192.168.0.0/16", "2001:db8::/32"]
        end_after_ms = 500
        max_connections = 4
        [[door]]
        name = "room-1"
        listen = "unix:/run/lanyard/room-1.sock"
        event = "active-connections-2024"
        point = "resources"
        socket_mode = "0600"
        [limits]
        door_connections = 10
        public_registrations_per_minute = 3
        """

    func settings(_ text: String) throws -> Settings {
        try Settings(Array(text.utf8), file: "lanyard.toml")
    }

    @Test func `everything that can be set is taken`() throws {
        let settings = try settings(SettingsTests.full)
        #expect(settings.database == .sqlite(path: "/srv/lanyard.db"))
        #expect(settings.http.listen == .tcp(host: "::1", port: 8080))
        #expect(settings.http.publicURL == "https://events.example.org")
        #expect(settings.http.trustedProxies.contain("10.1.2.3"))
        #expect(!settings.http.registersWithoutToken && Settings.HTTP().registersWithoutToken)
        #expect(settings.printing.server == "printhost:631")
        #expect(settings.badges.folder == "/srv/badges")
        var server = Settings.Mail.Server(host: "::1", port: 2_525, isSecure: false)
        server.login = .init(username: "lanyard", passwordFile: "/srv/password")
        #expect(settings.mail?.outlet == .server(server))
        #expect(settings.mail?.senderName == "The Day")
        #expect(settings.mail?.senderAddress == "events@example.org")
        #expect(settings.mail?.templates == "/srv/letters")
        #expect(settings.log.level == Settings.Log.Level.warning)
        #expect(settings.printers.map(\.destination) == [.queue("Badge_Printer"), .folder("/srv/out")])
        #expect(settings.printers.map(\.template) == ["label-89x36", "conference-a6"])
        #expect(settings.doors.map(\.point) == ["entrance", "resources"])
        #expect(settings.doors.map(\.connectionLimit) == [4, 10])
        #expect(settings.doors.map(\.endAfterMilliseconds) == [500, 2_000])
        #expect(settings.doors.map(\.socketMode) == [0o660, 0o600])
        #expect(settings.doors.map(\.printer) == ["front-desk", nil])
        #expect(settings.doors[0].allow.contain("2001:db8::7") && !settings.doors[0].allow.contain("::1"))
        #expect(settings.doors[1].allow.contain("::1") && !settings.doors[1].allow.contain("10.0.0.1"))
        #expect(settings.limits.publicRegistrationsPerMinute == 3)
        #expect(settings.limits.signInAttemptsPerMinute == 10)
    }

    @Test(arguments: ["", "\n", "# nothing\n", "[http]\n[limits]\n"])
    func `what is not set has its default`(text: String) throws {
        #expect(try settings(text) == Settings())
    }

    @Test(arguments: [
        ("smtp://mail.example.org", 587), ("smtps://mail.example.org/", 465), ("smtp://h:25", 25),
    ])
    func `a mail server has the port that programs hand mail in at, unless another is given`(
        address: String, port: UInt16
    ) throws {
        let mail = try settings("[mail]\nfrom = \"a@b.org\"\nsmtp = \"\(address)\"").mail
        guard case .server(let server)? = mail?.outlet else {
            Issue.record("no server")
            return
        }
        #expect(
            server.port == port && server.isSecure == address.hasPrefix("smtps") && server.tls == .required)
    }

    /// The shipped file with the `#` taken away from its keys, in which every key is set to its default.
    func shippedWithKeys() throws -> String {
        try Shipped.text("lanyard.toml").split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.prefixMatch(of: /#(?=[a-z\[])/) == nil ? $0 : $0.dropFirst() }
            .joined(separator: "\n")
    }

    @Test func `the shipped file is right as it is, and sets nothing`() throws {
        #expect(try Settings(Shipped.bytes("lanyard.toml"), file: "lanyard.toml") == Settings())
    }

    @Test func `the shipped file names how many doors there may be`() throws {
        #expect(try Shipped.text("lanyard.toml").contains("\(Settings.doorLimit) doors"))
    }

    @Test func `every key of the shipped file is known and set to its default`() throws {
        var expected = Settings()
        expected.printers = [.init(name: "front-desk", destination: .queue("Badge_Printer"))]
        expected.doors = [
            .init(
                name: "north", listen: .tcp(host: "127.0.0.1", port: 4001), event: "active-connections-2024",
                printer: "front-desk", allow: Settings.Door.loopback)
        ]
        expected.mail = .init(
            outlet: .folder(Settings.Mail.defaultFolder), senderAddress: "events@example.org")
        #expect(try settings(shippedWithKeys()) == expected)
    }

    @Test func `every known key is in the shipped file`() throws {
        let text = try shippedWithKeys()
        let notes = ReadingNotes(file: "lanyard.toml")
        _ = Settings(try parseTOML(Array(text.utf8), file: "lanyard.toml"), notes)
        try notes.throwIfAny()
        var table = ""
        var written: Set<String> = []
        for line in text.split(separator: "\n") {
            if let header = line.wholeMatch(of: #/\[+(\w+)\]+/#) {
                table = String(line)
                written.insert(String(header.1))
            } else if let key = line.prefixMatch(of: #/(\w+) = /#) {
                written.insert("\(table) \(key.1)")
            }
        }
        // A printer's folder stands in its prose, as it can't be set beside the queue.
        #expect(notes.known.subtracting(written) == ["[[printer]] folder"])
        #expect(written.subtracting(notes.known) == [])
    }
}
