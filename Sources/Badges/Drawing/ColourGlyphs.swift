internal import CPango

/// Draws emoji as pictures in the resolution of their font. Left to itself, cairo puts them into a PDF with
/// 72 dots per inch (cairo 1.16, `composite_color_glyphs`), which is a blur on a name in large type.
final class ColourGlyphs {
    /// What Noto Color Emoji is drawn in: 109 pixels to its type size.
    private static let pixelsPerSize = 109.0
    /// Few badges have more different ones; beyond it, they are drawn anew.
    private static let pictureLimit = 64

    private struct Key: Hashable {
        let font: UnsafeMutablePointer<PangoFont>
        let glyph: PangoGlyph
    }

    private struct Picture {
        let surface: OpaquePointer
        /// Of its top left corner, from the glyph's origin, and of one pixel; in points.
        let left: Double
        let top: Double
        let pixel: Double
    }

    private var pictures: [Key: Picture] = [:]

    deinit {
        forgetAll()
    }

    /// Whether any of a line's characters has a picture for a glyph.
    static func areIn(_ line: UnsafeMutablePointer<PangoLayoutLine>) -> Bool {
        runs(of: line).contains { hasColour($0.pointee.item.pointee.analysis.font) }
    }

    /// Draws a line with its beginning at (0, 0); `size` is the type's, in points.
    func show(
        _ line: UnsafeMutablePointer<PangoLayoutLine>, text: UnsafePointer<CChar>, size: Double,
        on context: OpaquePointer
    ) {
        var x = 0.0
        for run in ColourGlyphs.runs(of: line) {
            let font = run.pointee.item.pointee.analysis.font
            let start = x + Double(run.pointee.start_x_offset) / Double(PANGO_SCALE)
            if let font, ColourGlyphs.hasColour(font), let glyphs = run.pointee.glyphs {
                show(glyphs.pointee, of: font, x: start, size: size, on: context)
            } else {
                cairo_move_to(context, start, 0)
                pango_cairo_show_glyph_item(context, text, run)
            }
            let width = pango_glyph_string_get_width(run.pointee.glyphs)
            x = start + Double(width + run.pointee.end_x_offset) / Double(PANGO_SCALE)
        }
    }

    private func show(
        _ glyphs: PangoGlyphString, of font: UnsafeMutablePointer<PangoFont>, x start: Double, size: Double,
        on context: OpaquePointer
    ) {
        var x = start
        for index in 0..<Int(glyphs.num_glyphs) {
            let info = glyphs.glyphs[index]
            let left = x + Double(info.geometry.x_offset) / Double(PANGO_SCALE)
            let baseline = Double(info.geometry.y_offset) / Double(PANGO_SCALE)
            x += Double(info.geometry.width) / Double(PANGO_SCALE)
            guard let picture = picture(of: info, font: font, size: size) else { continue }
            cairo_save(context)
            cairo_translate(context, left + picture.left, baseline + picture.top)
            cairo_scale(context, picture.pixel, picture.pixel)
            cairo_set_source_surface(context, picture.surface, 0, 0)
            cairo_paint(context)
            cairo_restore(context)
        }
    }

    /// Nil for a glyph without ink, such as a space.
    private func picture(of info: PangoGlyphInfo, font: UnsafeMutablePointer<PangoFont>, size: Double)
        -> Picture?
    {
        let key = Key(font: font, glyph: info.glyph)
        if let known = pictures[key] { return known }
        var ink = PangoRectangle()
        pango_font_get_glyph_extents(font, info.glyph, &ink, nil)
        guard ink.width > 0, ink.height > 0 else { return nil }
        let scale = ColourGlyphs.pixelsPerSize / size
        let unit = scale / Double(PANGO_SCALE)
        let left = (Double(ink.x) * unit).rounded(.down)
        let top = (Double(ink.y) * unit).rounded(.down)
        let width = (Double(ink.x + ink.width) * unit).rounded(.up) - left
        let height = (Double(ink.y + ink.height) * unit).rounded(.up) - top
        guard let surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, Int32(width), Int32(height))
        else {
            return nil
        }
        let context = cairo_create(surface)
        cairo_translate(context, -left, -top)
        cairo_scale(context, scale, scale)
        let single = pango_glyph_string_new()
        pango_glyph_string_set_size(single, 1)
        single?.pointee.glyphs[0] = info
        single?.pointee.glyphs[0].geometry.x_offset = 0
        single?.pointee.glyphs[0].geometry.y_offset = 0
        pango_cairo_show_glyph_string(context, font, single)
        pango_glyph_string_free(single)
        cairo_destroy(context)
        if pictures.count >= ColourGlyphs.pictureLimit { forgetAll() }
        // The key is the font's address, so the font must not go before it.
        g_object_ref(font)
        let picture = Picture(surface: surface, left: left / scale, top: top / scale, pixel: 1 / scale)
        pictures[key] = picture
        return picture
    }

    private func forgetAll() {
        for (key, picture) in pictures {
            cairo_surface_destroy(picture.surface)
            g_object_unref(key.font)
        }
        pictures = [:]
    }

    private static func runs(
        of line: UnsafeMutablePointer<PangoLayoutLine>
    ) -> [UnsafeMutablePointer<PangoGlyphItem>] {
        var runs: [UnsafeMutablePointer<PangoGlyphItem>] = []
        var next = line.pointee.runs
        while let entry = next {
            if let run = entry.pointee.data { runs.append(run.assumingMemoryBound(to: PangoGlyphItem.self)) }
            next = entry.pointee.next
        }
        return runs
    }

    private static func hasColour(_ font: UnsafeMutablePointer<PangoFont>?) -> Bool {
        guard let font, let face = hb_font_get_face(pango_font_get_hb_font(font)) else { return false }
        return hb_ot_color_has_png(face) != 0 || hb_ot_color_has_layers(face) != 0
            || hb_ot_color_has_svg(face) != 0
    }
}
