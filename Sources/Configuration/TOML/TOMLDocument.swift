import CToml

/// The root table of a file; throws what is wrong with the text as TOML, which is always one thing, as
/// nothing after it can be read.
func parseTOML(_ text: [UInt8], file: String) throws(InvalidFile) -> TOMLNode {
    if let line = DottedKeys.lineOfTooDeepKey(in: text) {
        let message = "a key has more than \(DottedKeys.partLimit) parts"
        throw InvalidFile([Mistake(file: file, position: Position(line: line, column: 1), message: message)])
    }
    let document = TOMLDocument(text)
    if let (position, message) = document.mistake {
        throw InvalidFile([Mistake(file: file, position: position, message: "not TOML: \(message)")])
    }
    return document.root
}

/// A text as toml++ read it. The corresponding C function is `ctoml_parse`.
private struct TOMLDocument: ~Copyable {
    private let handle: OpaquePointer

    init(_ text: [UInt8]) {
        let parsed = text.withUnsafeBytes { bytes in
            ctoml_parse(bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
        }
        // Texts are limited, and Swift's own allocations end the program in the same place.
        guard let parsed else { preconditionFailure("no memory to parse \(text.count) bytes") }
        handle = parsed
    }

    deinit {
        ctoml_free(handle)
    }

    var mistake: (Position, String)? {
        var position = ctoml_position()
        let text = ctoml_mistake(handle, &position)
        return text.start == nil ? nil : (Position(position), String(text))
    }

    var root: TOMLNode {
        var count = 0
        let start = ctoml_nodes(handle, &count)
        var rest = UnsafeBufferPointer(start: start, count: count)[...]
        return TOMLDocument.take(from: &rest)
    }

    /// The first node with all below it, which the C side put behind it.
    private static func take(from nodes: inout Slice<UnsafeBufferPointer<ctoml_node>>) -> TOMLNode {
        let node = nodes.removeFirst()
        let value: TOMLNode.Value
        switch node.kind {
        case .CTOML_TABLE:
            value = .table(
                (0..<node.count).map { _ in
                    // There is one, as the C side counted it.
                    let key = nodes[nodes.startIndex]
                    return TOMLEntry(
                        key: String(key.key), position: Position(key.key_position), node: take(from: &nodes))
                })
        case .CTOML_ARRAY: value = .array((0..<node.count).map { _ in take(from: &nodes) })
        case .CTOML_STRING: value = .string(String(node.string))
        case .CTOML_INTEGER: value = .integer(node.integer)
        case .CTOML_FLOAT: value = .float(node.number)
        case .CTOML_BOOLEAN: value = .boolean(node.integer != 0)
        case .CTOML_LOCAL_DATE: value = .localDate(CalendarDay(node))
        case .CTOML_LOCAL_TIME: value = .localTime
        case .CTOML_LOCAL_DATE_TIME: value = .localDateTime(WallClockTime(node))
        case .CTOML_OFFSET_DATE_TIME:
            value = .offsetDateTime(WallClockTime(node), offsetMinutes: Int(node.offset_minutes))
        }
        return TOMLNode(value: value, position: Position(node.position))
    }
}

extension String {
    fileprivate init(_ text: ctoml_text) {
        let start = UnsafeRawPointer(text.start)?.assumingMemoryBound(to: UInt8.self)
        self.init(decoding: UnsafeBufferPointer(start: start, count: text.length), as: UTF8.self)
    }
}

extension Position {
    fileprivate init(_ position: ctoml_position) {
        self.init(line: Int(position.line), column: Int(position.column))
    }
}

extension CalendarDay {
    fileprivate init(_ node: ctoml_node) {
        self.init(year: Int(node.year), month: Int(node.month), day: Int(node.day))
    }
}

extension WallClockTime {
    fileprivate init(_ node: ctoml_node) {
        self.init(
            day: CalendarDay(node), hour: Int(node.hour), minute: Int(node.minute), second: Int(node.second),
            millisecond: Int(node.nanosecond) / 1_000_000)
    }
}
