/// What a mail server said to a letter, and how far it came: lines in, a state out.
///
/// libcurl speaks with the server; from its own errors nobody could tell a recipient that is refused from a sender.
struct SMTPDialogue: Sendable {
    /// How far a letter came (RFC 5321, section 3.3).
    enum Stage: Comparable, Sendable {
        /// Everything before the letter: greeting, encryption, login.
        case opening
        /// Its sender was named, its recipient, and that its text comes.
        case sender, recipient, data
        /// Its text is under way, or over and not answered.
        case text
        /// The server has it, and answers for it.
        case accepted
    }

    struct Reply: Hashable, Sendable {
        /// Three digits, such as 550.
        var code: Int
        /// The server's words.
        var text: String

        /// What goes before the words in newer servers' replies, such as 5.1.1 (RFC 3463); empty in others'.
        var detail: String {
            let word = String(text.prefix { $0 != " " })
            return word.wholeMatch(of: /[245]\.\d{1,3}\.\d{1,3}/) == nil ? "" : word
        }
    }

    private(set) var stage = Stage.opening
    /// The last answer to the stage's command; nil until it is there.
    private(set) var reply: Reply?
    /// Whether the server takes addresses in any script (RFC 6531).
    private(set) var offersUTF8 = false
    private var unfinished: [String] = []
    /// Whether goodbye was said: what is answered to that tells nothing of the letter.
    private var isLeaving = false

    /// Begins with a further letter, on the same connection or another.
    mutating func beginLetter() {
        stage = .opening
        reply = nil
        unfinished = []
        isLeaving = false
    }

    /// Takes what was sent to the server, a command or what follows one.
    mutating func sent(_ line: [UInt8]) {
        switch String(decoding: line.prefix { $0 > 0x20 }, as: UTF8.self) {
        case "EHLO", "HELO": offersUTF8 = false
        case "MAIL": begin(.sender)
        case "RCPT": begin(.recipient)
        case "DATA": begin(.data)
        case "QUIT": isLeaving = true
        default: break
        }
    }

    private mutating func begin(_ stage: Stage) {
        self.stage = stage
        reply = nil
        unfinished = []
    }

    /// Takes a line of the server's.
    mutating func received(_ line: [UInt8]) {
        guard !isLeaving else { return }
        var line = line[...]
        while let last = line.last, last <= 0x20 { line.removeLast() }
        let code = line.prefix(3)
        guard code.count == 3, code.allSatisfy({ 0x30...0x39 ~= $0 }) else { return }
        let number = code.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        let text = String(decoding: line.dropFirst(4), as: UTF8.self)
        if stage == .opening, number == 250, text.uppercased() == "SMTPUTF8" { offersUTF8 = true }
        unfinished.append(text)
        // A minus sign says that more lines follow.
        guard line.dropFirst(3).first != UInt8(ascii: "-") else { return }
        reply = Reply(code: number, text: unfinished.joined(separator: " "))
        unfinished = []
        if stage == .data, number == 354 {
            begin(.text)
        } else if stage == .text, number == 250 {
            stage = .accepted
        }
    }
}
