/// Reads a `<text>` that has placeholders into a field, and says what of it can't be printed as drawn.
struct FieldReader {
    static let linesLimit = 50
    static let attributes: Set<String> = [
        "data-width", "data-height", "data-lines", "data-smallest", "data-wrap-below", "data-grow",
    ]

    let element: MarkupElement
    let mistakes: MistakeList
    /// The innermost element with the text, whose style and position count.
    private let leaf: MarkupElement
    private let style: Style

    init(_ element: MarkupElement, in parent: Style, mistakes: MistakeList) {
        self.element = element
        self.mistakes = mistakes
        var style = Style(of: element, in: parent, mistakes: mistakes)
        var leaf = element
        while let only = leaf.elements.first, leaf.elements.count == 1, only.isSVG("tspan"),
            FieldReader.ownText(of: leaf).isEmpty
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
        let pieces = PlaceholderText(FieldReader.ownText(of: leaf), line: textLine, mistakes: mistakes).pieces
        let type = TypeReader(style: style, element: element, mistakes: mistakes)
        guard let scale = transform.evenScale else {
            mistakes.add(
                "A text with a placeholder may be moved, turned and scaled, but not stretched, slanted or mirrored",
                line: element.line)
            return nil
        }
        guard let x = coordinate("x"), let y = coordinate("y"), let size = type.size,
            let look = type.typeStyle(size: size), let lineHeight = type.lineHeight,
            let width = length("data-width", atLeast: 0), let lines = lineCount,
            let smallest = length("data-smallest", atLeast: 0, atMost: size, otherwise: size),
            let wrapBelow = length("data-wrap-below", atLeast: smallest, atMost: size, otherwise: smallest),
            let anchor = type.anchor, let growth
        else { return nil }
        let lineBox = TextField.ascent + TextField.descent
        guard
            let height = length(
                "data-height", atLeast: lineBox * smallest,
                otherwise: (Double(lines - 1) * lineHeight + lineBox) * size)
        else { return nil }
        let origin = transform.point(x, y)
        guard !style.isHidden else { return nil }
        return TextField(
            line: element.line, pieces: pieces,
            place: Affine(
                a: transform.a / scale, b: transform.b / scale, c: transform.c / scale,
                d: transform.d / scale,
                e: origin.x, f: origin.y),
            width: width * scale, height: height * scale, lines: lines, size: size * scale,
            smallest: smallest * scale, wrapBelow: wrapBelow * scale, anchor: anchor, growth: growth,
            lineHeight: lineHeight, type: look)
    }

    private static func ownText(of element: MarkupElement) -> String {
        element.children.map { node in
            if case .text(let text, _) = node { text } else { "" }
        }.joined().trimmingSpaces
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
                high.isFinite ? low > 0 ? " from \(low) to \(high)" : " above 0, up to \(high)" : " above 0"
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
