internal import CPango

/// A paragraph that Pango has laid out in a field's full size. Lengths are points at that size.
final class TextLayout {
    private let layout: OpaquePointer?
    private let size: Double
    private let typesetter: Typesetter

    init(_ text: String, type: TypeStyle, size: Double, typesetter: Typesetter) {
        self.size = size
        self.typesetter = typesetter
        layout = pango_layout_new(typesetter.context)
        pango_layout_set_font_description(layout, typesetter.description(of: type, size: size))
        pango_layout_set_single_paragraph_mode(layout, 1)
        pango_layout_set_text(layout, text, Int32(text.utf8.count))
        let attributes = pango_attr_list_new()
        if type.letterSpacing != 0, !Script.isJoined(text) {
            pango_attr_list_insert(
                attributes, pango_attr_letter_spacing_new(Int32(type.letterSpacing * size * scale)))
        }
        // A name that has no hyphen gets none where it is broken.
        pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(0))
        let language = pango_language_from_string(type.language ?? Script.language(of: text))
        pango_attr_list_insert(attributes, pango_attr_language_new(language))
        pango_layout_set_attributes(layout, attributes)
        pango_attr_list_unref(attributes)
    }

    deinit {
        g_object_unref(UnsafeMutableRawPointer(layout))
    }

    /// Breaks lines between words only.
    func wrap(width: Double) {
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD)
        pango_layout_set_width(layout, units(width))
    }

    /// Breaks lines, within words if need be, and ends the last one allowed with an ellipsis.
    func cut(width: Double, lines: Int) {
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
        pango_layout_set_width(layout, units(width))
        pango_layout_set_height(layout, Int32(-lines))
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END)
    }

    var lineCount: Int { Int(pango_layout_get_line_count(layout)) }

    /// Where a line's ink and its advance reach, seen from its beginning on the baseline.
    func extents(ofLine index: Int) -> LineExtents {
        var ink = PangoRectangle()
        var logical = PangoRectangle()
        pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, Int32(index)), &ink, &logical)
        return LineExtents(
            width: Double(logical.width) / scale, inkLeft: Double(ink.x) / scale,
            inkRight: Double(ink.x + ink.width) / scale, inkTop: Double(ink.y) / scale,
            inkBottom: Double(ink.y + ink.height) / scale)
    }

    /// The text, laid out on one line, as pieces that lines may be broken between.
    func unbroken(_ text: String) -> [Unbroken] {
        let widths = clusterWidths(byteCount: text.utf8.count)
        var count: Int32 = 0
        guard let attributes = pango_layout_get_log_attrs_readonly(layout, &count) else { return [] }
        var pieces: [Unbroken] = []
        var byte = 0
        for (index, scalar) in text.unicodeScalars.enumerated() where index < Int(count) {
            if index == 0 || attributes[index].is_line_break != 0 {
                pieces.append(Unbroken(width: 0, space: 0))
            }
            let last = pieces.count - 1
            if attributes[index].is_white != 0 {
                pieces[last].space += widths[byte]
            } else {
                pieces[last].width += pieces[last].space + widths[byte]
                pieces[last].space = 0
            }
            byte += UTF8.width(scalar)
        }
        return pieces
    }

    /// Draws a line with its beginning at the surface's (0, 0).
    func show(line index: Int, on surface: OpaquePointer) {
        guard let line = pango_layout_get_line_readonly(layout, Int32(index)) else { return }
        if ColourGlyphs.areIn(line), let text = pango_layout_get_text(layout) {
            typesetter.colourGlyphs.show(line, text: text, size: size, on: surface)
        } else {
            cairo_move_to(surface, 0, 0)
            pango_cairo_show_layout_line(surface, line)
        }
    }

    /// By the byte that a cluster begins with.
    private func clusterWidths(byteCount: Int) -> [Double] {
        var widths = [Double](repeating: 0, count: byteCount + 1)
        let clusters = pango_layout_get_iter(layout)
        defer { pango_layout_iter_free(clusters) }
        repeat {
            var logical = PangoRectangle()
            pango_layout_iter_get_cluster_extents(clusters, nil, &logical)
            let byte = Int(pango_layout_iter_get_index(clusters))
            if widths.indices.contains(byte) { widths[byte] += Double(logical.width) / scale }
        } while pango_layout_iter_next_cluster(clusters) != 0
        return widths
    }

    private func units(_ points: Double) -> Int32 {
        Int32(min(points * scale, Double(Int32.max / 2)))
    }
}

struct LineExtents {
    let width: Double
    let inkLeft: Double
    let inkRight: Double
    let inkTop: Double
    let inkBottom: Double

    /// What the line takes, with whatever reaches past its advance.
    var reach: Double { max(width, inkRight) - min(0, inkLeft) }
}

/// Pango's units in a point.
private let scale = Double(PANGO_SCALE)

/// What a text's characters ask for, whatever the template says.
enum Script {
    /// Whether letters hang together, which spacing would tear apart.
    static func isJoined(_ text: String) -> Bool {
        text.unicodeScalars.contains { scalar in
            switch scalar.value {
            // Arabic to Mandaic; Devanagari and its sisters with a head line; Mongolian; Arabic's presentation forms.
            case 0x0600...0x086F, 0x08A0...0x0A7F, 0x1800...0x18AF, 0xFB50...0xFDFF, 0xFE70...0xFEFF: true
            default: false
            }
        }
    }

    /// Whose letter forms a text is set in where its characters are shared by several languages.
    static func language(of text: String) -> String {
        var language = "en"
        for scalar in text.unicodeScalars where scalar.value >= 0x1100 {
            switch scalar.value {
            case 0x3040...0x30FF, 0x31F0...0x31FF: return "ja"
            case 0x1100...0x11FF, 0x3130...0x318F, 0xAC00...0xD7AF: return "ko"
            case 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF: language = "zh-cn"
            default: break
            }
        }
        return language
    }
}
