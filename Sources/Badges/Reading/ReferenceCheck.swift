/// Refuses what a template would fetch from outside, what would not be printed, and what grows without
/// measure when it is drawn.
struct ReferenceCheck {
    /// More elements than this, with each `<use>` counted in full, are no drawing by a person.
    static let drawnElementsLimit = 20_000
    /// In bytes of outlines, with each `<use>` counted in full: four times what a whole file may have.
    static let drawnOutlinesLimit = 4 << 20
    /// In pixels of embedded pictures, with each `<use>` counted in full: three of the largest.
    static let drawnPicturesLimit = 3 * EmbeddedPicture.sideLimit * EmbeddedPicture.sideLimit

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
    /// What can be pointed at.
    private let ids: Set<String>

    init(_ root: MarkupElement, mistakes: MistakeList) {
        self.mistakes = mistakes
        var ids: Set<String> = []
        ReferenceCheck.gather(&ids, in: root)
        self.ids = ids
    }

    func check(_ root: MarkupElement) {
        visit(root)
        for (what, limit, weight) in ReferenceCheck.drawn {
            var expansion = UseExpansion(root, limit: limit, weight: weight)
            guard expansion.count(root) > limit else { continue }
            // What contains itself would have all of them.
            return mistakes.add("More than \(limit) \(what), each <use> counted in full", line: root.line)
        }
    }

    private static let drawn: [(what: String, limit: Int, weight: @Sendable (MarkupElement) -> Int)] = [
        ("elements are drawn", drawnElementsLimit, { _ in 1 }),
        (
            "bytes of outlines are drawn", drawnOutlinesLimit,
            { element in ["d", "points"].reduce(0) { $0 + (element.attribute($1)?.value.utf8.count ?? 0) } }
        ),
        (
            "pixels of pictures are drawn", drawnPicturesLimit,
            { element in
                guard element.name == "image", let link = element.link?.value.trimmingSpaces else { return 0 }
                return EmbeddedPicture.pixels(in: link)
            }
        ),
    ]

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

    private static func gather(_ ids: inout Set<String>, in element: MarkupElement) {
        if let id = element.attribute("id")?.value { ids.insert(id) }
        for child in element.elements { gather(&ids, in: child) }
    }

    private func checkLink(_ attribute: MarkupAttribute, of element: MarkupElement) {
        let target = attribute.value.trimmingSpaces
        // Where a link on a badge would lead is not looked at.
        if target.isEmpty || (element.name == "a" && attribute.name == "href") { return }
        if target.hasPrefix("#") {
            checkTarget(target.dropFirst(), of: attribute)
            return
        }
        guard element.name == "image", target.hasPrefix("data:") else {
            mistakes.add(
                "“\(target.prefix(60))” is outside the file; only #ids and embedded pictures are taken",
                line: attribute.line)
            return
        }
        if let reason = EmbeddedPicture.mistake(in: target) { mistakes.add(reason, line: attribute.line) }
    }

    private func checkTarget(_ id: Substring, of attribute: MarkupAttribute) {
        guard !ids.contains(String(id)) else { return }
        mistakes.add(
            "\(attribute.name) points at “#\(id.prefix(60))”, which is not in the file", line: attribute.line)
    }

    private func checkStyle(_ attribute: MarkupAttribute) {
        let value = attribute.value.lowercased()
        for reference in References(in: attribute.value) {
            if let id = reference.id {
                checkTarget(id, of: attribute)
            } else {
                mistakes.add(
                    "\(attribute.name) has “url(\(reference.text.prefix(40))”, which is outside the file",
                    line: attribute.line)
            }
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
