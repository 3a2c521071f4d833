import Configuration
import Testing

@Suite(.timeLimit(.minutes(1)))
struct SettingsMistakeTests {
    /// What a stranger reads who wrote this.
    func mistakes(_ text: String) -> [String] {
        do {
            _ = try Settings(Array(text.utf8), file: "lanyard.toml")
            return []
        } catch {
            return error.mistakes.map(\.description)
        }
    }

    static func door(_ rest: String) -> String {
        """
        [[door]]
        name = "north"
        event = "e"
        \(rest)
        """
    }

    /// What somebody wrote, and what they are told.
    static let cases: [(String, String)] = [
        ("[htpp]", "1:2: unknown key `htpp`; did you mean `http`?"),
        ("[http]\nlisten_on = \"a\"", "2:1: unknown key `listen_on` in [http]; did you mean `listen`?"),
        ("[http]\nLISTEN = \"a\"", "2:1: unknown key `LISTEN` in [http]; did you mean `listen`?"),
        ("[log]\ncolour = 1", "2:1: unknown key `colour` in [log]; known in [log]: level"),
        ("[http]\nlisten = 8080", "2:10: `listen` is to be text in quotes, not a whole number"),
        (
            "http = 1",
            "1:8: `http` is to be a table: a line [http], and its keys below it, not a whole number"
        ),
        (
            "door = 1",
            "1:8: `door` is to be a list of tables: a line [[door]] before each, not a whole number"
        ),
        ("[door]", "1:1: `door` is to be a list of tables: a line [[door]] before each, not a table"),
        (
            "[http]\nlisten = \"8080\"",
            "2:10: `listen` is to be an address and a port, such as \"127.0.0.1:8080\" or \"[::1]:8080\", or \"unix:PATH\", not \"8080\""
        ),
        ("[http]\nlisten = \"127.0.0.1:70000\"", "2:10: `listen` has the port 70000; the highest is 65535"),
        ("[limits]\nrequest_seconds = 0", "2:19: `request_seconds` is 0; it may be from 1 to 3600"),
        (
            "[limits]\nrequest_seconds = 30.0",
            "2:19: `request_seconds` is to be a whole number, not a number with a fraction"
        ),
        (
            "[limits]\nrequest_seconds = 9223372036854775807",
            "2:19: `request_seconds` is 9223372036854775807; it may be from 1 to 3600"
        ),
        (
            "[log]\nlevel = \"warn\"",
            "2:9: `level` is one of \"debug\", \"info\", \"notice\", \"warning\", \"error\", not \"warn\"; did you mean \"warning\"?"
        ),
        (
            "[storage]\nurl = \"postgresql://h/db\"",
            "2:7: `url` names PostgreSQL, which is not supported yet; write \"sqlite:PATH\""
        ),
        ("[storage]\nurl = \"/x.db\"", "2:7: `url` is to be \"sqlite:PATH\", not \"/x.db\""),
        (
            "[http]\npublic_url = \"events.example.org\"",
            "2:14: `public_url` is to be a web address beginning with https://, not \"events.example.org\""
        ),
        (
            "[http]\ntrusted_proxies = [\"10.1.2.3/8\"]",
            "2:20: `trusted_proxies` has \"10.1.2.3/8\", which is one address with a range's length: leave out \"/8\", or write the first address of the range before it"
        ),
        (
            "[printing]\nserver = \"http://h:631/\"",
            "2:10: `server` is to be \"HOST\", \"HOST:PORT\" or a socket's path, not \"http://h:631/\""
        ),
        ("[[printer]]\nqueue = \"q\"", "1:1: [[printer]] needs `name`"),
        (
            "[[printer]]\nname = \"p\"\nqueue = \"q\"\nfolder = \"/f\"",
            "4:10: `folder` can't stand beside `queue`: a badge goes to one of them"
        ),
        (
            "[[printer]]\nname = \"p\"\ntemplate = \"a6.svg\"",
            "3:12: `template` is to be without \".svg\": \"a6\""
        ),
        (
            "[[printer]]\nname = \"p\"\n[[printer]]\nname = \"p\"",
            "4:8: `name` \"p\" is taken by the printer at line 2"
        ),
        (
            door("listen = \"127.0.0.1:8080\""),
            "4:10: `listen` is 127.0.0.1:8080, where [http] listens already"
        ),
        (
            door("listen = \"127.0.0.1:1\"\n[[door]]\nname = \"b\"\nevent = \"e\"\nlisten = \"0.0.0.0:1\""),
            "8:10: `listen` is 0.0.0.0:1, where the door \"north\" listens already"
        ),
        (
            door("listen = \"127.0.0.1:1\"\nprinter = \"front\""),
            "5:11: `printer` \"front\" is no [[printer]]'s name; the file has no [[printer]]"
        ),
        (
            door("listen = \"127.0.0.1:1\"\nprinter = \"front\"\n[[printer]]\nname = \"fornt\""),
            "5:11: `printer` \"front\" is no [[printer]]'s name; did you mean \"fornt\"?"
        ),
        (
            door("listen = \"127.0.0.1:1\"\nsocket_mode = \"rw\""),
            "5:15: `socket_mode` is to be three octal digits, such as \"0660\""
        ),
        (
            "mail = 1",
            "1:8: `mail` is to be a table: a line [mail], and its keys below it, not a whole number"
        ),
        ("[mail]\nsmtp = \"\"", "1:1: [mail] needs `from`"),
        (
            "[mail]\nfrom = \"a b@example.org\"",
            "2:8: `from` is to be an address such as \"events@example.org\" or \"NAME <events@example.org>\", not \"a b@example.org\""
        ),
        (
            "[mail]\nfrom = \"a@b.org\"\nsmtp = \"mail.example.org\"",
            "3:8: `smtp` is to be \"smtp://HOST:PORT\" or \"smtps://HOST:PORT\", not \"mail.example.org\""
        ),
        (
            "[mail]\nfrom = \"a@b.org\"\nsmtp = \"smtp://h:70000\"",
            "3:8: `smtp` has the port 70000; it is from 1 to 65535"
        ),
        (
            "[mail]\nfrom = \"a@b.org\"\nsmtp = \"smtp://h\"\nfolder = \"/f\"",
            "4:10: `folder` can't stand beside `smtp`: a letter goes to one of them"
        ),
        (
            "[mail]\nfrom = \"a@b.org\"\nsmtp = \"smtp://h\"\nusername = \"u\"",
            "4:12: `username` needs `password_file` beside it"
        ),
        (
            "[mail]\nfrom = \"a@b.org\"\nsmtp = \"smtp://h\"\npassword_file = \"/p\"",
            "4:17: `password_file` needs `username` beside it"
        ),
        (
            "[mail]\nfrom = \"a@b.org\"\nusername = \"u\"\npassword_file = \"/p\"",
            "3:12: `username` is of no use without `smtp`"
        ),
        (
            "[mail]\nfrom = \"a@b.org\"\nsmtp = \"smtps://h\"\ntls = \"none\"",
            "4:7: `tls` can't be \"none\" where `smtp` is smtps://, which is always encrypted"
        ),
        (
            "[mail]\nfrom = \"a@b.org\"\nsmtp = \"smtp://h\"\nusername = \"u\"\npassword_file = \"/p\"\ntls = \"starttls\"",
            "6:7: `tls` is to be \"required\" where there is a `username`, whose password anybody could read else"
        ),
        (
            "[mail]\nfrom = \"a@b.org\"\ntls = \"always\"",
            "3:7: `tls` is one of \"none\", \"starttls\", \"required\", not \"always\""
        ),
        (
            "a = \"\\u0000\"\n",
            "1:1: unknown key `a`; known here: storage, http, printing, printer, door, limits, badges, mail, log"
        ),
        (
            "[http]\npublic_url = \"a\\nb\"",
            "2:14: `public_url` has a line end, a tab or another control character"
        ),
    ]

