import FoundationEssentials

/// The lines of a message's head, each folded and without its last line end. No value can begin another field.
enum HeaderField {
    /// A field of free text, such as the subject.
    static func text(_ name: String, _ value: String) -> String {
        let value = value.onOneLine
        guard value.isPlainASCII, !value.contains("=?") else { return encoded(name, value, rest: "") }
        var line = "\(name):"
        var lines: [String] = []
        for word in value.split(separator: " ") {
            if line.utf8.count + 1 + word.utf8.count > MailLimits.headerLine {
                // Nothing is folded before the first word: readers take such a fold for a space of the text.
                guard line != "\(name):", word.utf8.count < MailLimits.headerLine else {
                    return encoded(name, value, rest: "")
                }
                lines.append(line)
                line = ""
            }
            line += " " + word
        }
        return (lines + [line]).joined(separator: "\r\n")
    }

    /// A field with an address, and the name of whoever has it.
    static func mailbox(_ name: String, _ mailbox: Mailbox, called person: String = "") -> String {
        let person = person.onOneLine
        let address = "<\(mailbox.address)>"
        if person.isEmpty { return "\(name): \(mailbox.address)" }
        let quoted = person.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        guard person.isPlainASCII, quoted.utf8.count < MailLimits.headerLine - 16, !person.contains("=?")
        else {
            return encoded(name, person, rest: "\r\n \(address)")
        }
        return "\(name): \"\(quoted)\"\r\n \(address)"
    }

    /// As RFC 2047 writes letters outside ASCII.
    private static func encoded(_ name: String, _ value: String, rest: String) -> String {
        var words: [String] = []
        var bytes: [UInt8] = []
        func end() {
            words.append("=?UTF-8?B?\(Data(bytes).base64EncodedString())?=")
            bytes = []
        }
        // The first word stands beside the field's name.
        var room = MailLimits.firstEncodedWordBytes(afterName: name.utf8.count)
        // A letter never stands in two words.
        for scalar in value.unicodeScalars {
            let letter = Array(String(scalar).utf8)
            if bytes.count + letter.count > room {
                end()
                room = MailLimits.encodedWordBytes
            }
            bytes += letter
        }
        end()
        return "\(name): " + words.joined(separator: "\r\n ") + rest
    }
}

extension String {
    /// With spaces where it had line ends and other control characters, and none at its ends.
    var onOneLine: String {
        let scalars = unicodeScalars.map { scalar -> Character in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: " "
            default: Character(scalar)
            }
        }
        // Put together by scalars: a mark joins the letter before it again.
        var text = String.UnicodeScalarView()
        for character in scalars { text.append(contentsOf: character.unicodeScalars) }
        return String(text).split(separator: " ").joined(separator: " ")
    }

    fileprivate var isPlainASCII: Bool { utf8.allSatisfy { 0x20...0x7E ~= $0 } }
}
