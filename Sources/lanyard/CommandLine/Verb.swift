/// One thing that the program does, as the command line names it.
struct Verb: Sendable {
    /// `["event", "import"]`
    let words: [String]
    let summary: String
    let options: [Option]
    /// The names of what stands without `--`, such as `FILE`; all are needed.
    let operands: [String]
    /// What the help says at its end.
    let notes: String
    let run: @Sendable (Options) async throws -> Void

    struct Option: Sendable {
        /// Without `--`.
        let name: String
        /// What its value is called in the help; nil if it takes none.
        let value: String?
        let help: String
        /// A single letter that stands for it, without `-`.
        var short: String?
        /// Whether it must be given.
        var isNeeded = false
        /// Whether it may be given more than once.
        var repeats = false
    }

    init(
        _ name: String, _ summary: String, operands: [String] = [], options: [Option] = [],
        notes: String = "", run: @escaping @Sendable (Options) async throws -> Void
    ) {
        words = name.split(separator: " ").map(String.init)
        self.summary = summary
        self.operands = operands
        self.options = options
        self.notes = notes
        self.run = run
    }

    var name: String { words.joined(separator: " ") }

    var usage: String {
        let parts = options.map { option in
            let text = "--\(option.name)" + (option.value.map { " \($0)" } ?? "")
            return option.isNeeded ? text : "[\(text)]" + (option.repeats ? "…" : "")
        }
        return (["lanyard", name] + operands + parts).joined(separator: " ")
    }
}

/// How a verb was called: a value of each option that was given, and what stood without `--`.
struct Options: Sendable {
    private var values: [String: [String]] = [:]
    private(set) var operands: [String] = []

    init(_ arguments: [String], of verb: Verb) throws(UsageError) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("-"), argument != "-" else {
                operands.append(argument)
                continue
            }
            let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
            guard let option = verb.options.first(where: { $0.isWritten(parts[0]) }) else {
                throw UsageError("there is no option \(parts[0])")
            }
            if !option.repeats, values[option.name] != nil {
                throw UsageError("--\(option.name) is given twice")
            }
            guard option.value != nil else {
                guard parts.count == 1 else { throw UsageError("--\(option.name) takes no value") }
                values[option.name] = [""]
                continue
            }
            guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
                throw UsageError("--\(option.name) needs a value")
            }
            values[option.name, default: []].append(value)
        }
        if let missing = verb.options.first(where: { $0.isNeeded && values[$0.name] == nil }) {
            throw UsageError("--\(missing.name) is missing")
        }
        guard operands.count >= verb.operands.count else {
            throw UsageError("\(verb.operands[operands.count]) is missing")
        }
        guard operands.count == verb.operands.count else {
            throw UsageError("“\(operands[verb.operands.count])” is one argument too many")
        }
    }

    subscript(name: String) -> String? { values[name]?.last }

    func all(_ name: String) -> [String] { values[name] ?? [] }
}

extension Verb.Option {
    fileprivate func isWritten(_ argument: String) -> Bool {
        argument == "--\(name)" || short.map { argument == "-\($0)" } == true
    }
}

/// The command line is not as it must be; the text says where, without a full stop.
struct UsageError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
