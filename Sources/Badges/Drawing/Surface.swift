internal import CPango

/// Where a badge is drawn: a cairo surface, its context and the bytes that come out. Freed when it goes.
struct Surface: ~Copyable {
    let context: OpaquePointer
    private let surface: OpaquePointer
    private let sink: Sink

    /// Receives bytes from cairo's callbacks, within the calls of one `Surface`.
    private final class Sink {
        var bytes: [UInt8] = []

        static let write: cairo_write_func_t = { sink, data, count in
            guard let sink, let data else { return CAIRO_STATUS_WRITE_ERROR }
            Unmanaged<Sink>.fromOpaque(sink).takeUnretainedValue().bytes
                .append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
            return CAIRO_STATUS_SUCCESS
        }
    }

    /// A page of a PDF file, in points.
    init(pdfWidth: Double, height: Double) throws(BadgeError) {
        sink = Sink()
        surface = cairo_pdf_surface_create_for_stream(
            Sink.write, Unmanaged.passUnretained(sink).toOpaque(), pdfWidth, height)
        context = cairo_create(surface)
        try check()
    }

    /// White pixels, drawn on in points.
    init(pixelWidth: Int, height: Int, scale: (x: Double, y: Double)) throws(BadgeError) {
        sink = Sink()
        surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(pixelWidth), Int32(height))
        context = cairo_create(surface)
        try check()
        cairo_set_source_rgb(context, 1, 1, 1)
        cairo_paint(context)
        cairo_scale(context, scale.x, scale.y)
    }

    deinit {
        cairo_destroy(context)
        cairo_surface_destroy(surface)
    }

    /// The finished PDF file.
    consuming func pdf() throws(BadgeError) -> [UInt8] {
        cairo_surface_finish(surface)
        try check()
        return sink.bytes
    }

    /// The finished PNG file.
    consuming func png() throws(BadgeError) -> [UInt8] {
        try check()
        let status = cairo_surface_write_to_png_stream(
            surface, Sink.write, Unmanaged.passUnretained(sink).toOpaque())
        try Surface.check(status)
        return sink.bytes
    }

    private func check() throws(BadgeError) {
        try Surface.check(cairo_status(context))
        try Surface.check(cairo_surface_status(surface))
    }

    private static func check(_ status: cairo_status_t) throws(BadgeError) {
        guard status != CAIRO_STATUS_SUCCESS else { return }
        throw .drawing(String(cString: cairo_status_to_string(status)))
    }
}
