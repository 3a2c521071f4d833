/// An element of a template as it was written, with the lines that mistakes are told by.
final class MarkupElement {
    let prefix: String
    let name: String
    let isSVG: Bool
    let line: Int
    let attributes: [MarkupAttribute]
    var children: [MarkupNode] = []

    init(prefix: String, name: String, isSVG: Bool, line: Int, attributes: [MarkupAttribute]) {
        self.prefix = prefix
        self.name = name
        self.isSVG = isSVG
        self.line = line
        self.attributes = attributes
    }

    /// The attribute of that name which has no prefix.
    func attribute(_ name: String) -> MarkupAttribute? {
        attributes.first { $0.name == name && $0.prefix.isEmpty }
    }

    /// The target of a link, written `href` or `xlink:href`.
    var link: MarkupAttribute? {
        attributes.first { $0.name == "href" && ($0.prefix.isEmpty || $0.prefix == "xlink") }
    }

    var elements: [MarkupElement] {
        children.compactMap { node in
            if case .element(let element) = node { element } else { nil }
        }
    }

    /// Whether this is the SVG element of that name.
    func isSVG(_ name: String) -> Bool {
        isSVG && self.name == name
    }
}

struct MarkupAttribute {
    let prefix: String
    let name: String
    let value: String
    let line: Int
}

enum MarkupNode {
    case element(MarkupElement)
    case text(String, line: Int)
}
