internal import Registration
internal import Storage

extension Transaction {
    /// What forbids that the event asks these questions from now on.
    func refusals(of questions: [Question], at event: EventID) throws -> [ImportRefusal] {
        let kept = try keptQuestions(of: event).map(\.question)
        return try questions.compactMap { question in
            guard let before = kept.first(where: { $0.slug == question.slug }), before.kind != question.kind
            else { return nil }
            let answers = try answerCount(to: question.slug, of: event)
            return answers > 0 ? .questionKind(slug: question.slug, answers: answers) : nil
        }
    }

    /// Has the event ask exactly these questions.
    func ask(_ questions: [Question], at event: EventID) throws {
        for before in try self.questions(of: event)
        where !questions.contains(where: { $0.slug == before.slug }) {
            try retire(before, of: event)
        }
        for (position, question) in questions.enumerated() {
            try save(question, at: position, of: event)
        }
    }
}
