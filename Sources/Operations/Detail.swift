/// The JSON object of an activity record.
///
/// Its values are numbers, references, slugs and words of ours, none of which needs escaping, and never what
/// a person typed.
struct Detail {
    private var members = ""

    var json: String { "{" + members + "}" }

    mutating func add(_ name: String, _ word: String) {
        begin(name)
        members += "\""
        members += word
        members += "\""
    }

    mutating func add(_ name: String, number: Int64) {
        begin(name)
        members += String(number)
    }

    mutating func add(_ name: String, numbers: [(name: String, number: Int64)]) {
        begin(name)
        var separator = "{\""
        for (name, number) in numbers {
            members += "\(separator)\(name)\":\(number)"
            separator = ",\""
        }
        members += numbers.isEmpty ? "{}" : "}"
    }

    mutating func add(_ name: String, isTrue: Bool) {
        begin(name)
        members += isTrue ? "true" : "false"
    }

    mutating func add(_ name: String, words: [String]) {
        begin(name)
        var separator = "[\""
        for word in words {
            members += separator
            members += word
            separator = "\",\""
        }
        members += words.isEmpty ? "[]" : "\"]"
    }

    private mutating func begin(_ name: String) {
        members += members.isEmpty ? "\"" : ",\""
        members += name
        members += "\":"
    }
}
