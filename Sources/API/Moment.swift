internal import FoundationEssentials
internal import Registration

/// Moments as RFC 3339 writes them.
enum Moment {
    private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    private static let shortStyle = Date.ISO8601FormatStyle()

    /// `2024-12-04T09:12:00.000Z`
    static func text(_ moment: Timestamp) -> String {
        Date(timeIntervalSince1970: Double(moment.rawValue) / 1_000).formatted(style)
    }

    /// Nil for what is no such text, or no day or time that there is. Fractions finer than a millisecond are rounded.
    static func timestamp(_ text: String) -> Timestamp? {
        // The parser stops at what it has understood, whatever follows.
        guard hasForm(text), exists(text.prefix(19)),
            let date = (try? Date(text, strategy: style)) ?? (try? Date(text, strategy: shortStyle))
        else { return nil }
        return Timestamp(rawValue: Int64((date.timeIntervalSince1970 * 1_000).rounded()))
    }

    /// The parser takes 30 February for 1 March and 25:00 for the next day, which is not what was meant.
    private static func exists(_ dayAndTime: Substring) -> Bool {
        let text = dayAndTime + "Z"
        return (try? Date(String(text), strategy: shortStyle))?.formatted(shortStyle) == String(text)
    }

    private static func hasForm(_ text: String) -> Bool {
        guard text.utf8.count <= 35, matches(text.prefix(19), "0000-00-00T00:00:00") else { return false }
        var zone = text.dropFirst(19)
        if zone.first == "." {
            zone = zone.dropFirst().drop { $0.isASCII && $0.isWholeNumber }
            guard text.utf8[zone.startIndex...].count < text.utf8.count - 20 else { return false }
        }
        return zone == "Z" || matches(zone, "+00:00") || matches(zone, "-00:00")
    }

    /// Whether the text is the pattern, in which 0 stands for any digit.
    private static func matches(_ text: Substring, _ pattern: StaticString) -> Bool {
        let pattern = pattern.description
        return text.utf8.count == pattern.utf8.count
            && zip(text.utf8, pattern.utf8).allSatisfy { byte, wanted in
                wanted == UInt8(ascii: "0") ? 0x30...0x39 ~= byte : byte == wanted
            }
    }
}

extension JSON {
    init(_ moment: Timestamp?) {
        self = moment.map { .text(Moment.text($0)) } ?? .null
    }
}
