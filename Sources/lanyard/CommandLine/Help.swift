/// What `--help` shows.
enum Help {
    static let overview =
        """
        Lanyard registers people for an event, prints their badges and checks them in.

        Usage: lanyard VERB [OPTIONS]

        \(overview(of: Lanyard.verbs))

        `lanyard VERB --help` tells more, `lanyard --version` which version this is. Results go to standard output,
        everything else to standard error; the exit status is 0 for done, 1 for failed and 2 for wrong usage.
        """

    /// A line for each verb.
    static func overview(of verbs: [Verb]) -> String {
        verbs.map { "  " + pad($0.name, 14) + "  " + $0.summary }.joined(separator: "\n")
    }

    /// The verbs that begin with a word, such as `event`; nil if none has it before others.
    static func relatives(of word: String) -> String? {
        let relatives = Lanyard.verbs.filter { $0.words.count > 1 && $0.words[0] == word }
        guard !relatives.isEmpty else { return nil }
        return """
            Usage: lanyard \(word) VERB [OPTIONS]

            \(overview(of: relatives))

            `lanyard \(word) VERB --help` tells more.
            """
    }

    static func text(of verb: Verb) -> String {
        let width = verb.options.map { heading($0).count }.max() ?? 0
        let lines = verb.options.map { "  " + pad(heading($0), width) + "  " + $0.help }
        let options = lines.isEmpty ? [] : [""] + lines
        let notes = verb.notes.isEmpty ? [] : ["", verb.notes]
        return (["\(verb.summary)", "", "Usage: \(verb.usage)"] + options + notes).joined(separator: "\n")
    }

    private static func heading(_ option: Verb.Option) -> String {
        (option.short.map { "-\($0), " } ?? "") + "--\(option.name)" + (option.value.map { " \($0)" } ?? "")
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
