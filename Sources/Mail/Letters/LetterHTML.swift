internal import Badges

/// A letter's lines as HTML: paragraphs, lists, the code, and links as buttons.
enum LetterHTML {
    static func body(_ lines: [LetterLine], reference: String, codeSide: Int) -> String {
        var result: [String] = []
        var rest = lines[...]
        while let line = rest.first {
            switch line {
            case .blank: rest.removeFirst()
            case .line:
                let paragraph = take(&rest) { if case .line(let pieces) = $0 { pieces } else { nil } }
                result.append("<p>\(paragraph.joined(separator: "<br>\n"))</p>")
            case .item:
                let items = take(&rest) { if case .item(let pieces) = $0 { pieces } else { nil } }
                result.append("<ul>\n\(items.map { "<li>\($0)</li>" }.joined(separator: "\n"))\n</ul>")
            case .link(let pieces, let address):
                rest.removeFirst()
                result.append("<p class=\"go\"><a href=\"\(escaped(address))\">\(html(pieces))</a></p>")
            case .code:
                rest.removeFirst()
                result.append(code(reference, side: codeSide))
            }
        }
        return result.joined(separator: "\n")
    }

    private static func take(
        _ rest: inout ArraySlice<LetterLine>, _ pieces: (LetterLine) -> [LetterLine.Piece]?
    ) -> [String] {
        var taken: [String] = []
        while let line = rest.first, let next = pieces(line) {
            taken.append(html(next))
            rest.removeFirst()
        }
        return taken
    }

    private static func code(_ reference: String, side: Int) -> String {
        """
        <p class="code"><img src="cid:\(Message.codeID)" width="\(side)" height="\(side)" \
        alt="QR code of \(escaped(reference))"><br>
        <b>\(escaped(reference))</b></p>
        """
    }

    private static func html(_ pieces: [LetterLine.Piece]) -> String {
        pieces.map { piece in
            switch piece {
            case .words(let words): escaped(words)
            case .value(let value): html(value)
            }
        }.joined()
    }

    static func html(_ value: FieldValue) -> String {
        let text = escaped(value.text)
        return switch value {
        // A name that is written from right to left turns nothing around it.
        case .words: "<bdi>\(text)</bdi>"
        case .webAddress: "<a href=\"\(text)\">\(text)</a>"
        case .mailAddress: "<a href=\"mailto:\(text)\">\(text)</a>"
        }
    }

    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}

/// The HTML around the body of every letter.
struct HTMLFrame: Sendable {
    private let phrase: LetterTemplate.Phrase

    init(_ text: String, file: String) throws(TemplateMistakes) {
        let mistakes = MistakeList(file: file)
        var parts: [LetterTemplate.Phrase.Part] = []
        for (index, line) in TemplateReader.lines(of: text).enumerated() {
            let line = LetterTemplate.Phrase(
                line, allowed: LetterField.ofFrame, line: index + 1, mistakes: mistakes)
            parts += line.parts + [.words("\n")]
        }
        let hasBody = parts.contains { if case .field(.body) = $0 { true } else { false } }
        if !hasBody { mistakes.add("The frame has no {{body}}, where the letters stand", line: nil) }
        try mistakes.throwIfAny()
        phrase = LetterTemplate.Phrase(parts: parts)
    }

    /// - Parameter body: HTML; everything else is escaped.
    func fill(_ fields: LetterFields, subject: String, body: String) -> String {
        phrase.parts.map { part in
            switch part {
            case .words(let html): html
            case .field(.body): body
            // Also where no elements may stand, as in a title.
            case .field(.subject): LetterHTML.escaped(subject)
            case .field(let field): fields[field].map { LetterHTML.escaped($0.text) } ?? ""
            }
        }.joined()
    }
}
