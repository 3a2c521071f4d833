/// Writes what is the same on every badge as SVG for librsvg: the template without its fields and its QR
/// rectangle, and without what editors note for themselves.
struct ArtworkMarkup {
    let omitted: Set<ObjectIdentifier>
    private(set) var bytes: [UInt8] = []

    init(of root: MarkupElement, without omitted: Set<ObjectIdentifier>) {
        self.omitted = omitted
        write(root, isRoot: true)
    }

    private mutating func write(_ element: MarkupElement, isRoot: Bool = false) {
        guard element.isSVG, element.name != "metadata", !omitted.contains(ObjectIdentifier(element)) else {
            return
        }
        put("<\(element.name)")
        if isRoot {
            put(" xmlns=\"\(MarkupParser.svgNamespace)\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"")
        }
        for attribute in element.attributes {
            guard let name = name(of: attribute) else { continue }
            put(" \(name)=\"")
            putEscaped(attribute.value)
            put("\"")
        }
        put(">")
        for child in element.children {
            switch child {
            case .element(let child): write(child)
            case .text(let text, _): putEscaped(text)
            }
        }
        put("</\(element.name)>")
    }

    private func name(of attribute: MarkupAttribute) -> String? {
        switch attribute.prefix {
        case "": attribute.name
        case "xlink", "xml": "\(attribute.prefix):\(attribute.name)"
        default: nil
        }
    }

    private mutating func put(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func putEscaped(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "<"): put("&lt;")
            case UInt8(ascii: ">"): put("&gt;")
            case UInt8(ascii: "&"): put("&amp;")
            case UInt8(ascii: "\""): put("&quot;")
            case 0x0A, 0x0D, 0x09: put("&#\(byte);")
            default: bytes.append(byte)
            }
        }
    }
}
