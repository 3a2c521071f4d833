/// What an organiser wants to know of everybody who registers for an event.
public struct Question: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        /// Answered in words of one's own.
        case text
        /// Answered by one of the question's choices.
        case choice
        /// A box that is ticked or not.
        case tick
    }

    /// How many an event may ask.
    public static let limit = 50
    /// How many characters an answer in words of one's own may have.
    public static let answerLimit = 2_000

    /// The name in files, forms and the API, unique in the event: 1 to 64 of `a`–`z`, `0`–`9` and `-`.
    public var slug: String
    public var label: String
    public var kind: Kind
    /// The answers to choose from; empty for the other kinds.
    public var choices: [String]
    public var isRequired: Bool
    public var hint: String

    public init(
        slug: String, label: String, kind: Kind, choices: [String] = [], isRequired: Bool = false,
        hint: String = ""
    ) {
        self.slug = slug
        self.label = label
        self.kind = kind
        self.choices = choices
        self.isRequired = isRequired
        self.hint = hint
    }
}

/// What somebody answers to a question.
public enum Answer: Hashable, Sendable {
    /// In words of their own, or the choice; empty for none.
    case text(String)
    case tick(Bool)

    /// Whether it says nothing: such an answer is not kept.
    public var isEmpty: Bool { self == .text("") || self == .tick(false) }

    /// Without white space around it.
    public var trimmed: Answer {
        if case .text(let text) = self { .text(text.trimmed) } else { self }
    }
}

/// What is wrong with the answer to one question.
public struct AnswerProblem: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case missing
        /// A box that must be ticked.
        case notTicked
        case tooLong
        case controlCharacters
        /// Not one of the question's choices.
        case notAChoice
        /// A tick where words are asked for, or words for a box.
        case wrongKind
        /// The event asks no such question.
        case unknownQuestion
    }

    public var slug: String
    /// The question's; empty where there is none.
    public var label: String
    public var kind: Kind

    public init(slug: String, label: String, kind: Kind) {
        self.slug = slug
        self.label = label
        self.kind = kind
    }
}

extension [Question] {
    /// Every answer that can't be accepted, in the order of the questions, then those to none of them.
    ///
    /// - Parameters:
    ///   - answers: what was answered; a question that is missing was not.
    ///   - held: what was answered before. It stays accepted, also where it is no longer among the choices.
    ///   - isWhole: whether a question that is missing counts as not answered; else it is left alone.
    public func problems(
        of answers: [String: Answer], held: [String: Answer] = [:], isWhole: Bool = true
    ) -> [AnswerProblem] {
        if isEmpty, answers.isEmpty { return [] }
        let known = compactMap { question -> AnswerProblem? in
            guard let answer = answers[question.slug] ?? (isWhole ? .text("") : nil) else { return nil }
            guard answer.isEmpty || answer != held[question.slug], let kind = question.problem(of: answer)
            else { return nil }
            return AnswerProblem(slug: question.slug, label: question.label, kind: kind)
        }
        let unknown = answers.keys.filter { slug in !contains { $0.slug == slug } }.sorted()
        // No more are told than could be right.
        return known
            + unknown.prefix(Question.limit).map {
                AnswerProblem(slug: $0, label: "", kind: .unknownQuestion)
            }
    }
}

extension Question {
    fileprivate func problem(of answer: Answer) -> AnswerProblem.Kind? {
        if answer.isEmpty { return !isRequired ? nil : kind == .tick ? .notTicked : .missing }
        switch (kind, answer) {
        case (.tick, .tick): return nil
        case (.choice, .text(let text)): return choices.contains(text) ? nil : .notAChoice
        case (.text, .text(let text)):
            if text.isLonger(than: Question.answerLimit) { return .tooLong }
            if text.hasUnprintables(isProse: true) { return .controlCharacters }
            return isRequired && !text.isVisible ? .missing : nil
        case (.tick, .text), (.choice, .tick), (.text, .tick): return .wrongKind
        }
    }
}
