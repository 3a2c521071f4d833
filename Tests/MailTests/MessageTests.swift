import FoundationEssentials
import Operations
import Registration
import TestPeers
import Testing

@testable import Mail

/// Letters as Python's mail and calendar packages and a scanner read them.
@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct MessageTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func office(_ day: Day = Day()) async throws -> PostOffice {
        try await PostOffice(.folder(folder.path), day: day)
    }

    private func read(_ letter: Letter, _ office: PostOffice) async throws -> ReadMail {
        let message = try await office.message(of: letter)
        let path = folder.path("\(letter.id).eml")
        try Data(message.bytes).write(to: URL(filePath: path))
        return try ReadMail(path: path)
    }

    @Test func `a letter has the head that mail programs look for`() async throws {
        let office = try await office()
        let mail = try await read(try await office.write(toNew: "ada@example.org"), office)
        #expect(try mail.field("From") == "\"Events team\" <events@example.org>")
        #expect(try mail.field("To") == "\"Person ada\" <ada@example.org>")
        #expect(try mail.field("Reply-To") == "\"The Day\" <desk@example.org>")
        #expect(try mail.field("Subject") == "You are registered: The Day")
        #expect(try mail.field("Auto-Submitted") == "auto-generated")
        #expect(try mail.field("Message-ID").wholeMatch(of: /<[0-9A-Z]{26}@example\.org>/) != nil)
        let age = try await mail.ask(
            "import datetime; print((datetime.datetime.now(datetime.timezone.utc) - message['Date'].datetime).seconds < 60)"
        )
        #expect(age == "True\n")
        #expect(
            try await mail.ask(
                "print(*[part.get_content_type() for part in message.walk()], len(message.defects))")
                == "multipart/mixed multipart/alternative text/plain multipart/related text/html image/png text/calendar application/ics 0\n"
        )
    }

    @Test func `no line is too long, and none ends otherwise than mail's do`() async throws {
        let office = try await office(Day(title: String(repeating: "Lange Überschrift 長い題名 ", count: 6)))
        let person = try await office.person(String(repeating: "محمد 😀 ", count: 15), "ada@example.org")
        let sessions = office.sessions
        let letter = try await office.write(to: person) { letter in
            letter.bookings = sessions.map { LetterBooking(session: $0.id, status: .confirmed) }
        }
        let bytes = try await office.message(of: letter).bytes
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        #expect(lines.allSatisfy { $0.count <= 79 } && lines.dropLast().allSatisfy { $0.last == 0x0D })
        #expect(bytes.allSatisfy { $0 < 0x80 })
    }

    @Test(arguments: [
        "محمد الخوارزمي", "Ada 👩🏽‍🔬 Lovelace", "李小龍", "Zoë \"The\" O\\Brien", "=?UTF-8?B?aGk=?=",
        String(repeating: "長", count: 120), "a, b; c <d> @e",
    ])
    func `a name in any script is read back as it was`(name: String) async throws {
        let office = try await office()
        let mail = try await read(try await office.write(to: try await office.person(name)), office)
        // The newer reader of Python leaves spaces between encoded words, where RFC 2047 (6.2) has none.
        let script = """
            from email.header import decode_header, make_header
            with open(sys.argv[1], "rb") as file:
                name, _ = email.utils.parseaddr(email.message_from_binary_file(file)["To"])
            print(make_header(decode_header(name)))
            """
        #expect(try await mail.ask(script) == name + "\n")
        #expect(try await mail.ask("print(message['To'].addresses[0].addr_spec)") == "ada@example.org\n")
        #expect(
            try await mail.ask("print(part('text/plain').get_content().split(chr(10))[0])")
                == "Hello \(name),\n")
    }

    /// The newer reader and the older one of Python, which takes a fold before the first word for a space of the text.
    @Test(arguments: ["a", "é", "長", "😀", "\"", "\\", "word ", "mö "])
    func `a subject of any length is read back as it was, and begins on the line of its name`(letter: String)
        async throws
    {
        var subjects: [String] = []
        var text = ""
        for length in 1...130 {
            let subject = String(repeating: letter, count: length).onOneLine
            let field = HeaderField.text("Subject", subject)
            let name = HeaderField.mailbox(
                "Reply-To", try #require(Mailbox("a@example.org")), called: subject)
            let lines = (field + "\r\n" + name).split(separator: "\r\n")
            #expect(lines.allSatisfy { $0.utf8.count <= 76 }, "\(length)")
            subjects.append(subject)
            text += field + "\r\n" + name + "\r\n\r\n\u{0}"
            #expect(!field.hasPrefix("Subject:\r") && !name.hasPrefix("Reply-To:\r"))
        }
        try folder.write(text, to: "subjects")
        let script = """
            import email, email.policy, sys
            from email.header import decode_header, make_header
            for part in open(sys.argv[1], "rb").read().split(b"\\0")[:-1]:
                new = email.message_from_bytes(part, policy=email.policy.default)["Subject"]
                old = email.message_from_bytes(part, policy=email.policy.compat32)["Subject"]
                assert part.startswith(b"Subject: ") and not old.startswith((" ", "\\r", "\\n"))
                old = str(make_header(decode_header(old.replace("\\r\\n", ""))))
                assert str(new) == old, (new, old)
                print(new)
            """
        let path = folder.path("subjects")
        let read = try await Program.run("/usr/bin/python3", arguments: ["-c", script, path])
        #expect(read.split(separator: "\n").map(String.init) == subjects)
    }

    @Test func `nothing that people wrote begins a field, an address or an element`() async throws {
        #expect(Mailbox("ada@example.org\r\nBcc: eve@example.org") == nil)
        #expect(Mailbox("ada@example.org>,<eve@example.org") == nil)
        #expect(Mailbox("ada lovelace@example.org") == nil)
        let evil = "Eve\r\nBcc: eve@example.org\r\n\r\n<script>alert(1)</script>"
        for line in [
            HeaderField.text("Subject", evil),
            HeaderField.mailbox("To", try #require(Mailbox("a@b.org")), called: evil),
            HeaderField.text("Subject", evil + "é"),
        ] {
            let lines = line.replacing("\r\n ", with: " ").split(separator: "\r\n")
            #expect(lines.count == 1 && !line.replacing("\r\n", with: "").contains("\n"))
        }
        let office = try await office(Day(title: "Health & <b>Care</b> \"Day\""))
        let mail = try await read(
            try await office.write(to: try await office.person("<script>alert(1)</script>")), office)
        let html = try await mail.ask("print(part('text/html').get_content())")
        #expect(!html.contains("<script>") && html.contains("&lt;script&gt;"))
        #expect(html.contains("Health &amp; &lt;b&gt;Care&lt;/b&gt;"))
    }

    @Test func `the code in the HTML is the attendee's, and the picture is where the HTML looks for it`()
        async throws
    {
        let office = try await office()
        let letter = try await office.write(toNew: "ada@example.org")
        let mail = try await read(letter, office)
        let picture = folder.path("code.png")
        _ = try await mail.ask("open('\(picture)', 'wb').write(part('image/png').get_content())")
        let code = try await Program.run("zbarimg", arguments: ["--raw", "--quiet", picture])
        #expect(try await office.front.contents(of: letter)?.code == code.split(separator: "\n").joined())
        let html = try await mail.ask(
            "print(part('text/html').get_content(), part('image/png')['Content-ID'])")
        #expect(html.contains("src=\"cid:code@lanyard\"") && html.contains("<code@lanyard>"))
    }

    @Test(arguments: LetterKind.allCases)
    func `each kind of letter has its subject, its page and its code where they belong`(kind: LetterKind)
        async throws
    {
        let office = try await office()
        let person = try await office.person()
        let isForAnother = kind == .confirmAddress || kind == .addressChanged
        let letter = try await office.write(kind, to: person) { letter in
            if isForAnother { letter.address = "other@example.org" }
        }
        let mail = try await read(letter, office)
        let contents = try #require(try await office.front.contents(of: letter))
        let text = try await mail.ask("print(part('text/plain').get_content())")
        let kinds = try await mail.ask("print(*[part.get_content_type() for part in message.walk()])")
        #expect(text.contains(contents.manageURL) == !isForAnother)
        #expect(contents.confirmURL.map(text.contains) == (kind == .confirmAddress ? true : nil))
        #expect(!text.contains("{{") && !text.contains("\n\n\n"))
        #expect(try mail.field("Subject").contains("The Day"))
        #expect(
            try mail.field("To").contains(isForAnother ? "other@example.org" : "ada@example.org"))
        let hasCode: Set<LetterKind> = [.registered, .promoted, .changed, .programmeChanged, .reminder]
        #expect(kinds.contains("image/png") == hasCode.contains(kind))
        #expect(kinds.contains("text/calendar") == ![.link, .confirmAddress, .addressChanged].contains(kind))
    }

    @Test func `whoever waits for the event has neither code nor calendar entry`() async throws {
        let office = try await office()
        let sessions = office.sessions
        let letter = try await office.write(.waiting, to: try await office.person()) { letter in
            letter.isEventWaiting = true
            letter.bookings = sessions.prefix(2).map {
                LetterBooking(session: $0.id, status: .waiting, position: 1)
            }
        }
        let mail = try await read(letter, office)
        let kinds = try await mail.ask("print(*[part.get_content_type() for part in message.walk()])")
        #expect(kinds == "multipart/alternative text/plain text/html\n")
        let text = try await mail.ask("print(part('text/plain').get_content())")
        #expect(text.contains("is full at the moment") && text.contains("choose “Leave the waiting list”"))
        // Their place in the session's list says nothing before they have one at the event.
        #expect(text.contains("You also wished for these.") && !text.contains("number 1"))
        #expect(text.contains(#/\n- ..:.. to ..:.., Walking groups \(Room 1\)\n/#))
        #expect(text.contains(#/\n- ..:.. to ..:.., Active hospitals \(Room 2\)\n/#))
        #expect(!text.contains("Cycling"))
        let alone = try await read(
            try await office.write(.waiting, to: try await office.person("Bob", "bob@example.org")) {
                $0.isEventWaiting = true
            }, office)
        #expect(!(try await alone.ask("print(part('text/plain').get_content())")).contains("You also wished"))
    }

    @Test func `a letter about an event of several days says all of them`() async throws {
        let office = try await office(Day(days: 2))
        let letter = try await office.write(.link, to: try await office.person())
        let text = try await read(letter, office).ask("print(part('text/plain').get_content())")
        #expect(
            text.contains(#/ for The Day on [A-Z][a-z]+ \d+.* and [A-Z][a-z]+ \d+ [A-Z][a-z]+ \d{4}\. Here/#))
    }

    @Test func `whoever waits for an event whose programme changes reads that they still wait`() async throws
    {
        let office = try await PostOffice(
            .folder(folder.path), day: Day(capacity: 1), letters: true)
        _ = try await office.person()
        let form = RegistrationForm(name: "Eve", email: "eve@example.org", ifFull: .wait)
        _ = try await office.front.register(form, event: "day", idempotencyKey: nil)
        for letter in try await office.waiting() { try await office.front.noteLetter(letter.id, .sent) }
        var event = try #require(try await office.front.event("day"))
        event.venue = "New Hall"
        _ = try await office.front.importEvent(event, sessions: office.sessions)
        try await office.front.writeOwedLetters()
        let letter = try #require(try await office.waiting().last)
        let text = try await read(letter, office).ask("print(part('text/plain').get_content())")
        #expect(
            text.contains("Hello Eve") && text.contains("You are still on the waiting list for the event;"))
        #expect(!text.contains("cancel your booking"))
    }

    @Test func `a swap says from what to what, with times and rooms`() async throws {
        let office = try await office()
        let sessions = office.sessions
        let letter = try await office.write(.promoted, to: try await office.person()) { letter in
            letter.gained = [sessions[0].id]
            letter.released = [sessions[1].id]
            letter.bookings = [
                LetterBooking(session: sessions[0].id, status: .confirmed),
                LetterBooking(session: sessions[2].id, status: .waiting, position: 3),
            ]
        }
        let mail = try await read(letter, office)
        let text = try await mail.ask("print(part('text/plain').get_content())")
        let parts = text.split(separator: "As you asked")
        #expect(parts.count == 2)
        #expect(parts[0].contains("Walking groups (Room 1)") && !parts[0].contains("Active hospitals"))
        #expect(parts[1].contains("Active hospitals (Room 2)"))
        #expect(text.contains("Cycling & health (Room 3), number 3 on the waiting list"))
    }

    @Test func `who cancels loses a place and a calendar's entry, who only waited neither`() async throws {
        let office = try await office()
        let person = try await office.person()
        for isWaiting in [false, true] {
            let letter = try await office.write(.cancelled, to: person, sequence: 3) {
                $0.isEventWaiting = isWaiting
            }
            let mail = try await read(letter, office)
            let text = try await mail.ask("print(part('text/plain').get_content())")
            #expect(text.contains("your places are free for others") == !isWaiting)
            #expect(text.contains("no longer on the waiting list") == isWaiting)
            #expect(text.contains("QR code") == !isWaiting && text.contains("calendar") == !isWaiting)
            let calendars = try await mail.ask(
                "print(sum(part.get_content_type() == 'text/calendar' for part in message.walk()))")
            #expect((calendars == "0\n") == isWaiting)
        }
    }
}
