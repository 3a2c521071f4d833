/// One line on its way out: whatever is put into it, it stays one line of bounded length.
struct Line {
    /// What a pipe takes in one piece (pipe(7), PIPE_BUF), the line's end counted.
    static let limit = 4_096
    /// How many bytes of one value are written.
    static let valueLimit = 512

    private(set) var bytes: [UInt8] = []

    mutating func append(verbatim text: String) {
        bytes += text.utf8
    }

    mutating func append(_ prepared: [UInt8]) {
        bytes += prepared
    }

    mutating func append(message: String) {
        for scalar in Line.cut(message, at: Line.limit / 2) { append(scalar, quoted: false) }
    }

    mutating func append(_ fields: Logger.Fields) {
        for (key, value) in fields {
            bytes.append(UInt8(ascii: " "))
            bytes += key.utf8.map { Line.isPlain($0) ? $0 : UInt8(ascii: "_") }
            bytes.append(UInt8(ascii: "="))
            append(value: value.description)
        }
    }

    /// Cuts what is too long and ends the line.
    mutating func end() {
        if bytes.count > Line.limit - 1 {
            let mark = Array("…".utf8)
            var end = Line.limit - 1 - mark.count
            // Not inside a character: bytes 10xxxxxx go on with one that began before.
            while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
            bytes = bytes.prefix(end) + mark
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func append(value: String) {
        if !value.isEmpty, value.utf8.count <= Line.valueLimit, value.utf8.allSatisfy(Line.isPlain) {
            bytes += value.utf8
            return
        }
        bytes.append(UInt8(ascii: "\""))
        for scalar in Line.cut(value, at: Line.valueLimit) { append(scalar, quoted: true) }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func append(_ scalar: Unicode.Scalar, quoted: Bool) {
        switch scalar {
        case "\n": bytes += "\\n".utf8
        case "\r": bytes += "\\r".utf8
        case "\t": bytes += "\\t".utf8
        case "\"" where quoted: bytes += "\\\"".utf8
        case "\\": bytes += "\\\\".utf8
        case _ where Line.isUnsafe(scalar): bytes += "\\u{\(String(scalar.value, radix: 16))}".utf8
        default: bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
        }
    }

    /// The text's first characters that fit into so many bytes, then `…` if there were more.
    private static func cut(_ text: String, at limit: Int) -> [Unicode.Scalar] {
        var scalars: [Unicode.Scalar] = []
        var size = 0
        for scalar in text.unicodeScalars {
            size += UTF8.width(scalar)
            guard size <= limit else { return scalars + ["…"] }
            scalars.append(scalar)
        }
        return scalars
    }

    /// What would end the line, move a terminal's cursor, or make text read in another order than it is.
    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
        default: false
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-_.:/@+,%#".utf8.contains(byte)
        }
    }
}
