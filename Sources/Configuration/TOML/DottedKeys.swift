/// Finds dotted keys (`a.b.c`) of so many parts that toml++, which makes a table of each and frees nested
/// tables on the stack, would overflow it.
///
/// Knows just enough of TOML's words (toml.io/en/v1.0.0) to tell a key's dots from those in strings and
/// comments. Where a text is no TOML the two may differ, but only behind the place where toml++ stops.
struct DottedKeys {
    static let partLimit = 16

    private let text: [UInt8]
    private var index = 0
    private var line = 1
    private var dots = 0

    init(_ text: [UInt8]) {
        self.text = text
    }

    /// The line of the first key with more parts than the limit.
    static func lineOfTooDeepKey(in text: [UInt8]) -> Int? {
        var keys = DottedKeys(text)
        while keys.index < text.count {
            keys.step()
            if keys.dots >= partLimit { return keys.line }
        }
        return nil
    }

    private mutating func step() {
        let byte = text[index]
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): skipString(endedBy: byte)
        case UInt8(ascii: "#"):
            while index < text.count, text[index] != UInt8(ascii: "\n") { index += 1 }
        case UInt8(ascii: "."):
            dots += 1
            index += 1
        case UInt8(ascii: "\n"):
            line += 1
            dots = 0
            index += 1
        default:
            if "=,[]{}".utf8.contains(byte) { dots = 0 }
            index += 1
        }
    }

    private mutating func skipString(endedBy quote: UInt8) {
        let isMultiline = hasQuotes(3, quote)
        index += isMultiline ? 3 : 1
        while index < text.count {
            switch text[index] {
            case UInt8(ascii: "\\") where quote == UInt8(ascii: "\""):
                // Not over a line's end, so that lines are counted.
                index += index + 1 < text.count && text[index + 1] != UInt8(ascii: "\n") ? 2 : 1
            case UInt8(ascii: "\n"):
                // A string of one line is not TOML without its end; what follows is read as if it had one.
                guard isMultiline else { return }
                line += 1
                index += 1
            case quote where !isMultiline:
                index += 1
                return
            case quote where hasQuotes(3, quote):
                index += 3
                // Up to two more belong to the string that they end.
                for _ in 0..<2 where hasQuotes(1, quote) { index += 1 }
                return
            default: index += 1
            }
        }
    }

    private func hasQuotes(_ count: Int, _ quote: UInt8) -> Bool {
        index + count <= text.count && text[index..<index + count].allSatisfy { $0 == quote }
    }
}
