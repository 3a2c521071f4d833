internal import CCups

/// One value of an attribute.
enum IPPValue: Hashable, Sendable {
    case integer(Int)
    case boolean(Bool)
    case text(String)
    case range(Int, Int)
    case collection(IPPAttributes)
    /// Of a kind that nothing here asks for.
    case other
}

/// The attributes of one printer or one job.
struct IPPAttributes: Hashable, Sendable {
    var values: [String: [IPPValue]] = [:]

    func integer(_ name: String) -> Int? {
        if case .integer(let value)? = values[name]?.first { value } else { nil }
    }
    func boolean(_ name: String) -> Bool? {
        if case .boolean(let value)? = values[name]?.first { value } else { nil }
    }
    func text(_ name: String) -> String? { texts(name).first }
    func texts(_ name: String) -> [String] {
        (values[name] ?? []).compactMap { if case .text(let value) = $0 { value } else { nil } }
    }
    func collection(_ name: String) -> IPPAttributes? { collections(name).first }
    func collections(_ name: String) -> [IPPAttributes] {
        (values[name] ?? []).compactMap { if case .collection(let value) = $0 { value } else { nil } }
    }
}

/// What a print server answered, out of libcups's hands.
struct IPPAnswer: Hashable, Sendable {
    var status: Int32
    var message: String
    /// The printers or jobs, one each.
    var things: [IPPAttributes]

    init(status: Int32, message: String, things: [IPPAttributes]) {
        self.status = status
        self.message = message
        self.things = things
    }

    /// Reads it and frees it.
    init(taking response: OpaquePointer) {
        defer { ippDelete(response) }
        status = Int32(bitPattern: UInt32(ippGetStatusCode(response).rawValue))
        message = ""
        things = []
        var current = IPPAttributes()
        var attribute = ippFirstAttribute(response)
        while let found = attribute {
            let group = ippGetGroupTag(found)
            if let name = ippGetName(found).map({ String(cString: $0) }) {
                let values = IPPAnswer.values(of: found)
                if group == IPP_TAG_OPERATION {
                    if name == "status-message", case .text(let text)? = values.first { message = text }
                } else {
                    current.values[name] = values
                }
            } else if !current.values.isEmpty {
                // A separator: the next printer or job begins.
                things.append(current)
                current = IPPAttributes()
            }
            attribute = ippNextAttribute(response)
        }
        if !current.values.isEmpty { things.append(current) }
        if message.isEmpty { message = String(cString: ippErrorString(ippGetStatusCode(response))) }
    }

    private static func values(of attribute: OpaquePointer) -> [IPPValue] {
        let tag = ippGetValueTag(attribute)
        return (0..<ippGetCount(attribute)).map { index in
            switch tag {
            case IPP_TAG_INTEGER, IPP_TAG_ENUM: .integer(Int(ippGetInteger(attribute, index)))
            case IPP_TAG_BOOLEAN: .boolean(ippGetBoolean(attribute, index) != 0)
            case IPP_TAG_RANGE: range(of: attribute, index)
            case IPP_TAG_BEGIN_COLLECTION:
                ippGetCollection(attribute, index).map { .collection(members(of: $0)) } ?? .other
            default: ippGetString(attribute, index, nil).map { .text(String(cString: $0)) } ?? .other
            }
        }
    }

    private static func range(of attribute: OpaquePointer, _ index: Int32) -> IPPValue {
        var upper: Int32 = 0
        let lower = ippGetRange(attribute, index, &upper)
        return .range(Int(lower), Int(upper))
    }

    private static func members(of collection: OpaquePointer) -> IPPAttributes {
        var members = IPPAttributes()
        var attribute = ippFirstAttribute(collection)
        while let found = attribute {
            if let name = ippGetName(found) { members.values[String(cString: name)] = values(of: found) }
            attribute = ippNextAttribute(collection)
        }
        return members
    }
}
