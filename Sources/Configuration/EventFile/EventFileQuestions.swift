extension EventFile {
    public static let questionLimit = 50

    /// What everybody who registers is asked: `[[question]]`.
    public struct Question: Hashable, Sendable {
        public static let choiceLimit = 50
        /// In characters; a choice has as many.
        public static let labelLimit = 120
        public static let hintLimit = 250

        public enum Kind: String, CaseIterable, Hashable, Sendable {
            case text, choice, tick
        }

        public var slug: String
        public var label: String
        public var kind: Kind
        /// For the kind `choice` alone.
        public var choices: [String]
        public var isRequired: Bool
        public var hint: String

        public init(
            slug: String, label: String, kind: Kind, choices: [String], isRequired: Bool, hint: String
        ) {
            self.slug = slug
            self.label = label
            self.kind = kind
            self.choices = choices
            self.isRequired = isRequired
            self.hint = hint
        }
    }
}

extension EventFile.Question {
    /// The slug apart from the question, so that a repeated one is told even if something else is wrong.
    static func read(_ reader: TableReader) -> (slug: String?, question: Self) {
        for key in ["slug", "label", "kind"] { reader.require(key) }
        let slug = reader.parsed("slug", as: parseSlug)
        let label = reader.text("label", limit: labelLimit)
        if label == "" { reader.note("label", "is empty") }
        let kind: Kind? = reader.choice("kind")
        let choices = reader.list("choices", limit: choiceLimit) { text throws(InvalidText) in
            guard !text.isEmpty, text.count <= labelLimit else {
                throw InvalidText("has a choice of no or more than \(labelLimit) characters")
            }
            return text
        }
        let isRequired = reader.boolean("required") ?? false
        let hint = reader.text("hint", limit: hintLimit) ?? ""
        reader.finish()
        switch kind {
        case .choice where !reader.has("choices"):
            reader.note("kind", "is \"choice\", so the question needs `choices`")
        case .choice:
            if let choices, choices.count < 2 { reader.note("choices", "has fewer than two to choose from") }
            if let choices, Set(choices).count < choices.count { reader.note("choices", "names one twice") }
        case .text, .tick:
            if reader.has("choices") { reader.note("choices", "are for the kind \"choice\" alone") }
        case nil: break
        }
        let question = Self(
            slug: slug ?? "", label: label ?? "", kind: kind ?? .text, choices: choices ?? [],
            isRequired: isRequired, hint: hint)
        return (slug, question)
    }

    static func noteRepeatedSlugs(_ readers: [TableReader], _ slugs: [String?]) {
        var lines: [String: Int] = [:]
        for (reader, slug) in zip(readers, slugs) {
            guard let slug else { continue }
            if let line = lines[slug] {
                reader.note("slug", "\"\(slug)\" is taken by the question at line \(line)")
            } else {
                lines[slug] = reader.position(of: "slug").line
            }
        }
    }
}
