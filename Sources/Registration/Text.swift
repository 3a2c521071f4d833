extension String {
    /// Without white space at its ends.
    var trimmed: String {
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

    /// Whether it has what no printer prints and what breaks lines; a long answer may have lines and tabs.
    func hasControlCharacters(besidesLineEnds: Bool) -> Bool {
        var isASCII = true
        for byte in utf8 {
            if byte >= 0x80 {
                isASCII = false
            } else if (byte < 0x20 || byte == 0x7F)
                && !(besidesLineEnds && (byte == 0x0A || byte == 0x0D || byte == 0x09))
            {
                return true
            }
        }
        return !isASCII && unicodeScalars.contains(where: \.isOtherControl)
    }
}

extension Unicode.Scalar {
    /// The control characters past ASCII (ISO 6429's C1), and Unicode's own ends of lines and paragraphs.
    var isOtherControl: Bool {
        0x80...0x9F ~= value || value == 0x2028 || value == 0x2029
    }
}
