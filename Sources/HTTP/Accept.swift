extension Request {
    /// Which of the media types we offer the client likes best (RFC 9110, 12.5.1), nil if it takes none; among
    /// equals the one offered first. Without an `Accept` header that is the first.
    public func preferred(among offered: [String]) -> String? {
        let ranges = headers.all("Accept").flatMap { $0.split(separator: ",").map(MediaRange.init) }
        guard !ranges.isEmpty else { return offered.first }
        var best: (type: String, quality: Int)?
        for type in offered {
            let matching = ranges.filter { $0.matches(type) }
            let quality = matching.max { $0.precision < $1.precision }?.quality ?? 0
            if quality > (best?.quality ?? 0) { best = (type, quality) }
        }
        return best?.type
    }

    /// Whether the client asks for server-sent events rather than for JSON.
    public var wantsEventStream: Bool {
        preferred(among: ["application/json", "text/event-stream"]) == "text/event-stream"
    }
}

/// One entry of an `Accept` header.
private struct MediaRange {
    let type: String
    /// Thousandths.
    let quality: Int

    init(_ entry: Substring) {
        let parts = entry.split(separator: ";").map { part in
            part.filter { !$0.isWhitespace }.lowercased()
        }
        type = parts.first ?? ""
        let weight = parts.dropFirst().first { $0.hasPrefix("q=") }
        quality = weight.map { MediaRange.thousandths($0.dropFirst(2)) } ?? 1_000
    }

    /// How narrow the range is: an exact type counts more than `text/*`, and that more than `*/*`.
    var precision: Int {
        type == "*/*" ? 0 : type.hasSuffix("/*") ? 1 : 2
    }

    func matches(_ offered: String) -> Bool {
        switch precision {
        case 0: true
        case 1: offered.hasPrefix(type.dropLast())
        default: type == offered.prefix { $0 != ";" }
        }
    }

    /// `0.5` is 500; what is no such number counts as 1,000.
    private static func thousandths(_ text: Substring) -> Int {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = parts.first.flatMap({ Int($0) }), whole == 0 || whole == 1 else { return 1_000 }
        guard whole == 0, parts.count == 2 else { return whole * 1_000 }
        let digits = parts[1].prefix(3)
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return 1_000 }
        return Int(digits + String(repeating: "0", count: 3 - digits.count)) ?? 1_000
    }
}
