import FoundationEssentials

/// A part of a message, and how it is written (RFC 2045, RFC 2046).
///
/// Not by libcurl, which makes such parts only while it sends them: the same message is also a file.
enum Part {
    /// Text for people: its subtype, such as `plain`.
    case text(String, String)
    /// Anything else; the further lines of its head, and its bytes.
    case bytes([String], [UInt8])
    /// Several parts: the subtype, such as `alternative`.
    case several(String, [Part])

    /// The part's head and body, with line ends as mail has them.
    ///
    /// - Parameter boundary: what no part holds; each of several parts gets its own from it.
    func write(boundary: String) -> [UInt8] {
        switch self {
        case .text(let subtype, let text):
            return Part.head([
                "Content-Type: text/\(subtype); charset=utf-8", "Content-Transfer-Encoding: quoted-printable",
            ]) + QuotedPrintable.encode(text)
        case .bytes(let head, let bytes):
            return Part.head(head + ["Content-Transfer-Encoding: base64"])
                + Data(bytes).base64EncodedData(options: [
                    .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
                ])
                + [0x0D, 0x0A]
        case .several(let subtype, let parts):
            var result = Part.head(["Content-Type: multipart/\(subtype);\r\n boundary=\"\(boundary)\""])
            for (index, part) in parts.enumerated() {
                result += Array("--\(boundary)\r\n".utf8)
                result += part.write(boundary: "\(boundary).\(index)")
            }
            return result + Array("--\(boundary)--\r\n".utf8)
        }
    }

    private static func head(_ lines: [String]) -> [UInt8] {
        Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }
}
