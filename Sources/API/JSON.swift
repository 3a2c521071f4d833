/// A JSON text as a value (RFC 8259); members keep their order.
enum JSON: Hashable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case list([JSON])
    case object([Member])

    struct Member: Hashable, Sendable {
        var name: String
        var value: JSON

        init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }

    /// The member's value; nil where there is none or this is no object.
    subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The text of a member; nil where it is missing, null or no text.
    func text(_ name: String) -> String? {
        if case .text(let text) = self[name] { text } else { nil }
    }

    /// Nil where the member is missing, null or neither true nor false.
    func boolean(_ name: String) -> Bool? {
        if case .boolean(let value) = self[name] { value } else { nil }
    }

    /// Nil where the member is missing, null or no whole number.
    func integer(_ name: String) -> Int64? {
        if case .integer(let number) = self[name] { number } else { nil }
    }

    /// Empty where the member is missing, null or no list.
    func items(_ name: String) -> [JSON] {
        if case .list(let items) = self[name] { items } else { [] }
    }

    /// The texts of a member that is a list.
    func texts(_ name: String) -> [String] {
        items(name).compactMap { if case .text(let text) = $0 { text } else { nil } }
    }

    init(_ text: String?) {
        self = text.map(JSON.text) ?? .null
    }

    init(_ number: Int?) {
        self = number.map { .integer(Int64($0)) } ?? .null
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    init(stringLiteral text: String) {
        self = .text(text)
    }

    init(arrayLiteral items: JSON...) {
        self = .list(items)
    }

    init(dictionaryLiteral members: (String, JSON)...) {
        self = .object(members.map(Member.init))
    }
}
