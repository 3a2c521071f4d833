/// The JSON object of an activity record.
///
/// Its values are numbers, references, slugs and words of ours, none of which needs escaping, and never what
/// a person typed.
struct Detail {
    private(set) var json = "{}"

    init() {}

    mutating func add(_ name: StaticString, _ word: some CustomStringConvertible) {
        append(name, "\"\(word)\"")
    }

    mutating func add(_ name: StaticString, number: Int64) {
        append(name, "\(number)")
    }

    mutating func add(_ name: StaticString, words: [String]) {
        append(name, "[" + words.map { "\"\($0)\"" }.joined(separator: ",") + "]")
    }

    private mutating func append(_ name: StaticString, _ value: String) {
        json.removeLast()
        json += json.utf8.count > 1 ? ",\"\(name)\":" : "\"\(name)\":"
        json += value
        json += "}"
    }
}
