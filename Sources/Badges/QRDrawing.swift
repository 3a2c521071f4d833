/// A QR code as the path of an SVG, for pages that show it on a screen.
public struct QRDrawing: Sendable {
    /// How many modules a side of the picture has, with the quiet zone around the code.
    public let side: Int
    /// Path data in units of a module: what is dark. It holds no character that markup must escape.
    public let path: String

    /// Nil if the text is longer than a QR code holds.
    public init?(_ text: String) {
        guard let code = QRCode(text) else { return nil }
        side = code.side + 2 * QRCode.quietZone
        path = code.outlines().map { corners in
            let points = corners.map { "\($0.x + QRCode.quietZone) \($0.y + QRCode.quietZone)" }
            return "M" + points.joined(separator: "L") + "Z"
        }.joined()
    }
}
