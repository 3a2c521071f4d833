/// Refuses what a drawing would quietly do without: colours and lengths that are none, and fonts that are not
/// installed.
struct ValueCheck {
    private static let colours: Set<String> = [
        "fill", "stroke", "color", "stop-color", "flood-color", "lighting-color",
    ]
    private static let lengths: Set<String> = [
        "x", "y", "width", "height", "cx", "cy", "r", "rx", "ry", "x1", "y1", "x2", "y2", "fx", "fy", "dx",
        "dy",
    ]
    private static let units = ["px", "mm", "cm", "in", "pt", "pc", "em", "ex", "ch", "rem", "%"]
    private static let colourWords: Set<String> = [
        "none", "inherit", "initial", "unset", "currentcolor", "transparent", "context-fill",
        "context-stroke",
    ]
    private static let functions = ["url(", "rgb(", "rgba(", "hsl(", "hsla("]

    /// What is drawn for each badge, whose values are read elsewhere.
    let omitted: Set<ObjectIdentifier>
    let mistakes: MistakeList
    /// What `Style` finds wrong on the way was told when the template was read.
    private let toldBefore = MistakeList(file: "")

    init(without omitted: Set<ObjectIdentifier>, mistakes: MistakeList) {
        self.omitted = omitted
        self.mistakes = mistakes
    }

    func check(_ root: MarkupElement) {
        visit(root, in: Style(), isRoot: true)
    }

    private func visit(_ element: MarkupElement, in outer: Style, isRoot: Bool = false) {
        guard element.isSVG, !omitted.contains(ObjectIdentifier(element)) else { return }
        for attribute in element.attributes where attribute.prefix.isEmpty {
            checkColour(attribute.name, attribute.value, line: attribute.line)
            if !isRoot, ValueCheck.lengths.contains(attribute.name) { checkLength(attribute, of: element) }
        }
        for (name, value, line) in Style.declarations(of: element) {
            checkColour(name, value, line: line)
        }
        let style = Style(of: element, in: outer, mistakes: toldBefore)
        if hasText(element), !style.isHidden, let family = style["font-family"],
            !InstalledFonts.have(anyOf: family.text)
        {
            mistakes.add(InstalledFonts.mistake(family.text), line: family.line)
        }
        for child in element.elements { visit(child, in: style) }
    }

    private func hasText(_ element: MarkupElement) -> Bool {
        guard ["text", "tspan", "textPath"].contains(element.name) else { return false }
        return element.children.contains { node in
            if case .text(let text, _) = node { !text.trimmingSpaces.isEmpty } else { false }
        }
    }

    private func checkColour(_ name: String, _ value: String, line: Int) {
        guard ValueCheck.colours.contains(name), !ValueCheck.isColour(value) else { return }
        mistakes.add("\(name) “\(value.prefix(40))” is not a colour", line: line)
    }

    private static func isColour(_ value: String) -> Bool {
        // Behind a plain colour an editor may have noted the same for a press, or how much it matters.
        let text = value.trimmingSpaces.lowercased()
        if functions.contains(where: text.hasPrefix) { return true }
        guard let first = text.split(separator: " ").first.map(String.init) else { return false }
        if first.hasPrefix("#") {
            return [4, 5, 7, 9].contains(first.utf8.count) && first.dropFirst().allSatisfy(\.isHexDigit)
        }
        return colourWords.contains(first) || TypeReader.colour(first, alpha: 1) != nil
    }

    private func checkLength(_ attribute: MarkupAttribute, of element: MarkupElement) {
        let parts = attribute.value.split { ", \t\r\n".contains($0) }
        let mayBeMany = element.name == "text" || element.name == "tspan"
        guard !parts.isEmpty, parts.count == 1 || mayBeMany, parts.allSatisfy(ValueCheck.isLength) else {
            mistakes.add(
                "\(attribute.name) “\(attribute.value.prefix(40))” is not a length", line: attribute.line)
            return
        }
    }

    private static func isLength(_ text: Substring) -> Bool {
        if text == "auto" { return true }
        let unit = units.first { text.hasSuffix($0) } ?? ""
        return Length.number(text.dropLast(unit.count)) != nil
    }
}
