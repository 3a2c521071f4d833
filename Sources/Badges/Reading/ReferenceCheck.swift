/// Refuses what a template would fetch from outside, what would not be printed, and what grows without
/// measure when it is drawn.
struct ReferenceCheck {
    /// More elements than this, with each `<use>` counted in full, are no drawing by a person.
    static let drawnElementsLimit = 20_000

    /// Elements that are not drawn, or not as an editor shows them.
    private static let refused = [
        "style": "Style sheets are not read; put the properties into each element's style",
        "script": "A template has no scripts",
        "foreignObject": "<foreignObject> is not printed; use <text>",
        "flowRoot": "<flowRoot> is not printed; turn it into plain text in the editor",
        "feImage": "<feImage> is not taken; use <image> with an embedded picture",
        "animate": "A template has no animation", "set": "A template has no animation",
        "animateTransform": "A template has no animation", "animateMotion": "A template has no animation",
    ]

    let mistakes: MistakeList

    func check(_ root: MarkupElement) {
        visit(root)
        var expansion = UseExpansion(root)
        if expansion.count(root) > ReferenceCheck.drawnElementsLimit {
            mistakes.add(
                "More than \(ReferenceCheck.drawnElementsLimit) elements are drawn, each <use> counted in full",
                line: root.line)
        }
    }

    private func visit(_ element: MarkupElement) {
        guard element.isSVG else { return }
        if let reason = ReferenceCheck.refused[element.name] { mistakes.add(reason, line: element.line) }
        for attribute in element.attributes {
            if attribute.name == "href" || (attribute.prefix == "xml" && attribute.name == "base") {
                checkLink(attribute, of: element)
            } else if attribute.prefix.isEmpty {
                checkStyle(attribute)
            }
        }
        for child in element.elements { visit(child) }
    }

    private func checkLink(_ attribute: MarkupAttribute, of element: MarkupElement) {
        let target = attribute.value.trimmingSpaces
        if target.isEmpty || target.hasPrefix("#") { return }
        // Where a link on a badge would lead is not looked at.
        if element.name == "a", attribute.name == "href" { return }
        guard element.name == "image", target.hasPrefix("data:") else {
            mistakes.add(
                "“\(target.prefix(60))” is outside the file; only #ids and embedded pictures are taken",
                line: attribute.line)
            return
        }
        if let reason = EmbeddedPicture.mistake(in: target) { mistakes.add(reason, line: attribute.line) }
    }

    private func checkStyle(_ attribute: MarkupAttribute) {
        let value = attribute.value.lowercased()
        var rest = value[...]
        while let open = rest.firstRange(of: "url(") {
            rest = rest[open.upperBound...]
            let target = rest.drop { $0 == "'" || $0 == "\"" || $0.isWhitespace }
            guard !target.hasPrefix("#") else { continue }
            mistakes.add(
                "\(attribute.name) has “url(\(target.prefix(40))”, which is outside the file",
                line: attribute.line)
        }
        if attribute.name == "style", value.contains("@import") {
            mistakes.add("style has an @import, which is outside the file", line: attribute.line)
        }
        let isFilter =
            attribute.name == "filter" || attribute.name == "style" && value.contains("filter:url(")
        if isFilter, value.contains("url(") {
            mistakes.add(
                "A filter comes out of a printer as coarse squares; do without it", line: attribute.line)
        }
    }
}

extension Substring {
    /// Where an ASCII text first stands.
    fileprivate func firstRange(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}
