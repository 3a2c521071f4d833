/// Reads a `<text>` that has placeholders into a field, and says what of it can't be printed as drawn.
struct FieldReader {
    static let linesLimit = 50
    static let attributes: Set<String> = [
        "data-width", "data-height", "data-lines", "data-smallest", "data-wrap-below", "data-grow",
    ]

    let element: MarkupElement
    let mistakes: MistakeList
    private let known: [TextField.Placeholder]
    /// The innermost element with the text, whose style and position count.
    private let leaf: MarkupElement
    private let style: Style

    /// - Parameter known: what may be filled in.
    init(
        _ element: MarkupElement, known: [TextField.Placeholder], in parent: Style, mistakes: MistakeList
    ) {
        self.known = known
        self.element = element
        self.mistakes = mistakes
        var style = Style(of: element, in: parent, mistakes: mistakes)
        var leaf = element
        while let only = leaf.elements.first, leaf.elements.count == 1, only.isSVG("tspan"),
            FieldReader.text(in: leaf).trimmingSpaces.isEmpty
        {
            leaf = only
            style = Style(of: leaf, in: style, mistakes: mistakes)
        }
        self.leaf = leaf
        self.style = style
    }

    /// Nil if there are mistakes in what could not be left out, or if the text is hidden.
    func field(transform: Affine) -> TextField? {
        guard leaf.elements.isEmpty else {
            mistakes.add(
                "A text with a placeholder is one piece; make a <text> of its own for each placeholder",
                line: leaf.elements[0].line)
            return nil
        }
        refuseUnprintable()
        refuseUnknownAttributes()
        let pieces = PlaceholderText(
            FieldReader.text(in: leaf), known: known, line: textLine, mistakes: mistakes
        ).pieces
        let scale = transform.evenScale
        if scale == nil {
            mistakes.add(
                "A text with a placeholder may be moved, turned and scaled, but not stretched, slanted or mirrored",
                line: element.line)
        }
        // Each is read even if another is wrong, so that all mistakes are told.
        let type = TypeReader(style: style, element: element, mistakes: mistakes)
        let (readX, readY) = (coordinate("x"), coordinate("y"))
        let (readSize, readLineHeight, readAnchor) = (type.size, type.lineHeight, type.anchor)
        let readLook = type.typeStyle(size: readSize ?? 1)
        let (readWidth, readLines, readGrowth) = (length("data-width", atLeast: 0), lineCount, growth)
        guard let size = readSize, let sizes = sizes(size), let lineHeight = readLineHeight,
            let lines = readLines, let height = height(lines, lineHeight, sizes: sizes), let scale,
            let x = readX, let y = readY, let look = readLook, let width = readWidth, let anchor = readAnchor,
            let growth = readGrowth, !style.isHidden
        else { return nil }
        let origin = transform.point(x, y)
        return TextField(
            line: element.line, pieces: pieces,
            place: Affine(
                a: transform.a / scale, b: transform.b / scale, c: transform.c / scale,
                d: transform.d / scale,
                e: origin.x, f: origin.y),
            width: width * scale, height: height * scale, lines: lines, size: size * scale,
            smallest: sizes.smallest * scale, wrapBelow: sizes.wrapBelow * scale, anchor: anchor,
            growth: growth, lineHeight: lineHeight, type: look)
    }

    private typealias Sizes = (full: Double, smallest: Double, wrapBelow: Double)

    private func sizes(_ full: Double) -> Sizes? {
        guard let smallest = length("data-smallest", atLeast: 0, atMost: full, otherwise: full),
            let wrapBelow = length("data-wrap-below", atLeast: smallest, atMost: full, otherwise: smallest)
        else { return nil }
        return (full, smallest, wrapBelow)
    }

    private func height(_ lines: Int, _ lineHeight: Double, sizes: Sizes) -> Double? {
        let line = TextField.ascent + TextField.descent
        return length(
            "data-height", atLeast: line * sizes.smallest,
            otherwise: (Double(lines - 1) * lineHeight + line) * sizes.full)
    }

