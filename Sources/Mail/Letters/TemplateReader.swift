internal import Badges
internal import Registration

/// Reads the file of a letter, noting all that is wrong with it.
struct TemplateReader {
    private let kind: LetterKind
    private let mistakes: MistakeList
    private var lines: ArraySlice<Substring>
    private var used: Set<LetterField> = []

    init(_ text: String, kind: LetterKind, mistakes: MistakeList) {
        self.kind = kind
        self.mistakes = mistakes
        lines = TemplateReader.lines(of: text)[...]
    }

    /// Whoever edits on Windows ends lines otherwise.
    static func lines(of text: String) -> [Substring] {
        text.split(omittingEmptySubsequences: false) { $0.isNewline }
    }

    /// Nil where its mistakes leave no letter.
    mutating func read() -> LetterTemplate? {
        let subject = readSubject()
        let body = readLines(until: nil, list: nil)
        if subject != nil, let needed = LetterField.needed(in: kind), !used.contains(needed) {
            mistakes.add("The letter has nowhere {{\(needed.rawValue)}}, which it is for", line: nil)
        }
        return subject.map { LetterTemplate(subject: $0, body: body) }
    }

    private mutating func readSubject() -> LetterTemplate.Phrase? {
        let key = "Subject:"
        guard let first = lines.first, first.hasPrefix(key) else {
            mistakes.add("The first line is to be “Subject: ” and the letter's subject", line: 1)
            return nil
        }
        lines.removeFirst()
        let phrase = phrase(first.dropFirst(key.utf8.count).drop { $0 == " " }, line: 1, list: nil)
        if phrase.parts.isEmpty { mistakes.add("The subject is empty", line: 1) }
        return phrase
    }

    /// What opened a block, until its end.
    private struct Opening {
        var word: String
        var line: Int
    }

    private mutating func readLines(until opening: Opening?, list: LetterList?) -> [LetterTemplate.Node] {
        var nodes: [LetterTemplate.Node] = []
        while let line = lines.first {
            let number = lines.startIndex + 1
            lines.removeFirst()
            let text = line.trimmed
            guard text.hasPrefix("{{#") || text.hasPrefix("{{/") else {
                nodes.append(node(text, line: number, list: list))
                continue
            }
            guard text.hasSuffix("}}"), !text.dropLast(2).contains("}}") else {
                mistakes.add("A line with {{# or {{/ holds nothing else", line: number)
                continue
            }
            let words = text.dropFirst(2).dropLast(2).split(separator: " ")
            if words[0].hasPrefix("/") {
                guard let opening, words == ["/\(opening.word)"] else {
                    let expected = opening.map { "{{/\($0.word)}} of line \($0.line)" } ?? "nothing"
                    mistakes.add(
                        "{{\(words.joined(separator: " "))}} ends what was not begun: open is \(expected)",
                        line: number)
                    continue
                }
                return nodes
            }
            if let node = readBlock(words, line: number, list: list) { nodes.append(node) }
        }
        if let opening {
            mistakes.add("{{#\(opening.word)}} has no {{/\(opening.word)}}", line: opening.line)
        }
        return nodes
    }

    private mutating func readBlock(
        _ words: [Substring], line: Int, list: LetterList?
    ) -> LetterTemplate.Node? {
        let word = String(words[0].dropFirst())
        guard ["if", "unless", "each"].contains(word), words.count == 2 else {
            mistakes.add("A block is {{#if …}}, {{#unless …}} or {{#each …}}", line: line)
            return nil
        }
        let opening = Opening(word: word, line: line)
        if word == "each" {
            let known = LetterList(rawValue: String(words[1]))
            if known == nil {
                let lists = LetterList.allCases.map(\.rawValue).joined(separator: ", ")
                mistakes.add("There is no list “\(words[1])”; there are: \(lists)", line: line)
            }
            if list != nil { mistakes.add("An {{#each}} can't stand in another", line: line) }
            let nodes = readLines(until: opening, list: known ?? .booked)
            return known.map { .each($0, nodes) }
        }
        let condition = LetterTemplate.Condition(words[1])
        if condition == nil {
            let known = LetterTemplate.Condition.words.joined(separator: ", ")
            mistakes.add("“\(words[1])” can't be asked for; there are: \(known)", line: line)
        }
        let nodes = readLines(until: opening, list: list)
        return condition.map { .when($0, isThere: word == "if", nodes) }
    }

    private mutating func node(_ text: Substring, line: Int, list: LetterList?) -> LetterTemplate.Node {
        if text.isEmpty { return .blank }
        if text == "{{qr}}" {
            guard kind.isForAnother else { return .code }
            mistakes.add("{{qr}} can't stand in a letter to an address that may be another's", line: line)
            return .blank
        }
        if text.hasPrefix("- ") { return .item(phrase(text.dropFirst(2), line: line, list: list)) }
        let phrase = phrase(text, line: line, list: list)
        if case .field(let field)? = phrase.parts.last, [.page, .register, .confirm].contains(field),
            phrase.parts.count > 1,
            case .words(let words) = phrase.parts[phrase.parts.count - 2], words.hasSuffix(": ")
        {
            var label = phrase
            label.parts.removeLast(2)
            label.parts.append(.words(String(words.dropLast(2))))
            return .link(label, to: field)
        }
        return .line(phrase)
    }

    private mutating func phrase(_ text: Substring, line: Int, list: LetterList?) -> LetterTemplate.Phrase {
        let allowed = LetterField.allowed(in: kind) + (list == nil ? [] : LetterField.ofSession)
        let phrase = LetterTemplate.Phrase(text, allowed: allowed, line: line, mistakes: mistakes)
        for case .field(let field) in phrase.parts { used.insert(field) }
        return phrase
    }
}

extension LetterTemplate.Phrase {
    /// Reads a text with fields, which must be among those allowed.
    init(_ text: Substring, allowed: [LetterField], line: Int, mistakes: MistakeList) {
        parts = []
        var rest = text
        while let start = rest.firstRange(of: "{{") {
            if start.lowerBound > rest.startIndex { parts.append(.words(String(rest[..<start.lowerBound]))) }
            rest = rest[start.upperBound...]
            guard let end = rest.firstRange(of: "}}") else {
                mistakes.add("{{ has no }} on its line", line: line)
                return
            }
            let name = rest[..<end.lowerBound].trimmed
            rest = rest[end.upperBound...]
            if let field = LetterField(rawValue: String(name)), allowed.contains(field) {
                parts.append(.field(field))
            } else if name == "qr" {
                mistakes.add("{{qr}} is to stand alone on its line", line: line)
            } else {
                let known = allowed.map(\.rawValue).joined(separator: ", ")
                mistakes.add("There is no {{\(name.prefix(40))}} here; there are: \(known)", line: line)
            }
        }
        if !rest.isEmpty { parts.append(.words(String(rest))) }
    }
}

extension Substring {
    var trimmed: Substring {
        var text = self
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
