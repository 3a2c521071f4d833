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

    func hasControlCharacters(besidesLineEnds: Bool) -> Bool {
        utf8.contains { byte in
            (byte < 0x20 || byte == 0x7F)
                && !(besidesLineEnds && (byte == 0x0A || byte == 0x0D || byte == 0x09))
        }
    }
}
