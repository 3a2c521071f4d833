import Registration

/// A piece of a page: markup only where it is written in the source, everything put in is escaped.
///
///     let greeting: HTML = "<p>Hello \(attendee.name)</p>"
///
/// A `String` can't become markup: literals are `StaticString`s, which only the compiler makes. Attribute
/// values must stand in double quotes.
struct HTML: Sendable, ExpressibleByStringInterpolation {
    let bytes: [UInt8]

    init(stringLiteral literal: StaticString) {
        bytes = literal.withUTF8Buffer(Array.init)
    }

    init(stringInterpolation: Interpolation) {
        bytes = stringInterpolation.bytes
    }

    /// Escaped for text and for attribute values in quotes. Characters that no document may hold are left out.
    fileprivate static func escape(_ text: some StringProtocol, onto bytes: inout [UInt8]) {
        // Most texts have nothing to escape, and appending them whole is far cheaper.
        guard text.utf8.contains(where: isSpecial) else {
            bytes.append(contentsOf: text.utf8)
            return
        }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
            case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
            case UInt8(ascii: "\""): bytes.append(contentsOf: "&quot;".utf8)
            case UInt8(ascii: "'"): bytes.append(contentsOf: "&#39;".utf8)
            case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x80...0xFF: bytes.append(byte)
            default: break
            }
        }
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"):
            true
        case 0x09, 0x0A, 0x0D: false
        default: byte < 0x20 || byte == 0x7F
        }
    }

    struct Interpolation: StringInterpolationProtocol {
        fileprivate var bytes: [UInt8] = []

        init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + interpolationCount * 24)
        }

        mutating func appendLiteral(_ literal: StaticString) {
            literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
        }

        mutating func appendInterpolation(_ text: some StringProtocol) {
            HTML.escape(text, onto: &bytes)
        }

        mutating func appendInterpolation(_ number: some BinaryInteger) {
            bytes.append(contentsOf: String(number).utf8)
        }

        mutating func appendInterpolation(_ reference: Reference) {
            bytes.append(contentsOf: reference.description.utf8)
        }

        mutating func appendInterpolation(_ piece: HTML?) {
            if let piece { bytes += piece.bytes }
        }

        mutating func appendInterpolation(_ pieces: [HTML]) {
            for piece in pieces { bytes += piece.bytes }
        }

        /// ` name` where the condition holds, such as `checked`.
        mutating func appendInterpolation(_ name: StaticString, if condition: Bool) {
            guard condition else { return }
            bytes.append(UInt8(ascii: " "))
            appendLiteral(name)
        }

        /// ` name="value"`, or nothing where there is no value.
        mutating func appendInterpolation(_ name: StaticString, is value: String?) {
            guard let value else { return }
            bytes.append(UInt8(ascii: " "))
            appendLiteral(name)
            bytes.append(contentsOf: "=\"".utf8)
            appendInterpolation(value)
            bytes.append(UInt8(ascii: "\""))
        }
    }
}

/// A piece of a page where a condition holds, else nothing.
func when(_ condition: Bool, _ piece: @autoclosure () -> HTML) -> HTML? {
    condition ? piece() : nil
}
