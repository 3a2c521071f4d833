/// Sets a field's text into its box: smaller first, then on more lines, then ended with an ellipsis.
///
/// Everything is laid out once, in full size, and scaled when it is drawn: without hinting a text's
/// proportions are the same at every size, so what fits half as large fits on twice the width.
struct TextFitter {
    /// Kept free of the width against rounding.
    static let slack = 0.999

    /// No text is so high that a tenth of its size would not do; what nevertheless is gets clipped.
    static let hopeless = 0.1

    let field: TextField
    let typesetter: Typesetter

    /// A single paragraph, or a list with one line for each.
    func fit(_ paragraphs: [String]) -> FittedText? {
        guard let first = paragraphs.first else { return nil }
        return field.isList ? fit(list: paragraphs) : fit(paragraph: first)
    }

    private func layout(_ text: String) -> TextLayout {
        TextLayout(text, type: field.type, size: field.size, typesetter: typesetter)
    }

    private func fit(paragraph text: String) -> FittedText {
        let layout = layout(text)
        let need = layout.extents(ofLine: 0).reach
        var plans = [plan(lines: 1, width: need)]
        if plans[0].scale < field.wrapBelow / field.size, field.lines > 1 {
            let pieces = layout.unbroken(text)
            for lines in 2...field.lines where plans[plans.count - 1].scale < field.wrapBelow / field.size {
                plans.append(plan(lines: lines, width: LineBreaking.narrowestWidth(of: pieces, lines: lines)))
            }
        }
        let best = plans.max { $0.scale < $1.scale } ?? plans[0]
        // Pango has the last word: kerning across a space, or marks that reach high, can ask for a bit less.
        var scale = best.scale
        var width = best.width / TextFitter.slack
        while scale >= smallestScale - 1e-9 {
            if best.lines > 1 { layout.wrap(width: width) }
            let fitted = FittedText(layout, field: field, scale: scale)
            if fitted.lines.count <= best.lines, fitted.isInBox { return fitted }
            scale *= 0.96
            width = field.width / scale * TextFitter.slack
        }
        return withoutCutting { scale in
            layout.cut(
                width: field.width / scale * TextFitter.slack, lines: linesInHeight(scale: smallestScale))
            return FittedText(layout, field: field, scale: scale)
        }
    }

    /// All get the same size. A long one goes on over lines that are left, and what there are no lines for is
    /// counted in the last one.
    private func fit(list: [String]) -> FittedText {
        let room = linesInHeight(scale: smallestScale)
        var texts = list
        if list.count > room { texts = list.prefix(room - 1) + ["+\(list.count - room + 1)"] }
        let layouts = texts.map(layout)
        let needs = layouts.map { $0.extents(ofLine: 0).reach }
        let largest = max(plan(lines: texts.count, width: needs.max() ?? 0).scale, smallestScale)
        return withoutCutting(from: largest) { scale in
            var left = room - texts.count
            for (layout, need) in zip(layouts, needs) where need * scale > field.width {
                layout.cut(width: field.width / scale * TextFitter.slack, lines: 1 + left)
                left -= layout.lineCount - 1
            }
            return FittedText(list: layouts, field: field, scale: scale)
        }
    }

    /// Text that towers out of the box in the smallest type is made smaller still: that is better than cut.
    private func withoutCutting(from largest: Double? = nil, _ fit: (Double) -> FittedText) -> FittedText {
        var scale = largest ?? smallestScale
        var fitted = fit(scale)
        while !fitted.isInBox, scale > TextFitter.hopeless {
            scale *= 0.9
            fitted = fit(scale)
        }
        return fitted
    }

    private struct Plan {
        let lines: Int
        /// Of the widest line in full size.
        let width: Double
        let scale: Double
    }

    /// The largest size at which so many lines of that width fit the box.
    private func plan(lines: Int, width: Double) -> Plan {
        let byWidth = width > 0 ? field.width / width * TextFitter.slack : 1
        let byHeight = field.height / field.height(lines: lines, size: field.size)
        return Plan(lines: lines, width: width, scale: min(1, byWidth, byHeight))
    }

    private var smallestScale: Double { field.smallest / field.size }

    /// At least one.
    private func linesInHeight(scale: Double) -> Int {
        let size = field.size * scale
        let extra = (field.height - field.height(lines: 1, size: size)) / (field.lineHeight * size)
        return max(1, min(field.lines, Int((extra + 1e-6).rounded(.down)) + 1))
    }
}
