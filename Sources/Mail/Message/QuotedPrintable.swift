/// Text as every mail server carries it and people can still read it (RFC 2045, section 6.7).
enum QuotedPrintable {
    private static let lineLimit = 76
    private static let digits = Array("0123456789ABCDEF".utf8)

    /// - Parameter text: with line feeds at the ends of its lines.
    static func encode(_ text: String) -> [UInt8] {
        var result: [UInt8] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            append(Array(line.utf8), to: &result)
            result += [0x0D, 0x0A]
        }
        return result
    }

    private static func append(_ line: [UInt8], to result: inout [UInt8]) {
        var length = 0
        for (index, byte) in line.enumerated() {
            let isLast = index == line.count - 1
            let isPlain = (0x21...0x7E ~= byte && byte != UInt8(ascii: "=")) || (byte == 0x20 && !isLast)
            let width = isPlain ? 1 : 3
            // One place is kept for the `=` of a line that goes on.
            if length + width > lineLimit - 1 {
                result += [UInt8(ascii: "="), 0x0D, 0x0A]
                length = 0
            }
            if isPlain {
                result.append(byte)
            } else {
                result += [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
            }
            length += width
        }
    }
}
