/// What is wrong with one field of a request, in plain words.
struct FieldProblem: Hashable, Sendable {
    /// Such as `sessions[2]`; empty for the whole.
    var field: String
    var detail: String
}

extension Schema {
    /// How many problems of a request are told.
    static let problemLimit = 50

    /// Everything that keeps a value from being what this says, in its order.
    func problems(of value: JSON, field: String = "") -> [FieldProblem] {
        if value == .null {
            return isNullable ? [] : [FieldProblem(field: field, detail: "Must be \(words), not null.")]
        }
        func problem(_ detail: String) -> [FieldProblem] { [FieldProblem(field: field, detail: detail)] }
        switch (kind, value) {
        case (.named(_, let schema), _):
            return schema.problems(of: value, field: field)
        case (.text, .text(let text)) where text.utf8.contains(0),
            (.line, .text(let text)) where text.utf8.contains(0):
            return problem("Has the character U+0000, which can't be printed.")
        case (.text(let limit), .text(let text)):
            guard let limit, text.unicodeScalars.count > limit else { return [] }
            return problem("Must have \(limit) characters or fewer.")
        case (.line(let limit), .text(let text)):
            return text.utf8.count > limit ? problem("Must have \(limit) bytes or fewer.") : []
        case (.moment, .text(let text)):
            return Moment.timestamp(text) == nil ? problem("Must be \(words).") : []
        case (.word(let words), .text(let text)):
            return words.contains(text) ? [] : problem("Must be \(self.words).")
        case (.integer(let range), .integer(let number)):
            return range.contains(number) ? [] : problem("Must be \(words).")
        case (.boolean, .boolean): return []
        case (.number(let range), .number(let number)):
            return range.contains(number) ? [] : problem("Must be \(words).")
        case (.number(let range), .integer(let number)):
            return range.contains(Double(number)) ? [] : problem("Must be \(words).")
        case (.list(let item, let limit), .list(let items)):
            if let limit, items.count > limit { return problem("Must have \(limit) entries or fewer.") }
            var problems: [FieldProblem] = []
            for (index, entry) in items.enumerated() where problems.count < Schema.problemLimit {
                problems += item.problems(of: entry, field: "\(field)[\(index)]")
            }
            return Array(problems.prefix(Schema.problemLimit))
        case (.object(let members), .object(let given)):
            return Schema.problems(of: given, members, field: field)
        case (.anyObject, .object): return []
        case (.map(let value, let limit), .object(let given)):
            if let limit, given.count > limit { return problem("Must have \(limit) members or fewer.") }
            return given.flatMap {
                value.problems(
                    of: $0.value, field: (field.isEmpty ? "" : field + ".") + String($0.name.prefix(64)))
            }
        case (.textOrBoolean, .text), (.textOrBoolean, .boolean): return []
        default: return problem("Must be \(words), not \(value.words).")
        }
    }

    private static func problems(
        of given: [JSON.Member], _ members: [Member], field: String
    ) -> [FieldProblem] {
        func path(_ name: String) -> String { field.isEmpty ? name : "\(field).\(name)" }
        var problems: [FieldProblem] = []
        for member in members where member.isRequired && !given.contains(where: { $0.name == member.name }) {
            problems.append(FieldProblem(field: path(member.name), detail: "Is missing."))
        }
        for given in given where problems.count < problemLimit {
            if let member = members.first(where: { $0.name == given.name }) {
                problems += member.schema.problems(of: given.value, field: path(given.name))
            } else {
                let known = members.map(\.name).joined(separator: ", ")
                problems.append(
                    FieldProblem(
                        field: path(String(given.name.prefix(64))),
                        detail: "Is not known here; known are \(known)."))
            }
        }
        return Array(problems.prefix(problemLimit))
    }

    private var words: String {
        switch kind {
        case .text, .line: "a text"
        case .moment: "a time such as 2024-12-04T09:12:00Z"
        case .word(let words): words.map { "“\($0)”" }.joined(separator: " or ")
        case .integer(let range) where range.upperBound == .max: "a whole number from \(range.lowerBound)"
        case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .boolean: "true or false"
        case .number(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
        case .list: "a list"
        case .object, .anyObject, .map: "an object"
        case .textOrBoolean: "a text, or true or false"
        case .bytes: "a file"
        case .named(_, let schema): schema.words
        }
    }
}

extension JSON {
    fileprivate var words: String {
        switch self {
        case .null: "null"
        case .boolean: "true or false"
        case .integer, .number: "a number"
        case .text: "a text"
        case .list: "a list"
        case .object: "an object"
        }
    }
}
