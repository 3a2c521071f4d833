/// The sizes a template is written in.
enum Length {
    static let pointsPerMillimetre = 72 / 25.4

    /// A finite decimal number; not what else Swift takes, such as `0x1p3` or `inf`.
    static func number(_ text: some StringProtocol) -> Double? {
        guard !text.isEmpty, text.utf8.count <= 40,
            text.utf8.allSatisfy({ byte in
                UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "+-.eE".utf8.contains(byte)
            }), let number = Double(text), number.isFinite
        else { return nil }
        return number
    }

    /// A number in the template's own units, which may say so with `px`.
    static func userUnits(_ text: String) -> Double? {
        let trimmed = text.trimmingSpaces
        return number(trimmed.hasSuffix("px") ? trimmed.dropLast(2) : trimmed[...])
    }

    /// A length on paper, with its unit; nil without one.
    static func millimetres(_ text: String) -> Double? {
        let units = ["mm": 1, "cm": 10, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6]
        let trimmed = text.trimmingSpaces
        guard let factor = units[String(trimmed.suffix(2))], let value = number(trimmed.dropLast(2))
        else { return nil }
        return value * factor
    }
}

extension StringProtocol {
    /// Without XML's white space at its ends.
    var trimmingSpaces: String {
        func isSpace(_ character: Character) -> Bool { " \t\n\r".contains(character) || character == "\r\n" }
        let start = drop(while: isSpace)
        guard let end = start.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(start[...end])
    }
}
