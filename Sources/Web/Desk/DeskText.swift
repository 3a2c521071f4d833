import Registration

/// What a scanner or somebody's fingers put into the desk's field.
struct DeskText {
    /// From this many characters on, a text without a space and an @ is no name but a scan that went wrong.
    static let shortestScan = 16

    let text: String

    /// A scanner's line end comes along.
    init(_ typed: String) { text = typed.trimmed }

    /// Whether the whole text is a code, anybody's.
    var isCode: Bool { ScannedCode(text) != nil }

    /// The code that it ends with; whether it is anybody's must be looked up, since words may look like one.
    var lastCode: ScannedCode? { ScannedCode.last(in: text) }

    /// A reference as it is written or read out, or in the address of somebody's own page.
    var reference: Reference? { Reference(spoken: text) ?? addressed }

    private var addressed: Reference? {
        guard let mark = text.firstRange(of: "/me/") else { return nil }
        return Reference(text[mark.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" })
    }

    /// Whether it looks like a scan, where nobody was found by it.
    var looksScanned: Bool {
        text.count >= DeskText.shortestScan && !text.contains { $0.isWhitespace || $0 == "@" }
    }
}
