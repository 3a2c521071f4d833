import Testing

@testable import Mail

/// What is concluded from a server's lines, without any server.
@Suite(.timeLimit(.minutes(1)))
struct DialogueTests {
    private func dialogue(_ lines: String...) -> SMTPDialogue {
        var dialogue = SMTPDialogue()
        for line in lines {
            let bytes = Array((line.dropFirst(2) + "\r\n").utf8)
            if line.hasPrefix("> ") { dialogue.sent(bytes) } else { dialogue.received(bytes) }
        }
        return dialogue
    }

    private func delivery(_ fault: SMTPFault?, _ dialogue: SMTPDialogue) throws -> Delivery {
        Delivery(fault, dialogue, to: try #require(Mailbox("ada@example.org")), wasStopped: false)
    }

    @Test func `a reply of several lines is one, and what a server offers is known`() {
        let dialogue = dialogue(
            "< 220-mail.test", "< 220 hello", "> EHLO me", "< 250-mail.test", "< 250-SMTPUTF8", "< 250 HELP",
            "> MAIL FROM:<a@b.org>", "< 550-5.7.1 No", "< 550 at all")
        #expect(dialogue.offersUTF8 && dialogue.stage == .sender)
        #expect(dialogue.reply == .init(code: 550, text: "5.7.1 No at all"))
    }

    @Test func `what was offered before encryption does not count after it`() {
        let dialogue = dialogue(
            "> EHLO me", "< 250-SMTPUTF8", "< 250 STARTTLS", "> STARTTLS", "< 220 go", "> EHLO me",
            "< 250 HELP")
        #expect(!dialogue.offersUTF8)
    }

    @Test func `a server's goodbye is not taken for its answer`() throws {
        let dialogue = dialogue("> RCPT TO:<ada@example.org>", "< 550 no", "> QUIT", "< 221 bye")
        #expect(try delivery(.brokenOff, dialogue) == .refused("The mail server says: 550 no"))
    }

    @Test func `a letter that a server has is accepted, whatever broke after`() throws {
        let dialogue = dialogue("> DATA", "< 354 go", "< 250 ours")
        #expect(dialogue.stage == .accepted)
        #expect(try delivery(.late, dialogue) == .accepted)
    }

    @Test(arguments: [
        (
            "550 5.1.1 <ada@example.org>: unknown",
            Delivery.refused("The mail server says: 550 5.1.1 (address) unknown")
        ),
        ("550 User Ada: unknown", .refused("The mail server says: 550 User (address) unknown")),
        ("452 4.2.2 full", .putOff("The mail server says: 452 4.2.2 full")),
        ("554 Relay access denied", .doubtful("The mail server says: 554 Relay access denied")),
        ("530 5.7.0 Log in", .doubtful("The mail server says: 530 5.7.0 Log in")),
        ("421 closing", .doubtful("The mail server says: 421 closing")),
    ])
    func `a refusal of the recipient is told from one of the sender, without addresses`(
        reply: String, expected: Delivery
    )
        throws
    {
        let dialogue = dialogue("> RCPT TO:<ada@example.org>", "< \(reply)")
        #expect(try delivery(.brokenOff, dialogue) == expected)
    }

    @Test func `words are cut, and have no line ends`() throws {
        let dialogue = dialogue(
            "> RCPT TO:<ada@example.org>", "< 550 \u{1B}[31m" + String(repeating: "no ", count: 500))
        guard case .refused(let words) = try delivery(.brokenOff, dialogue) else {
            Issue.record("not refused")
            return
        }
        #expect(words.count < MailLimits.wordsLength + 40 && !words.contains("\u{1B}"))
    }

    @Test func `what is no reply is passed over`() {
        #expect(dialogue("< 25", "< abc def", "< ").reply == nil)
    }
}