    private static func text(in element: MarkupElement) -> String {
        element.children.map { node in
            if case .text(let text, _) = node { text } else { "" }
        }.joined()
    }

    private var textLine: Int {
        for case .text(_, let line) in leaf.children { return line }
        return leaf.line
    }

    private func refuseUnprintable() {
        let harmless: [String: Set<String>] = [
            "clip-path": ["none"], "filter": ["none"], "mask": ["none"], "mix-blend-mode": ["normal"],
            "shape-inside": ["auto", "none"], "text-decoration": ["none"], "text-decoration-line": ["none"],
            "text-shadow": ["none"], "stroke": ["none"], "font-variant": ["normal"],
            "word-spacing": ["normal", "0", "0px"], "baseline-shift": ["baseline", "0", "0px"],
            "writing-mode": ["lr", "lr-tb", "horizontal-tb"],
        ]
        for (name, values) in harmless.sorted(by: { $0.key < $1.key }) {
            guard let value = style[name], !values.contains(value.text) else { continue }
            mistakes.add("\(name) can't be had on a text with a placeholder", line: value.line)
        }
        for name in ["dx", "dy", "rotate", "textLength", "class"] {
            for element in element === leaf ? [element] : [element, leaf] {
                guard let attribute = element.attribute(name) else { continue }
                mistakes.add("\(name) can't be had on a text with a placeholder", line: attribute.line)
            }
        }
    }

    private func refuseUnknownAttributes() {
        for attribute in element.attributes + (element === leaf ? [] : leaf.attributes)
        where attribute.prefix.isEmpty && attribute.name.hasPrefix("data-") {
            guard !FieldReader.attributes.contains(attribute.name) else { continue }
            let known = FieldReader.attributes.sorted().joined(separator: ", ")
            mistakes.add("Unknown attribute \(attribute.name); known are \(known)", line: attribute.line)
        }
    }

    private func attribute(_ name: String) -> MarkupAttribute? {
        leaf.attribute(name) ?? element.attribute(name)
    }

    private func coordinate(_ name: String) -> Double? {
        guard let attribute = attribute(name) else { return 0 }
        guard let value = Length.userUnits(attribute.value) else {
            mistakes.add(
                "\(name) “\(attribute.value)” is not one number in the units of the viewBox",
                line: attribute.line)
            return nil
        }
        return value
    }

    private func length(
        _ name: String, atLeast low: Double, atMost high: Double = .infinity, otherwise: Double? = nil
    ) -> Double? {
        guard let attribute = attribute(name) else {
            if otherwise == nil {
                mistakes.add("A text with a placeholder needs \(name)", line: element.line)
            }
            return otherwise
        }
        guard let value = Length.userUnits(attribute.value), value > 0, value >= low, value <= high else {
            let range =
                switch (low > 0, high.isFinite) {
                case (true, true): " from \(PageText.number(low)) to \(PageText.number(high))"
                case (false, true): " above 0, up to \(PageText.number(high))"
                case (true, false): " from \(PageText.number(low)) on"
                case (false, false): " above 0"
                }
            mistakes.add("\(name) “\(attribute.value)” is not a number\(range)", line: attribute.line)
            return nil
        }
        return value
    }

    private var lineCount: Int? {
        guard let attribute = attribute("data-lines") else { return 1 }
        guard let count = Int(attribute.value), (1...FieldReader.linesLimit).contains(count) else {
            mistakes.add(
                "data-lines “\(attribute.value)” is not a whole number from 1 to \(FieldReader.linesLimit)",
                line: attribute.line)
            return nil
        }
        return count
    }

    private var growth: TextField.Growth? {
        guard let attribute = attribute("data-grow") else { return .down }
        guard let growth = TextField.Growth(rawValue: attribute.value) else {
            mistakes.add("data-grow “\(attribute.value)” is none of down, up, both", line: attribute.line)
            return nil
        }
        return growth
    }
}
