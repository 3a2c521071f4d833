/// Walks through a template once: gathers its fields and the QR code's place, and all its mistakes.
final class TemplateReader {
    /// On paper, in millimetres; below it no code fits, above it no badge printer prints.
    static let sizeRange = 10.0...1000.0
    /// The QR code of a `CODE.N` with its quiet zone is 33 modules wide, so a module is 0.45 mm: what a
    /// cheap scanner still reads, and more than three dots of a 203 dpi label printer.
    static let smallestCodeMillimetres = 15.0
    static let fieldsLimit = 100

    private let purpose: TemplatePurpose
    private let mistakes: MistakeList
    private(set) var fields: [TextField] = []
    private(set) var code: CodePlace?
    /// What is drawn for each badge and so is no part of the artwork.
    private(set) var filledIn: Set<ObjectIdentifier> = []
    private var hasCode = false
    private var isPageKnown = false

    init(purpose: TemplatePurpose, mistakes: MistakeList) {
        self.purpose = purpose
        self.mistakes = mistakes
    }

    /// The page's size; nil if it has mistakes.
    func read(_ root: MarkupElement) -> PageSize? {
        guard root.isSVG("svg") else {
            mistakes.add(
                "The outermost element is not <svg xmlns=\"\(MarkupParser.svgNamespace)\">", line: root.line)
            return nil
        }
        let page = PageSize(of: root, mistakes: mistakes)
        if let transform = root.attribute("transform") {
            mistakes.add("The outermost element has no transform", line: transform.line)
        }
        isPageKnown = page != nil
        let start = Surroundings(transform: page?.transform ?? Affine(), style: Style(), isPlain: true)
        visit(root, in: start)
        ReferenceCheck(root, mistakes: mistakes).check(root)
        ValueCheck(without: filledIn, mistakes: mistakes).check(root)
        if !hasCode, purpose.needsCode {
            mistakes.add("There is no <rect id=\"qr\"> for the QR code", line: root.line)
        }
        guard let page else { return nil }
        LayoutCheck(page: page, mistakes: mistakes).check(fields: fields, code: code)
        return page
    }

    /// What reaches an element from those around it.
    private struct Surroundings {
        var transform: Affine
        var style: Style
        /// Whether only groups are around it, so that it is drawn once, where it stands.
        var isPlain: Bool
        var isInText = false
    }

    private func visit(_ element: MarkupElement, in outer: Surroundings) {
        guard element.isSVG else { return }
        if element.isSVG("text"), MarkupText.hasPlaceholder(element) {
            readField(element, in: outer)
            return
        }
        if element.attribute("id")?.value == "qr" { readCode(element, in: outer) }
        refusePlaceholders(in: element, isInText: outer.isInText || element.isSVG("text"))
        var inner = outer
        inner.isInText = outer.isInText || element.isSVG("text")
        inner.style = Style(of: element, in: outer.style, mistakes: mistakes)
        if let transform = transform(of: element) {
            inner.transform = outer.transform.applied(after: transform)
        }
        let isRoot = element.isSVG("svg") && outer.transform == inner.transform && outer.isPlain
        let hasEffect = ["clip-path", "mask", "filter", "mix-blend-mode"].contains { name in
            inner.style[name].map { !["none", "normal"].contains($0.text) } ?? false
        }
        inner.isPlain = outer.isPlain && (isRoot || ["g", "a"].contains(element.name)) && !hasEffect
        for child in element.elements { visit(child, in: inner) }
    }

    private func readField(_ element: MarkupElement, in outer: Surroundings) {
        filledIn.insert(ObjectIdentifier(element))
        MarkupText.refusePlaceholdersInAttributes(of: element, mistakes: mistakes)
        guard outer.isPlain else {
            mistakes.add(
                "A text with a placeholder stands in groups without clip, mask, filter or blending, not in "
                    + "<defs>, <symbol>, <switch> or the like", line: element.line)
            return
        }
        guard fields.count < TemplateReader.fieldsLimit else {
            mistakes.add(
                "There are more than \(TemplateReader.fieldsLimit) texts with placeholders",
                line: element.line)
            return
        }
        let own = transform(of: element) ?? Affine()
        let reader = FieldReader(
            element, known: purpose.placeholders, in: outer.style, mistakes: mistakes)
        if let field = reader.field(transform: outer.transform.applied(after: own)) { fields.append(field) }
    }

    private func readCode(_ element: MarkupElement, in outer: Surroundings) {
        filledIn.insert(ObjectIdentifier(element))
        if hasCode { mistakes.add("There is more than one element with id=\"qr\"", line: element.line) }
        hasCode = true
        guard element.isSVG("rect") else {
            mistakes.add(
                "The element with id=\"qr\" is a <\(element.name)>, not a <rect>", line: element.line)
            return
        }
        let style = Style(of: element, in: outer.style, mistakes: mistakes)
        guard outer.isPlain, !style.isHidden else {
            mistakes.add(
                "The QR code’s <rect> must be seen: not hidden, clipped, masked or in <defs>",
                line: element.line)
            return
        }
        let own = transform(of: element) ?? Affine()
        code = CodePlace(
            element, transform: outer.transform.applied(after: own), isPageKnown: isPageKnown,
            mistakes: mistakes)
    }

    private func transform(of element: MarkupElement) -> Affine? {
        guard let attribute = element.attribute("transform"), !element.isSVG("svg") else { return nil }
        guard let transform = Affine(svg: attribute.value) else {
            mistakes.add("transform “\(attribute.value)” can't be read", line: attribute.line)
            return nil
        }
        return transform
    }

    private func refusePlaceholders(in element: MarkupElement, isInText: Bool) {
        MarkupText.refusePlaceholdersInAttributes(of: element, mistakes: mistakes)
        for attribute in element.attributes where FieldReader.attributes.contains(attribute.name) {
            mistakes.add("\(attribute.name) is only for a <text> with a placeholder", line: attribute.line)
        }
        for case .text(let text, let line) in element.children
        where !isInText && PlaceholderText.hasPlaceholder(text) {
            mistakes.add("A placeholder stands in <\(element.name)>, not in a <text>", line: line)
        }
    }
}

/// Where text stands in the markup.
enum MarkupText {
    static func hasPlaceholder(_ element: MarkupElement) -> Bool {
        element.children.contains { node in
            switch node {
            case .text(let text, _): PlaceholderText.hasPlaceholder(text)
            case .element(let child): hasPlaceholder(child)
            }
        }
    }

    static func refusePlaceholdersInAttributes(of element: MarkupElement, mistakes: MistakeList) {
        for attribute in element.attributes
        where attribute.prefix.isEmpty && PlaceholderText.hasPlaceholder(attribute.value) {
            mistakes.add(
                "A placeholder stands in the attribute \(attribute.name), not in a <text>",
                line: attribute.line)
        }
    }
}
