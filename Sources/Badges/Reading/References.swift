/// Each `url(…)` in an attribute's value.
struct References: Sequence, IteratorProtocol {
    /// What one points at.
    struct Reference {
        /// All that comes after `url(`, without quotes and spaces before it.
        let text: Substring

        /// The element's id, if it is one of the same file.
        var id: Substring? {
            guard text.hasPrefix("#") else { return nil }
            return text.dropFirst().prefix { !"'\")".contains($0) && !$0.isWhitespace }
        }
    }

    private var rest: Substring

    init(in value: String) { rest = value[...] }

    mutating func next() -> Reference? {
        guard let open = rest.firstRange(of: "url(") else { return nil }
        rest = rest[open.upperBound...]
        return Reference(text: rest.drop { "'\"".contains($0) || $0.isWhitespace })
    }
}

extension Substring {
    /// Where an ASCII text in small letters first stands, in whatever letters.
    fileprivate func firstRange(of text: String) -> Range<Index>? {
        let wanted = Array(text.utf8)
        var start = utf8.startIndex
        while let end = utf8.index(start, offsetBy: wanted.count, limitedBy: utf8.endIndex) {
            if utf8[start..<end].elementsEqual(wanted, by: { $0 == $1 || ($0 | 0x20) == $1 }) {
                return start..<end
            }
            start = utf8.index(after: start)
        }
        return nil
    }
}
