/// Splits what stands in a `<text>` into placeholders and what is printed as it is.
struct PlaceholderText {
    private(set) var pieces: [TextField.Piece] = []

    init(_ text: String, known: [TextField.Placeholder], line: Int, mistakes: MistakeList) {
        var line = line
        var rest = text[...]
        while let open = PlaceholderText.firstRange(of: "{{", in: rest) {
            append(rest[..<open.lowerBound])
            line += rest[..<open.lowerBound].utf8.count { $0 == UInt8(ascii: "\n") }
            rest = rest[open.upperBound...]
            guard let close = PlaceholderText.firstRange(of: "}}", in: rest) else {
                mistakes.add("“{{” has no “}}” behind it", line: line)
                return
            }
            let name = rest[..<close.lowerBound].trimmingSpaces
            rest = rest[close.upperBound...]
            if let placeholder = known.first(where: { $0.rawValue == name }) {
                pieces.append(.value(placeholder))
            } else {
                let known = known.map(\.rawValue).joined(separator: ", ")
                mistakes.add("Unknown placeholder {{\(name)}}; known are \(known)", line: line)
            }
        }
        append(rest)
        trimEnds()
        if pieces.contains(.value(.sessions)), pieces.count > 1 {
            mistakes.add("{{sessions}} is several lines and must be alone in its <text>", line: line)
        }
    }

    /// Whether a text asks for something to be filled in.
    static func hasPlaceholder(_ text: String) -> Bool {
        firstRange(of: "{{", in: text[...]) != nil
    }

    /// White space in the file, which is often only indentation, is one space in print.
    private mutating func append(_ literal: Substring) {
        guard !literal.isEmpty else { return }
        let words = literal.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let before = literal.first?.isWhitespace == true ? " " : ""
        let after = !words.isEmpty && literal.last?.isWhitespace == true ? " " : ""
        pieces.append(.literal(before + words + after))
    }

    private mutating func trimEnds() {
        if case .literal(let text) = pieces.first { pieces[0] = .literal(String(text.drop { $0 == " " })) }
        if case .literal(let text) = pieces.last, text.hasSuffix(" ") {
            pieces[pieces.count - 1] = .literal(String(text.dropLast()))
        }
        pieces.removeAll { $0 == .literal("") }
    }

    private static func firstRange(of mark: String, in text: Substring) -> Range<Substring.Index>? {
        let bytes = text.utf8
        guard let first = mark.utf8.first else { return nil }
        var start = bytes.startIndex
        while let found = bytes[start...].firstIndex(of: first) {
            let next = bytes.index(after: found)
            if next < bytes.endIndex, bytes[next] == first { return found..<bytes.index(after: next) }
            start = next
        }
        return nil
    }
}
