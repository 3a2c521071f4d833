/// What became of a letter that was given to a mail server or a folder. Words are for whoever looks after the
/// event, and hold no address.
enum Delivery: Hashable, Sendable {
    case accepted
    /// It will never be taken.
    case refused(String)
    /// This one is not taken now.
    case putOff(String)
    /// It broke off, or was refused for a reason that may well be ours: nobody knows whether others are taken.
    case doubtful(String)
    /// None is taken now, and this says nothing of the letter.
    case unreachable(String)
    /// Lanyard stopped first.
    case interrupted
}

/// Why libcurl could not go on, where the server did not say.
enum SMTPFault: Hashable, Sendable {
    case unknownHost, noConnection, late, untrusted, noEncryption, loginRefused, brokenOff
    /// libcurl's own words.
    case other(String)

    var words: String {
        switch self {
        case .unknownHost: "The mail server's name is not known"
        case .noConnection: "Nobody answers at the mail server's address"
        case .late: "The mail server does not answer in time"
        case .untrusted: "The mail server's certificate is not trusted"
        case .noEncryption: "The mail server offers no encryption"
        case .loginRefused: "The mail server does not take the user name and password"
        case .brokenOff: "The mail server broke off"
        case .other(let words): "The mail server can't be used: \(words)"
        }
    }
}

extension Delivery {
    static let needsUTF8 = "The mail server takes no addresses with letters like these before the @"

    /// - Parameters:
    ///   - fault: what libcurl said; nil if all went well.
    ///   - wasStopped: whether it broke off because Lanyard stops.
    init(_ fault: SMTPFault?, _ dialogue: SMTPDialogue, to recipient: Mailbox, wasStopped: Bool) {
        // What the server has, it has, whatever happened after.
        guard let fault, dialogue.stage != .accepted else {
            self = .accepted
            return
        }
        if wasStopped {
            self = .interrupted
            return
        }
        if recipient.needsUTF8, !dialogue.offersUTF8, dialogue.stage >= .sender {
            self = .refused(Delivery.needsUTF8)
            return
        }
        guard let reply = dialogue.reply, reply.code >= 400 else {
            switch dialogue.stage {
            case .opening, .sender: self = .unreachable(fault.words)
            // Slow to look a recipient up: nobody else has to wait.
            case .recipient where fault == .late: self = .putOff(fault.words)
            case .recipient, .data, .text, .accepted: self = .doubtful(fault.words)
            }
            return
        }
        let words = "The mail server says: \(reply.code) \(reply.text.withoutAddresses(recipient))"
        if dialogue.stage < .recipient {
            self = .unreachable(fault == .loginRefused ? "\(fault.words): \(reply.code)" : words)
        } else if reply.isAboutUs {
            self = .doubtful(words)
        } else {
            self = reply.code >= 500 ? .refused(words) : .putOff(words)
        }
    }
}

extension SMTPDialogue.Reply {
    /// Whether the server rather minds who sends than who receives. Many say so only once the recipient is named.
    fileprivate var isAboutUs: Bool {
        // Closing, no login, no encryption, a wrong one (RFC 5321, 3207, 4954); the sender's mailbox or domain
        // (RFC 3463, section 3.2).
        if [421, 530, 534, 535, 538].contains(code) { return true }
        if detail.hasSuffix(".1.7") || detail.hasSuffix(".1.8") { return true }
        let text = text.lowercased()
        return ["relay", "sender", "client host", "helo", "ehlo", "authenticat", "starttls", "blocked using"]
            .contains { text.contains($0) }
    }
}

extension String {
    /// The words of a server without what may be somebody's address, on one line and not too long.
    fileprivate func withoutAddresses(_ recipient: Mailbox) -> String {
        let local = recipient.local.lowercased()
        let words = onOneLine.split(separator: " ").map { word -> String in
            if word.contains("@") { return "(address)" }
            // Some name only what stands before the @.
            let bare = word.lowercased().trimmingPunctuation
            return bare == local ? "(address)" : String(word)
        }
        return String(words.joined(separator: " ").prefix(MailLimits.wordsLength))
    }

    private var trimmingPunctuation: String {
        var text = self[...]
        while let first = text.first, "<>\"'`:;,.()[]".contains(first) { text.removeFirst() }
        while let last = text.last, "<>\"'`:;,.()[]".contains(last) { text.removeLast() }
        return String(text)
    }
}
