public import Registration

/// A question as it is kept: also one that is not asked any more, while there are answers to it.
public struct KeptQuestion: Hashable, Sendable {
    public var question: Question
    public var isAsked: Bool
}

extension Reading {
    /// What the event asks everybody, in its order.
    public func questions(of event: EventID) throws -> [Question] {
        try keptQuestions(of: event).filter(\.isAsked).map(\.question)
    }

    /// The questions that are asked in their order, then those that were.
    public func keptQuestions(of event: EventID) throws -> [KeptQuestion] {
        try connection.all(
            """
            SELECT slug, label, kind, choices, is_required, hint, position FROM question
            WHERE event_id = $1 ORDER BY position IS NULL, position, slug
            """, .id(event)
        ) { row in
            KeptQuestion(
                question: Question(
                    slug: row.text(0), label: row.text(1), kind: try row.word(2),
                    choices: try TextList(json: row.text(3)).texts, isRequired: row.integer(4) != 0,
                    hint: row.text(5)),
                isAsked: !row.isNull(6))
        }
    }

    /// What somebody answered, by the questions' slugs, also to those not asked any more.
    public func answers(of attendee: AttendeeID) throws -> [String: Answer] {
        let answers = try connection.all(
            """
            SELECT slug, kind, text FROM answer JOIN question ON question.id = question_id
            WHERE attendee_id = $1
            """, .id(attendee)
        ) { row in
            (row.text(0), try row.word(1) == Question.Kind.tick ? Answer.tick(true) : .text(row.text(2)))
        }
        return Dictionary(uniqueKeysWithValues: answers)
    }

    /// How many answered a question. Reads all answers: an import that changes a question's kind is rare, and an index
    /// would cost every registration.
    public func answerCount(to slug: String, of event: EventID) throws -> Int {
        try connection.first(
            """
            SELECT count(*) FROM answer WHERE question_id =
                (SELECT id FROM question WHERE event_id = $1 AND slug = $2)
            """, .id(event), .text(slug)
        ) { $0.count(0) } ?? 0
    }
}

extension Reading {
    /// Reads all answers where nobody answered it.
    fileprivate func isAnswered(_ slug: String, of event: EventID) throws -> Bool {
        try connection.first(
            """
            SELECT EXISTS (SELECT 1 FROM answer WHERE question_id =
                (SELECT id FROM question WHERE event_id = $1 AND slug = $2))
            """, .id(event), .text(slug)
        ) { $0.integer(0) != 0 } ?? false
    }
}

extension Transaction {
    /// Makes the question, or changes all of it but its number.
    ///
    /// The caller has made sure that a question of another kind has no answers.
    public func save(_ question: Question, at position: Int, of event: EventID) throws {
        try connection.run(
            """
            INSERT INTO question (event_id, slug, position, label, kind, choices, is_required, hint)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (event_id, slug) DO UPDATE SET position = excluded.position, label = excluded.label,
                kind = excluded.kind, choices = excluded.choices, is_required = excluded.is_required,
                hint = excluded.hint
            """, .id(event), .text(question.slug), .integer(position), .text(question.label),
            .text(question.kind.rawValue), .text(try TextList(question.choices).json),
            .integer(question.isRequired ? 1 : 0), .text(question.hint))
    }

    /// Asks the question no more. It stays where it was answered.
    public func retire(_ question: Question, of event: EventID) throws {
        if try !isAnswered(question.slug, of: event) {
            try connection.run(
                "DELETE FROM question WHERE event_id = $1 AND slug = $2", .id(event), .text(question.slug))
        } else {
            try connection.run(
                "UPDATE question SET position = NULL WHERE event_id = $1 AND slug = $2", .id(event),
                .text(question.slug))
        }
    }

    /// Keeps answers, by the questions' slugs, instead of those before; an empty one is forgotten. Other answers
    /// stay.
    public func keep(_ answers: [String: Answer], of attendee: AttendeeID, event: EventID) throws {
        for (slug, answer) in answers {
            let text =
                switch answer {
                case .text(let text): text
                case .tick(let isTicked): isTicked ? "yes" : ""
                }
            if text.isEmpty {
                try connection.run(
                    """
                    DELETE FROM answer WHERE attendee_id = $1 AND question_id =
                        (SELECT id FROM question WHERE event_id = $2 AND slug = $3)
                    """, .id(attendee), .id(event), .text(slug))
            } else {
                try connection.run(
                    """
                    INSERT INTO answer (attendee_id, question_id, text)
                    VALUES ($1, (SELECT id FROM question WHERE event_id = $2 AND slug = $3), $4)
                    ON CONFLICT (attendee_id, question_id) DO UPDATE SET text = excluded.text
                    """, .id(attendee), .id(event), .text(slug), .text(text))
            }
        }
    }
}
