/// A letter's lines as plain text.
enum LetterText {
    /// With one empty line where there are several, and one line end at its end.
    static func body(_ lines: [LetterLine]) -> String {
        var result: [String] = []
        for line in lines {
            switch line {
            case .blank: if result.last?.isEmpty == false { result.append("") }
            case .line(let pieces): result.append(text(pieces))
            case .item(let pieces): result.append("- " + text(pieces))
            // On a line of its own, as programs that make links of addresses take it whole there.
            case .link(let pieces, let address): result += [text(pieces) + ":", address]
            case .code: break
            }
        }
        while result.last?.isEmpty == true { result.removeLast() }
        return result.joined(separator: "\n")
    }

    private static func text(_ pieces: [LetterLine.Piece]) -> String { pieces.map(\.text).joined() }
}
