/// An e-mail address as servers take it: nothing in it ends a line or begins another address.
public struct Mailbox: Hashable, Sendable {
    /// As it stands between `<` and `>`, with the domain in ASCII.
    public let address: String
    /// What stands before the `@`.
    let local: String
    let domain: String

    /// Whether only servers that offer SMTPUTF8 (RFC 6531) can take it.
    var needsUTF8: Bool { !local.utf8.allSatisfy { $0 < 0x80 } }

    /// Nil where no server could be given the address.
    public init?(_ text: String) {
        guard let at = text.lastIndex(of: "@") else { return nil }
        let local = String(text[..<at])
        guard !local.isEmpty, local.unicodeScalars.allSatisfy(Mailbox.isLetter),
            let domain = DomainName.ascii(String(text[text.index(after: at)...]))
        else { return nil }
        self.local = local
        self.domain = domain
        // Dots in a row or at an end are no longer part of a plain word (RFC 5322, section 3.2.3).
        let isPlain = local.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty }
        address = isPlain ? "\(local)@\(domain)" : "\"\(local)\"@\(domain)"
    }

    /// What an address has before its `@` without being quoted: RFC 5322's atext, and what RFC 6532 adds.
    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        case "!", "#", "$", "%", "&", "'", "*", "+", "-", "/", "=", "?", "^", "_", "`", "{", "|", "}", "~",
            ".":
            true
        default:
            scalar.value >= 0xA0
                && ![.lineSeparator, .paragraphSeparator, .spaceSeparator].contains(
                    scalar.properties.generalCategory)
        }
    }
}

/// Whom letters come from.
public struct Sender: Hashable, Sendable {
    /// Empty where letters bear the address alone.
    public var name: String
    public var mailbox: Mailbox

    public init(name: String = "", mailbox: Mailbox) {
        self.name = name
        self.mailbox = mailbox
    }
}
