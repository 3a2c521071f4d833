internal import HTTP
internal import Operations
internal import Registration

extension Operation {
    /// How large a body with answers to many questions may be, as for the pages' forms.
    static let answersLimitBytes = FormFields.maximumBytes
}

extension Schema {
    static let answers = Schema.map(.textOrBoolean, limit: Question.limit).about(
        "By the slugs of the event's questions: a text of at most 2,000 characters or one of the choices, or true or"
            + " false for a tick box. An empty text and false are no answer.")

    static func map(_ value: Schema, limit: Int? = nil) -> Schema { Schema(.map(value, limit: limit)) }
    static let textOrBoolean = Schema(.textOrBoolean)
}

extension JSON {
    /// Nil where the member is missing.
    func answers(_ name: String) -> [String: Answer]? {
        guard case .object(let members) = self[name] else { return nil }
        return Dictionary(
            members.compactMap { member in
                switch member.value {
                case .text(let text): (member.name, Answer.text(text))
                case .boolean(let isTicked): (member.name, Answer.tick(isTicked))
                default: nil
                }
            }, uniquingKeysWith: { first, _ in first })
    }
}

extension AnsweredQuestion {
    /// Nil where it was not answered.
    var member: JSON.Member? {
        answer.map { answer in
            switch answer {
            case .text(let text): .init(question.slug, .text(text))
            case .tick(let isTicked): .init(question.slug, .boolean(isTicked))
            }
        }
    }
}

extension Question {
    static let schema = Schema.object([
        "question": .text.about("Its slug: its name among the answers."), "label": .text,
        "kind": .words(Kind.allCases.map(\.rawValue)), "choices": .list(.text),
        "required": .boolean, "hint": .text,
    ]).named("Question")

    var json: JSON {
        [
            "question": .text(slug), "label": .text(label), "kind": .text(kind.rawValue),
            "choices": .list(choices.map(JSON.text)), "required": .boolean(isRequired), "hint": .text(hint),
        ]
    }
}
