internal import CPango

/// A field's text with its size and the place of each line settled.
struct FittedText {
    struct Line {
        let layout: TextLayout
        let index: Int
        /// Where the line begins, seen from the field's anchor.
        let x: Double
        private(set) var baseline: Double
        /// What is drawn, seen from the field's anchor.
        private(set) var ink: TextField.Box

        init(
            layout: TextLayout, index: Int, baseline: Double, box: TextField.Box, anchor: TextField.Anchor,
            scale: Double
        ) {
            let extents = layout.extents(ofLine: index)
            let free = box.right - box.left - extents.width * scale
            var x =
                switch anchor {
                case .start: box.left
                case .middle: box.left + free / 2
                case .end: box.left + free
                }
            // Ink that reaches past a line's advance, as that of an italic f, stays inside too.
            x = min(x, box.right - max(extents.inkRight, extents.width) * scale)
            x = max(x, box.left - min(extents.inkLeft, 0) * scale)
            self.layout = layout
            self.index = index
            self.x = x
            self.baseline = baseline
            ink = (
                x + extents.inkLeft * scale, baseline + extents.inkTop * scale, x + extents.inkRight * scale,
                baseline + extents.inkBottom * scale
            )
        }

        func shifted(down distance: Double) -> Line {
            var line = self
            line.baseline += distance
            line.ink.top += distance
            line.ink.bottom += distance
            return line
        }
    }

    let field: TextField
    /// Of the field's full size.
    let scale: Double
    let lines: [Line]

    /// All lines of one paragraph.
    init(_ layout: TextLayout, field: TextField, scale: Double) {
        self.init((0..<layout.lineCount).map { (layout, $0) }, field: field, scale: scale)
    }

    /// All lines of each paragraph, one paragraph under the other.
    init(list: [TextLayout], field: TextField, scale: Double) {
        self.init(
            list.flatMap { layout in (0..<layout.lineCount).map { (layout, $0) } }, field: field, scale: scale
        )
    }

    private init(_ parts: [(TextLayout, Int)], field: TextField, scale: Double) {
        self.field = field
        self.scale = scale
        let box = field.box
        let baselines = field.baselines(lines: parts.count, size: field.size * scale)
        let drawn = zip(parts, baselines).map { part, baseline in
            Line(
                layout: part.0, index: part.1, baseline: baseline, box: box, anchor: field.anchor,
                scale: scale)
        }
        // Scripts with deep letters or high marks stand a little off the baseline rather than out of the box.
        let top = drawn.map(\.ink.top).min() ?? box.top
        let bottom = drawn.map(\.ink.bottom).max() ?? box.bottom
        let shift = max(box.top - top, 0) + min(box.bottom - bottom, 0)
        lines = drawn.map { $0.shifted(down: shift) }
    }

    /// Whether nothing is drawn outside the box.
    var isInBox: Bool {
        let box = field.box
        let rounding = 0.01
        return lines.allSatisfy { line in
            line.ink.left >= box.left - rounding && line.ink.right <= box.right + rounding
                && line.ink.top >= box.top - rounding && line.ink.bottom <= box.bottom + rounding
        }
    }

    func draw(on surface: OpaquePointer) {
        cairo_save(surface)
        defer { cairo_restore(surface) }
        var place = cairo_matrix_t(field.place)
        cairo_transform(surface, &place)
        if !isInBox {
            let box = field.box
            cairo_rectangle(surface, box.left, box.top, box.right - box.left, box.bottom - box.top)
            cairo_clip(surface)
        }
        let colour = field.type.colour
        cairo_set_source_rgba(surface, colour.red, colour.green, colour.blue, colour.alpha)
        for line in lines {
            cairo_save(surface)
            cairo_translate(surface, line.x, line.baseline)
            cairo_scale(surface, scale, scale)
            line.layout.show(line: line.index, on: surface)
            cairo_restore(surface)
        }
    }
}

extension cairo_matrix_t {
    init(_ affine: Affine) {
        self.init(xx: affine.a, yx: affine.b, xy: affine.c, yy: affine.d, x0: affine.e, y0: affine.f)
    }
}
