internal import CPango

/// A QR code as a PNG picture, for letters: black on white, with the quiet zone around it.
public struct QRPicture: Sendable {
    /// How many pixels a side has.
    public let side: Int
    /// The PNG file.
    public let png: [UInt8]

    /// - Parameter modulePixels: how many pixels a module has on each side.
    public init(_ text: String, modulePixels: Int) throws(BadgeError) {
        guard !text.isEmpty else { throw .qrEmpty }
        guard let code = QRCode(text) else { throw .qrTooLong(bytes: text.utf8.count) }
        side = (code.side + 2 * QRCode.quietZone) * modulePixels
        let scale = Double(modulePixels)
        let surface = try Surface(pixelWidth: side, height: side, scale: (scale, scale))
        cairo_translate(surface.context, Double(QRCode.quietZone), Double(QRCode.quietZone))
        code.draw(on: surface.context)
        png = try surface.png()
    }
}

extension QRCode {
    /// Fills what is dark with black, in units of a module.
    func draw(on context: OpaquePointer) {
        // Pixels are dark or light, never in between, which would blur the edges that scanners look for.
        cairo_set_antialias(context, CAIRO_ANTIALIAS_NONE)
        for outline in outlines() {
            cairo_move_to(context, Double(outline[0].x), Double(outline[0].y))
            for corner in outline.dropFirst() { cairo_line_to(context, Double(corner.x), Double(corner.y)) }
            cairo_close_path(context)
        }
        cairo_set_source_rgb(context, 0, 0, 0)
        cairo_fill(context)
    }
}
