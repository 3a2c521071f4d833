internal import Registration

/// What is bound to a `$1` of a statement, in the types that every engine has.
public enum Value: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])

    static func integer(_ number: Int) -> Value { .integer(Int64(number)) }
    static func id<Thing>(_ id: Identifier<Thing>) -> Value { .integer(id.rawValue) }
    static func id<Thing>(_ id: Identifier<Thing>?) -> Value { id.map { .integer($0.rawValue) } ?? .null }
    static func time(_ moment: Timestamp) -> Value { .integer(moment.rawValue) }
    static func time(_ moment: Timestamp?) -> Value { moment.map { .integer($0.rawValue) } ?? .null }
    static func optional(_ number: Int?) -> Value { number.map { .integer(Int64($0)) } ?? .null }
    static func optional(_ text: String?) -> Value { text.map(Value.text) ?? .null }
}
