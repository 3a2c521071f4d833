internal import CJansson

/// Why a text is no JSON, and where.
struct MalformedJSON: Error {
    var sentence: String
}

extension JSON {
    /// How many lists and objects may stand in each other: far more than any request has.
    static let depthLimit = 32

    /// Reads a text in UTF-8. Names that come twice are refused, since nobody could say which one counts. Texts may
    /// hold the character U+0000, as JSON's may.
    ///
    /// The corresponding C function is `json_loadb`.
    init(parsing bytes: [UInt8]) throws(MalformedJSON) {
        var error = json_error_t()
        let tree = bytes.withUnsafeBytes { bytes in
            json_loadb(
                bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count,
                Int(JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL), &error)
        }
        guard let tree else {
            let reason = withUnsafeBytes(of: error.text) { text in
                String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
            }
            throw MalformedJSON(
                sentence: bytes.isEmpty
                    ? "The body is empty; it must be JSON."
                    : "The body is not JSON: line \(error.line), column \(error.column): \(reason).")
        }
        defer { json_decref(tree) }
        self = try JSON(tree, depth: 0)
    }

    private init(_ tree: UnsafeMutablePointer<json_t>, depth: Int) throws(MalformedJSON) {
        guard depth < JSON.depthLimit else {
            throw MalformedJSON(sentence: "The body is nested deeper than \(JSON.depthLimit) levels.")
        }
        switch tree.pointee.type {
        case JSON_OBJECT:
            var members: [Member] = []
            members.reserveCapacity(json_object_size(tree))
            var iterator = json_object_iter(tree)
            while let place = iterator {
                if let name = json_object_iter_key(place), let value = json_object_iter_value(place) {
                    members.append(Member(String(cString: name), try JSON(value, depth: depth + 1)))
                }
                iterator = json_object_iter_next(tree, place)
            }
            self = .object(members)
        case JSON_ARRAY:
            var items: [JSON] = []
            for index in 0..<json_array_size(tree) {
                if let item = json_array_get(tree, index) { items.append(try JSON(item, depth: depth + 1)) }
            }
            self = .list(items)
        case JSON_STRING:
            let text = UnsafeRawBufferPointer(
                start: json_string_value(tree), count: json_string_length(tree))
            self = .text(String(decoding: text, as: UTF8.self))
        case JSON_INTEGER: self = .integer(json_integer_value(tree))
        case JSON_REAL: self = .number(json_real_value(tree))
        case JSON_TRUE: self = .boolean(true)
        case JSON_FALSE: self = .boolean(false)
        default: self = .null
        }
    }
}

extension JSON {
    /// The text in UTF-8, without white space.
    ///
    /// Written here, since building the C library's tree first takes three times as long.
    var bytes: [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(512)
        write(to: &output)
        return output
    }

    private func write(to output: inout [UInt8]) {
        switch self {
        case .null: output += "null".utf8
        case .boolean(let value): output += value ? "true".utf8 : "false".utf8
        case .integer(let number): output += String(number).utf8
        case .number(let number): output += number.description.utf8
        case .text(let text): JSON.write(text, to: &output)
        case .list(let items):
            output.append(UInt8(ascii: "["))
            for (index, item) in items.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                item.write(to: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let members):
            output.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                JSON.write(member.name, to: &output)
                output.append(UInt8(ascii: ":"))
                member.value.write(to: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
    }

    private static func write(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                output.append(UInt8(ascii: "\\"))
                output.append(byte)
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                output += "\\u00".utf8
                output.append(digits[Int(byte >> 4)])
                output.append(digits[Int(byte & 15)])
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}
