import Testing

@testable import Configuration

@Suite(.timeLimit(.minutes(1)))
struct PathTests {
    private let text = """
        [storage]
        url = "sqlite:data/lanyard.db"
        [http]
        listen = "unix:./http.sock"
        [badges]
        folder = "badges"
        [[printer]]
        name = "out"
        folder = "../out"
        [[printer]]
        name = "queue"
        queue = "Q"
        [[door]]
        name = "north"
        listen = "unix:north.sock"
        event = "day"
        """

    @Test func `paths are seen from the configuration's own folder, wherever the program runs`() throws {
        let settings = try Settings(Array(text.utf8), file: "/srv/events/lanyard.toml")
        #expect(settings.database == .sqlite(path: "/srv/events/data/lanyard.db"))
        #expect(settings.http.listen == .unix(path: "/srv/events/http.sock"))
        #expect(settings.badges.folder == "/srv/events/badges")
        #expect(settings.printers[0].destination == .folder("/srv/events/../out"))
        #expect(settings.printers[1].destination == .queue("Q"))
        #expect(settings.doors[0].listen == .unix(path: "/srv/events/north.sock"))
    }

    @Test func `so are those of letters`() throws {
        let text = """
            [mail]
            from = "events@example.org"
            templates = "words"
            """
        func mail(_ more: String) throws -> Settings.Mail? {
            try Settings(Array((text + "\n" + more).utf8), file: "/srv/lanyard.toml").mail
        }
        let written = try #require(try mail("folder = \"letters\""))
        #expect(written.outlet == .folder("/srv/letters") && written.templates == "/srv/words")
        let login = "smtp = \"smtp://mail.example.org\"\nusername = \"a\"\npassword_file = \"secret\""
        guard case .server(let server) = try #require(try mail(login)).outlet else {
            Issue.record("no server")
            return
        }
        #expect(server.login?.passwordFile == "/srv/secret")
    }

    @Test func `the configuration's own path may be relative too`() throws {
        for file in ["lanyard.toml", "./lanyard.toml"] {
            let settings = try Settings(Array(text.utf8), file: file)
            #expect(settings.database == .sqlite(path: absolutePath("data/lanyard.db")))
        }
        #expect(absolutePath("x").hasPrefix("/") && absolutePath("x").hasSuffix("/x"))
        #expect(absolutePath("/x", from: "y") == "/x")
        #expect(absolutePath("./x", from: "/") == "/x")
    }

    @Test func `a socket's whole path must fit`() {
        let folder = "/" + String(repeating: "f", count: 100)
        let error = #expect(throws: InvalidFile.self) {
            try Settings(Array("[http]\nlisten = \"unix:http.sock\"".utf8), file: folder + "/lanyard.toml")
        }
        #expect(
            error?.description
                == "\(folder)/lanyard.toml:2:10: `listen` has a socket's path of 111 bytes; 1 to 107 are taken"
        )
    }

    @Test func `a template is looked for where the file says, once all else is read`() {
        let text = """
            [[printer]]
            name = "a"
            template = "certificate-a4"
            [[printer]]
            name = "b"
            template = "labl"
            [[printer]]
            name = "c"
            template = "label"
            [[printer]]
            name = "d"
            [badges]
            folder = "own"
            """
        var asked: [String?] = []
        let error = #expect(throws: InvalidFile.self) {
            try Settings(Array(text.utf8), file: "/srv/l.toml") { folder in
                asked.append(folder)
                return TemplateNames(badges: ["label"], certificates: ["certificate-a4"])
            }
        }
        #expect(asked == ["/srv/own"])
        #expect(
            error?.description == """
                /srv/l.toml:3:12: `template` "certificate-a4" is for certificates, and printers print badges; for a badge there are label
                /srv/l.toml:6:12: `template` "labl" is no template of the badges' folder; did you mean "label"?
                """)
    }
}
