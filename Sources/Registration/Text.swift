extension String {
    /// Without white space at its ends.
    public var trimmed: String {
        guard let first = utf8.first, let last = utf8.last else { return self }
        // Most texts have none, and looking at two bytes is far cheaper than at each character.
        if first > 0x20, first < 0x7F, last > 0x20, last < 0x7F { return self }
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    /// Whether it has more than `limit` characters, without counting those of a very long one.
    func isLonger(than limit: Int) -> Bool {
        utf8.count > limit && (utf8.count > limit * 40 || count > limit)
    }

    /// Whether it has what no printer prints, what breaks lines, or what turns the text around it; an answer
    /// of several lines may have lines and tabs, and stands where it turns nothing else.
    func hasUnprintables(isProse: Bool) -> Bool {
        var isASCII = true
        for byte in utf8 {
            if byte >= 0x80 {
                isASCII = false
            } else if (byte < 0x20 || byte == 0x7F)
                && !(isProse && (byte == 0x0A || byte == 0x0D || byte == 0x09))
            {
                return true
            }
        }
        if isASCII { return false }
        return unicodeScalars.contains { $0.isOtherControl || (!isProse && $0.turnsText) }
    }

    /// Whether it has what is not seen and makes another text of the same look, such as a space of no width.
    var hasIgnorables: Bool {
        unicodeScalars.contains { $0.value >= 0x80 && $0.properties.isDefaultIgnorableCodePoint }
    }

    /// Whether anything of it can be seen, on paper or on a screen.
    var isVisible: Bool {
        // Nearly every name has an ASCII letter, and looking properties up is slow.
        utf8.contains { 0x21...0x7E ~= $0 } || unicodeScalars.contains(where: \.isVisible)
    }
}

extension Unicode.Scalar {
    /// The control characters past ASCII (ISO 6429's C1), Unicode's own ends of lines and paragraphs, and what it
    /// keeps for no character at all.
    var isOtherControl: Bool {
        0x80...0x9F ~= value || value == 0x2028 || value == 0x2029
            || (value >= 0xFDD0 && properties.isNoncharacterCodePoint)
    }

    /// Unicode's embeddings, overrides and isolates (UAX 9), which reach past the text they stand in. Its marks
    /// (U+200E, U+200F) don't, and names of mixed scripts need them.
    fileprivate var turnsText: Bool {
        0x202A...0x202E ~= value || 0x2066...0x2069 ~= value
    }

    fileprivate var isVisible: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .unassigned,
            .nonspacingMark, .enclosingMark, .surrogate:
            false
        // The Braille pattern without a dot is a symbol all the same.
        default: !properties.isDefaultIgnorableCodePoint && value != 0x2800
        }
    }
}
