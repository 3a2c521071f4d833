/// An e-mail address that could exist: one `@` with something on both sides, a domain with a dot, no spaces.
///
/// Whether it does exist only a letter can tell, so nothing finer of RFC 5322 is asked.
public struct EmailAddress: Hashable, Sendable {
    /// As it was typed, without white space around it.
    public let text: String
    /// What makes two addresses the same person's: trimmed, case-folded, and the same bytes however its accents
    /// were typed.
    public let key: String

    public init?(_ typed: String) {
        let text = typed.trimmed
        let characters = text.utf8
        guard !text.isLonger(than: RegistrationForm.Field.email.limit),
            let at = characters.firstIndex(of: UInt8(ascii: "@")), at != characters.startIndex,
            characters.lastIndex(of: UInt8(ascii: "@")) == at,
            !text.unicodeScalars.contains(where: EmailAddress.isForbidden)
        else { return nil }
        let labels = characters[characters.index(after: at)...].split(
            separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count >= 2, labels.allSatisfy({ !$0.isEmpty && $0.count <= 63 }) else { return nil }
        guard let key = text.addressKey else { return nil }
        self.text = text
        self.key = key
    }

    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        // Looking properties up is slow, and nearly all of an address is ASCII.
        guard scalar.value < 0x80 else {
            let properties = scalar.properties
            return properties.isWhitespace || scalar.isOtherControl || properties.isDefaultIgnorableCodePoint
        }
        return switch scalar {
        case "\0"..." ", "\u{7F}", "<", ">", "(", ")", ",", ";", ":", "\"", "[", "]", "\\": true
        default: false
        }
    }
}
