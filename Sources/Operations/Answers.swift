public import Registration
internal import Storage

/// A question with what somebody answered to it.
public struct AnsweredQuestion: Hashable, Sendable {
    public var question: Question
    /// False where the event asks it no more.
    public var isAsked: Bool
    /// Nil where it was not answered.
    public var answer: Answer?
}

extension FrontOfHouse {
    /// What the attendee answered: every question that is asked, in its order, then those that were asked once.
    public func answers(of attendee: Attendee) async throws -> [AnsweredQuestion] {
        try await store.read { snapshot in
            let answers = try snapshot.answers(of: attendee.id)
            return try snapshot.keptQuestions(of: attendee.event).compactMap { kept in
                let answer = answers[kept.question.slug]
                guard kept.isAsked || answer != nil else { return nil }
                return AnsweredQuestion(question: kept.question, isAsked: kept.isAsked, answer: answer)
            }
        }
    }
}

/// What becomes of corrected answers.
enum AnswersDecision {
    case accept([String: Answer])
    case refuse([RegistrationRefusal])
}

// The part of a change that corrects answers.
extension AttendeeChangeWork {
    /// Nil where nothing is corrected.
    func answersDecision(_ transaction: Transaction) throws -> AnswersDecision? {
        guard let wanted = change.answers?.mapValues(\.trimmed), !wanted.isEmpty else { return nil }
        let held = try transaction.answers(of: attendee.id)
        let problems = timetable.questions.problems(of: wanted, held: held, isWhole: false)
        let changed = wanted.filter { slug, answer in
            answer.isEmpty ? held[slug] != nil : answer != held[slug]
        }
        guard !changed.isEmpty || !problems.isEmpty else { return nil }
        if attendee.status == .cancelled { return .refuse([.cancelled]) }
        let closes = timetable.event.changesClose
        if !byStaff, now >= closes { return .refuse([.changesClosed(closes)]) }
        guard problems.isEmpty else { return .refuse(problems.map(RegistrationRefusal.answer)) }
        return .accept(changed)
    }

    func correct(_ answers: [String: Answer], in transaction: Transaction) throws {
        try transaction.keep(answers, of: attendee.id, event: timetable.event.id)
        var detail = Detail()
        detail.add("reference", attendee.reference.description)
        detail.add("answers", words: answers.keys.sorted())
        try transaction.record(.corrected, detail.json, of: timetable.event.id, at: now)
    }
}

extension AnswerProblem {
    /// What to do about it, in plain words.
    public var sentence: String {
        switch kind {
        case .missing: "Answer “\(label)”."
        case .notTicked: "Tick “\(label)”."
        case .tooLong: "The answer to “\(label)” must have \(Question.answerLimit) characters or fewer."
        case .controlCharacters:
            "The answer to “\(label)” has characters that can't be printed. Type it again."
        case .notAChoice: "Choose one of the answers to “\(label)” that are offered."
        case .wrongKind: "The answer to “\(label)” is of another kind: a box takes a tick, others a text."
        case .unknownQuestion: "There is no question “\(slug.prefix(64))”."
        }
    }
}
