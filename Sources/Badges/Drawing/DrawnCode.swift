internal import CPango

/// A QR code at its place on the page: black on white whatever is beneath, quiet zone included.
struct DrawnCode {
    private let code: QRCode
    private let place: CodePlace

    init(_ text: String, place: CodePlace) throws(BadgeError) {
        let bytes = text.utf8.count
        guard bytes > 0 else { throw .qrEmpty }
        guard bytes <= BadgeFields.qrLimit, let code = QRCode(text) else { throw .qrTooLong(bytes: bytes) }
        let modules = Double(code.side + 2 * QRCode.quietZone)
        let module = place.sidePoints / Length.pointsPerMillimetre / modules
        guard module >= QRCode.smallestModuleMillimetres else { throw .qrTooLong(bytes: bytes) }
        self.code = code
        self.place = place
    }

    func draw(on context: OpaquePointer) {
        cairo_save(context)
        defer { cairo_restore(context) }
        var matrix = cairo_matrix_t(place.place)
        cairo_transform(context, &matrix)
        cairo_set_antialias(context, CAIRO_ANTIALIAS_NONE)
        cairo_set_source_rgb(context, 1, 1, 1)
        cairo_rectangle(context, 0, 0, 1, 1)
        cairo_fill(context)
        let module = 1 / Double(code.side + 2 * QRCode.quietZone)
        cairo_scale(context, module, module)
        cairo_translate(context, Double(QRCode.quietZone), Double(QRCode.quietZone))
        code.draw(on: context)
    }
}
