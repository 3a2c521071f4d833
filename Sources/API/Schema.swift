/// What a JSON value may be: requests are checked against it, and the API's description shows it.
struct Schema: Sendable {
    indirect enum Kind: Sendable {
        /// At most so many Unicode characters, where a limit is given.
        case text(limit: Int?)
        /// At most so many bytes in UTF-8.
        case line(bytes: Int)
        /// A moment as RFC 3339 has it.
        case moment
        case word([String])
        case integer(ClosedRange<Int64>)
        case boolean
        case number(ClosedRange<Double>)
        case list(Schema, limit: Int?)
        case object([Member])
        /// An object whose members are not told.
        case anyObject
        /// An object whose members have names of the caller's, at most so many, each with such a value.
        case map(Schema, limit: Int?)
        /// A text, or true or false.
        case textOrBoolean
        /// What is no JSON: the bytes of a file.
        case bytes
        /// One that the description shows once, under its name.
        case named(String, Schema)
    }

    struct Member: Sendable {
        var name: String
        var schema: Schema
        var isRequired: Bool
    }

    var kind: Kind
    var about: String?
    var isNullable = false

    init(_ kind: Kind, about: String? = nil) {
        self.kind = kind
        self.about = about
    }

    static let text = Schema(.text(limit: nil))
    static let moment = Schema(.moment)
    static let boolean = Schema(.boolean)
    static let count = Schema(.integer(0...Int64.max))

    static func text(limit: Int) -> Schema { Schema(.text(limit: limit)) }
    static func words(_ words: [String]) -> Schema { Schema(.word(words)) }
    static func list(_ item: Schema, limit: Int? = nil) -> Schema { Schema(.list(item, limit: limit)) }

    /// An object with exactly these members, all of which are always there.
    static func object(_ members: KeyValuePairs<String, Schema>) -> Schema {
        Schema(.object(members.map { Member(name: $0.key, schema: $0.value, isRequired: true) }))
    }

    /// The same object with more members that are always there.
    func and(_ members: KeyValuePairs<String, Schema>) -> Schema {
        guard case .object(let first) = kind else { preconditionFailure("Not an object") }
        let more = members.map { Member(name: $0.key, schema: $0.value, isRequired: true) }
        return Schema(.object(first + more), about: about)
    }

    /// The same object with members that may be missing.
    func with(_ members: KeyValuePairs<String, Schema>) -> Schema {
        guard case .object(let required) = kind else { preconditionFailure("Not an object") }
        let optional = members.map { Member(name: $0.key, schema: $0.value, isRequired: false) }
        return Schema(.object(required + optional), about: about)
    }

    func named(_ name: String) -> Schema { Schema(.named(name, self)) }

    func about(_ about: String) -> Schema {
        var schema = self
        schema.about = about
        return schema
    }

    /// The same, or null.
    var nullable: Schema {
        var schema = self
        schema.isNullable = true
        return schema
    }

    /// A part of a list, and where the next part is.
    static func page(of item: Schema) -> Schema {
        .object([
            "items": .list(item),
            "next": .text.nullable.about("The path and query of the next part; null at the end."),
        ])
    }
}
