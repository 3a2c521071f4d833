internal import CXML

/// Reads XML into elements that know their lines. Entities, other declarations and processing
/// instructions are refused, so nothing grows beyond what was written and nothing outside is looked at.
struct MarkupParser {
    static let svgNamespace = "http://www.w3.org/2000/svg"

    /// Nil if the text is not well-formed; what is wrong is in `mistakes`.
    static func parse(_ bytes: [UInt8], mistakes: MistakeList) -> MarkupElement? {
        let state = ParserState(bytes: bytes, mistakes: mistakes)
        return bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress?.assumingMemoryBound(to: CChar.self),
                let context = xmlCreateMemoryParserCtxt(base, Int32(buffer.count))
            else {
                mistakes.add("The file is empty", line: nil)
                return nil
            }
            defer { xmlFreeParserCtxt(context) }
            state.context = context
            context.pointee.sax.pointee = handler
            context.pointee.userData = Unmanaged.passUnretained(state).toOpaque()
            xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_BIG_LINES.rawValue))
            xmlParseDocument(context)
            guard context.pointee.wellFormed == 1, !state.isRefused, let root = state.root else {
                if mistakes.mistakes.isEmpty { mistakes.add("This is not well-formed XML", line: 1) }
                return nil
            }
            return root
        }
    }

    private static var handler: xmlSAXHandler {
        var handler = xmlSAXHandler()
        handler.initialized = UInt32(XML_SAX2_MAGIC)
        handler.startElementNs = { state, name, prefix, uri, _, _, count, _, attributes in
            ParserState.at(state).start(
                name: string(name), prefix: string(prefix), namespace: string(uri),
                attributes: attributes, count: Int(count))
        }
        handler.endElementNs = { state, _, _, _ in ParserState.at(state).end() }
        handler.characters = { state, text, count in
            ParserState.at(state).characters(text, count: Int(count))
        }
        handler.cdataBlock = handler.characters
        handler.ignorableWhitespace = handler.characters
        handler.entityDecl = { state, _, _, _, _, _ in ParserState.at(state).refuseDeclaration() }
        handler.attributeDecl = { state, _, _, _, _, _, values in
            xmlFreeEnumeration(values)
            ParserState.at(state).refuseDeclaration()
        }
        handler.elementDecl = { state, _, _, _ in ParserState.at(state).refuseDeclaration() }
        handler.notationDecl = { state, _, _, _ in ParserState.at(state).refuseDeclaration() }
        handler.processingInstruction = { state, _, _ in
            ParserState.at(state).refuse(
                "Processing instructions such as style sheets are not read; remove it")
        }
        handler.serror = { state, error in
            guard let error, error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
            ParserState.at(state).notWellFormed(error.pointee)
        }
        return handler
    }
}

private func string(_ text: UnsafePointer<xmlChar>?) -> String {
    text.map { String(cString: $0) } ?? ""
}

/// What the parser's callbacks build up; used by one parse, on one thread.
private final class ParserState {
    var root: MarkupElement?
    var context: xmlParserCtxtPtr?
    private(set) var isRefused = false
    private var open: [MarkupElement] = []
    private var lastLine: Int?
    private let source: SourceLines
    private let mistakes: MistakeList

    init(bytes: [UInt8], mistakes: MistakeList) {
        source = SourceLines(bytes)
        self.mistakes = mistakes
    }

    /// The callbacks' user data, which `parse` keeps alive for their whole time.
    static func at(_ userData: UnsafeMutableRawPointer?) -> ParserState {
        guard let userData else { preconditionFailure("libxml2 lost the parser's state") }
        return Unmanaged<ParserState>.fromOpaque(userData).takeUnretainedValue()
    }

    func start(
        name: String, prefix: String, namespace: String,
        attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, count: Int
    ) {
        // The parser stands behind the tag's last attribute.
        let tag = source.tag(endingAt: Int(xmlByteConsumed(context)))
        let element = MarkupElement(
            prefix: prefix, name: name, isSVG: namespace == MarkupParser.svgNamespace, line: tag.line,
            attributes: (0..<count).compactMap { index in attribute(attributes, index, in: tag) })
        open.last?.children.append(.element(element))
        if root == nil { root = element }
        open.append(element)
    }

    func end() {
        open.removeLast()
    }

    func characters(_ text: UnsafePointer<xmlChar>?, count: Int) {
        guard let text, let element = open.last else { return }
        let bytes = UnsafeBufferPointer(start: text, count: count)
        let line = Int(context?.pointee.input.pointee.line ?? 1) - bytes.count { $0 == UInt8(ascii: "\n") }
        let piece = String(decoding: bytes, as: UTF8.self)
        // Text comes in pieces, cut at references such as `&amp;`.
        if case .text(let before, let first) = element.children.last {
            element.children[element.children.count - 1] = .text(before + piece, line: first)
        } else {
            element.children.append(.text(piece, line: line))
        }
    }

    func refuseDeclaration() {
        refuse("A template declares no entities, elements or attributes; remove the DOCTYPE")
    }

    func refuse(_ reason: String) {
        if !isRefused { mistakes.add(reason, line: Int(context?.pointee.input.pointee.line ?? 1)) }
        isRefused = true
        xmlStopParser(context)
    }

    func notWellFormed(_ error: xmlError) {
        // What follows on the same line follows from the first.
        guard !isRefused, lastLine != Int(error.line) else { return }
        lastLine = Int(error.line)
        let message = error.message.map { String(cString: $0) } ?? ""
        let reason = message.split(whereSeparator: \.isNewline).joined(separator: " ")
        mistakes.add("This is not well-formed XML: \(reason)", line: Int(error.line))
    }

    /// Each attribute is five pointers: name, prefix, namespace, and the value's start and end.
    private func attribute(
        _ all: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ index: Int, in tag: SourceLines.Tag
    ) -> MarkupAttribute? {
        guard let all, let name = all[index * 5], let start = all[index * 5 + 3], let end = all[index * 5 + 4]
        else { return nil }
        let prefix = string(all[index * 5 + 1])
        let local = string(name)
        let value = String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
        let line = tag.attributeLines[prefix.isEmpty ? local : "\(prefix):\(local)"] ?? tag.line
        return MarkupAttribute(prefix: prefix, name: local, value: value, line: line)
    }
}
