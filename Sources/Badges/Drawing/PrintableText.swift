/// Makes one clean line of what somebody typed, without changing what it says.
enum PrintableText {
    /// More characters than fit any badge.
    static let scalarsLimit = 500
    /// Marks stacked on one character. No script needs more; piles of them reach into other lines.
    static let marksLimit = 6

    static func line(_ text: String) -> String {
        var line = String.UnicodeScalarView()
        var count = 0
        var marks = 0
        var isSpacePending = false
        for scalar in text.unicodeScalars {
            if isSpace(scalar) {
                isSpacePending = count > 0
                continue
            }
            // Pango takes a text with one of these for no text at all.
            if scalar.value >= 0xFDD0, scalar.properties.isNoncharacterCodePoint { continue }
            if count >= scalarsLimit {
                line.append("…")
                break
            }
            marks = isMark(scalar) ? marks + 1 : 0
            guard marks <= marksLimit else { continue }
            if isSpacePending { line.append(" ") }
            count += isSpacePending ? 2 : 1
            isSpacePending = false
            line.append(scalar)
        }
        return String(line)
    }

    /// White space and control characters; looking into tables is only for what is not ASCII.
    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x7F ? scalar.value <= 0x20 : scalar.value <= 0x9F || scalar.properties.isWhitespace
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value >= 0x300 else { return false }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return true
        default: return false
        }
    }
}

extension TextField {
    /// The lines to print, before any wrapping: none if all that was to be filled in is empty.
    ///
    /// What stands between two placeholders is printed only if both have something.
    func paragraphs(of fields: some FieldValues) -> [String] {
        if isList { return fields.sessions.map(PrintableText.line).filter { !$0.isEmpty }.map(cased) }
        var text = ""
        // What stands before the first placeholder, between two, or behind the last.
        var literal = ""
        var prefix: String?
        for piece in pieces {
            switch piece {
            case .literal(let words): literal += words
            case .value(let placeholder):
                if prefix == nil { prefix = literal }
                let value = PrintableText.line(fields[placeholder])
                if !value.isEmpty { text += (text.isEmpty ? prefix ?? "" : literal) + value }
                literal = ""
            }
        }
        return text.isEmpty ? [] : [cased(text + literal)]
    }

    private func cased(_ text: String) -> String {
        type.isUppercase ? text.uppercased() : text
    }
}

extension BadgeFields: FieldValues {
    subscript(placeholder: TextField.Placeholder) -> String {
        switch placeholder {
        case .name: name
        case .organisation: organisation
        case .role: role
        case .reference: reference
        case .event: event
        case .sessions: sessions.joined(separator: ", ")
        // No template of a badge has them.
        case .count, .venue, .dates, .contact, .verification, .address: ""
        }
    }
}
