internal import CPango

/// Pango's fonts and its way of measuring them, the same for PDF and pixels: no hinting and no rounding,
/// so that text keeps its proportions at every size.
///
/// A Pango font map may be used by any thread, but by one at a time (Pango manual, "Threads"), so each
/// rendering borrows one from the pool. Making one costs nothing; the first text that it sets costs some
/// milliseconds for finding fonts.
final class Typesetter: @unchecked Sendable {  // Used by one thread at a time: only `Pool` hands it out.
    static let pool = Pool<Typesetter>()

    private let fontMap: UnsafeMutablePointer<PangoFontMap>?
    let context: OpaquePointer?
    let colourGlyphs = ColourGlyphs()
    /// Descriptions and attributes are few and small, and making them anew costs as much as measuring.
    private var descriptions: [TypeKey: OpaquePointer] = [:]

    private struct TypeKey: Hashable {
        let type: TypeStyle
        let size: Double
    }

    init() {
        fontMap = pango_cairo_font_map_new()
        pango_cairo_font_map_set_resolution(OpaquePointer(fontMap), 72)
        context = pango_font_map_create_context(fontMap)
        let options = cairo_font_options_create()
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
        pango_cairo_context_set_font_options(context, options)
        cairo_font_options_destroy(options)
        pango_context_set_round_glyph_positions(context, 0)
    }

    deinit {
        for description in descriptions.values { pango_font_description_free(description) }
        g_object_unref(UnsafeMutableRawPointer(context))
        g_object_unref(fontMap)
    }

    /// Stays this typesetter's.
    func description(of type: TypeStyle, size: Double) -> OpaquePointer? {
        let key = TypeKey(type: type, size: size)
        if let known = descriptions[key] { return known }
        let description = pango_font_description_new()
        pango_font_description_set_family(description, type.family)
        pango_font_description_set_absolute_size(description, size * Double(PANGO_SCALE))
        pango_font_description_set_weight(
            description, PangoWeight(rawValue: PangoWeight.RawValue(type.weight)))
        pango_font_description_set_stretch(
            description, PangoStretch(rawValue: PangoStretch.RawValue(type.stretch)))
        let slant =
            switch type.slant {
            case .normal: PANGO_STYLE_NORMAL
            case .oblique: PANGO_STYLE_OBLIQUE
            case .italic: PANGO_STYLE_ITALIC
            }
        pango_font_description_set_style(description, slant)
        descriptions[key] = description
        return description
    }
}
