/// The style properties that reach an element, from its attributes, its `style` and its ancestors.
struct Style {
    struct Value {
        let text: String
        let line: Int
    }

    /// Those a child takes over from its parent, as far as they matter to text.
    private static let inherited: Set<String> = [
        "direction", "fill", "fill-opacity", "font-family", "font-size", "font-stretch", "font-style",
        "font-variant", "font-weight", "letter-spacing", "line-height", "stroke", "text-anchor",
        "text-transform", "visibility", "writing-mode", "word-spacing", "paint-order", "baseline-shift",
    ]

    /// Those that an element has by itself.
    private static let own: Set<String> = [
        "clip-path", "display", "filter", "mask", "mix-blend-mode", "opacity", "shape-inside",
        "text-decoration", "text-decoration-line", "text-shadow",
    ]

    private var values: [String: Value] = [:]

    /// How much is seen through, from all ancestors.
    private(set) var opacity = 1.0

    /// Whether neither the element nor one around it is taken out of the drawing, as editors hide layers.
    private var isDisplayed = true

    init() {}

    init(of element: MarkupElement, in parent: Style, mistakes: MistakeList) {
        values = parent.values.filter { Style.inherited.contains($0.key) }
        opacity = parent.opacity
        isDisplayed = parent.isDisplayed
        for attribute in element.attributes where attribute.prefix.isEmpty {
            take(attribute.name, attribute.value, line: attribute.line)
        }
        for (name, value, line) in Style.declarations(of: element) { take(name, value, line: line) }
        if let own = values["opacity"] {
            if let number = Style.fraction(own.text) {
                opacity *= number
            } else {
                mistakes.add("opacity “\(own.text)” is not a number from 0 to 1", line: own.line)
            }
        }
        if values["display"]?.text == "none" { isDisplayed = false }
    }

    subscript(name: String) -> Value? { values[name] }

    var isHidden: Bool {
        !isDisplayed || opacity == 0 || ["hidden", "collapse"].contains(values["visibility"]?.text)
    }

    /// The properties in an element's `style`, in the order they are written.
    static func declarations(of element: MarkupElement) -> [(name: String, value: String, line: Int)] {
        guard let style = element.attribute("style") else { return [] }
        return style.value.split(separator: ";").compactMap { declaration in
            guard let colon = declaration.firstIndex(of: ":") else { return nil }
            let name = declaration[..<colon].trimmingSpaces
            return (name, declaration[declaration.index(after: colon)...].trimmingSpaces, style.line)
        }
    }

    /// A number from 0 to 1, or a percentage.
    static func fraction(_ text: String) -> Double? {
        let value =
            text.hasSuffix("%") ? Length.number(text.dropLast()).map { $0 / 100 } : Length.number(text)
        guard let value, (0...1).contains(value) else { return nil }
        return value
    }

    private mutating func take(_ name: String, _ value: String, line: Int) {
        guard Style.inherited.contains(name) || Style.own.contains(name), value != "inherit" else { return }
        values[name] = Value(text: value.trimmingSpaces, line: line)
    }
}