    @Test(arguments: cases)
    func `one mistake is told with its place and what to do`(text: String, expected: String) {
        #expect(mistakes(text) == ["lanyard.toml:" + expected])
    }

    @Test func `all mistakes are told at once, in the order of the file`() {
        let text = """
            [http]
            lisen = "x"
            [[door]]
            name = "North Door"
            listen = "nowhere"
            [limits]
            request_seconds = "30"
            """
        #expect(
            mistakes(text).map { $0.split(separator: ":")[1...2].joined(separator: ":") } == [
                "2:1", "3:1", "4:8", "5:10", "7:19",
            ])
    }

    @Test(arguments: [
        "a", "[http", "a = ", "a = 1\na = 2", "a = \"x", "[[door]]\n[door]", "[=]", "[", "[ ]", "[\n", "[[#",
        "a = 2024-13-01",
    ])
    func `what is no TOML is told with its place`(text: String) {
        let told = mistakes(text)
        #expect(told.count == 1)
        #expect(told.first?.prefixMatch(of: /lanyard.toml:[12]:\d+: not TOML: ./) != nil)
    }

    @Test func `bytes that are no text are refused`() {
        #expect(throws: InvalidFile.self) { try Settings([0xFF, 0xFE, 0x00], file: "f") }
        #expect(throws: InvalidFile.self) {
            try Settings(Array("a = \"".utf8) + [0xC3, 0x28, 0x22], file: "f")
        }
    }

    @Test func `a file may be as large as the limit and not larger`() throws {
        let full = [UInt8](repeating: UInt8(ascii: "\n"), count: Settings.sizeLimit)
        #expect(try Settings(full, file: "f") == Settings())
        let error = #expect(throws: InvalidFile.self) { try Settings(full + [0x0A], file: "f") }
        #expect(error?.description == "f: is larger than 262144 bytes; nothing of it was taken")
    }

    @Test func `of thousands of mistakes the first are told and the rest counted`() {
        let text = (0..<5_000).map { "key\($0) = 1" }.joined(separator: "\n")
        let told = mistakes(text)
        #expect(told.count == 51)
        #expect(told.last == "lanyard.toml: and 4950 more mistakes")
    }

    @Test func `a file that can't be read is told by its name`() {
        let error = #expect(throws: InvalidFile.self) { try Settings(path: "/nowhere/lanyard.toml") }
        #expect(error?.description == "/nowhere/lanyard.toml: can't be opened: No such file or directory")
        #expect(throws: InvalidFile.self) { try Settings(path: "/") }
    }
}
