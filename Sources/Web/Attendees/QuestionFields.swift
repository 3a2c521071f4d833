import HTTP
import Registration

/// The organiser's own questions as fields of a form.
struct QuestionFields {
    /// What a form field is called, before the question's slug.
    static let fieldPrefix = "question."
    /// From this many choices on they fold into a list.
    static let listFrom = 8
    /// Fifty answers of 2,000 characters each, however they are written, are still one form; each of a group of twenty
    /// has room for 50 KiB.
    static let bodyLimitBytes = FormFields.maximumBytes

    var questions: [Question]
    var answers: [String: Answer]
    /// Which of several people in one form is asked, from 0 on; nil where there is one.
    var person: Int?

    static func field(_ slug: String) -> String { fieldPrefix + slug }

    private func field(_ question: Question) -> String {
        let field = QuestionFields.field(question.slug)
        return person.map { TypedGroup.name(field, $0) } ?? field
    }

    /// What was answered to each of the questions.
    static func answers(_ fields: FormFields, to questions: [Question]) -> [String: Answer] {
        var answers: [String: Answer] = [:]
        for question in questions {
            let text = fields[field(question.slug)] ?? ""
            answers[question.slug] = question.kind == .tick ? .tick(!text.isEmpty) : .text(text)
        }
        return answers
    }

    func section(_ problems: [FieldProblem]) -> HTML? {
        guard !questions.isEmpty else { return nil }
        return """
            <section class="section stack-fields" aria-labelledby="questions">
            <h2 id="questions">From the organisers</h2>
            \(fields(problems))
            </section>
            """
    }

    func fields(_ problems: [FieldProblem]) -> [HTML] {
        questions.map { question in
            switch question.kind {
            case .text: text(question, problems)
            case .choice where question.choices.count >= QuestionFields.listFrom: list(question, problems)
            case .choice: choices(question, problems)
            case .tick: tick(question, problems)
            }
        }
    }

    private func answer(to question: Question) -> String {
        if case .text(let text) = answers[question.slug] { text } else { "" }
    }

    /// Those that are offered, and one that was chosen when it still was.
    private func offered(_ question: Question) -> [String] {
        let answer = answer(to: question)
        return question.choices + (answer.isEmpty || question.choices.contains(answer) ? [] : [answer])
    }

    /// A box need not say that it may stay empty.
    private func label(_ question: Question) -> String {
        switch (question.kind, question.isRequired) {
        case (.tick, true): question.label + " (required)"
        case (.tick, false), (.text, true), (.choice, true): question.label
        case (.text, false), (.choice, false): question.label + " (optional)"
        }
    }

    private func text(_ question: Question, _ problems: [FieldProblem]) -> HTML {
        TextField(
            id: field(question), label: label(question), kind: .area,
            hint: question.hint.isEmpty ? nil : question.hint, value: answer(to: question),
            autocomplete: "off", isRequired: question.isRequired
        ).html(problems)
    }

    private func choices(_ question: Question, _ problems: [FieldProblem]) -> HTML {
        let field = self.field(question)
        let answer = answer(to: question)
        let choices = offered(question).enumerated().map { index, choice -> HTML in
            """
            <label class="choice"><input\("id", is: index == 0 ? field : nil) type="radio" name="\(field)" \
            value="\(choice)"\("checked", if: choice == answer)><span class="choice-title">\(choice)</span></label>
            """
        }
        // A radio button that was chosen can't be taken back by itself.
        let none: HTML? = when(
            !question.isRequired,
            """
            <label class="choice"><input type="radio" name="\(field)" value=""\("checked", if: answer.isEmpty)>\
            <span class="choice-title">No answer</span></label>
            """)
        return group(question, problems, "\(choices)\(none)")
    }

    private func tick(_ question: Question, _ problems: [FieldProblem]) -> HTML {
        let field = self.field(question)
        let problem = problems.sentence(for: field)
        let described = describedBy(question, problem)
        return """
            <div class="field\(problem == nil ? "" : " has-problem")">
            \(hint(question))\(TextField.wrong(field, problem))
            <label class="choice"><input id="\(field)" type="checkbox" name="\(field)" value="yes"\
            \("checked", if: answers[question.slug] == .tick(true))\("aria-describedby", is: described)\
            \("aria-invalid", is: problem.map { _ in "true" })\
            \("aria-required", is: question.isRequired ? "true" : nil)>\
            <span class="choice-title">\(label(question))</span></label>
            </div>
            """
    }

    private func list(_ question: Question, _ problems: [FieldProblem]) -> HTML {
        let field = self.field(question)
        let problem = problems.sentence(for: field)
        let answer = answer(to: question)
        let options = offered(question).map { choice -> HTML in
            "<option value=\"\(choice)\"\("selected", if: choice == answer)>\(choice)</option>"
        }
        return """
            <div class="field field-mid\(problem == nil ? "" : " has-problem")">
            <label for="\(field)">\(label(question))</label>
            \(hint(question))\(TextField.wrong(field, problem))
            <select id="\(field)" name="\(field)"\("aria-describedby", is: describedBy(question, problem))\
            \("aria-invalid", is: problem.map { _ in "true" })\
            \("aria-required", is: question.isRequired ? "true" : nil)>
            <option value="">\(question.isRequired ? "Choose one" : "No answer")</option>\(options)
            </select>
            </div>
            """
    }

    private func group(_ question: Question, _ problems: [FieldProblem], _ choices: HTML) -> HTML {
        let field = self.field(question)
        let problem = problems.sentence(for: field)
        return """
            <fieldset\("class", is: problem.map { _ in "has-problem" })\
            \("aria-describedby", is: describedBy(question, problem))>
            <legend>\(label(question))</legend>
            \(hint(question))\(TextField.wrong(field, problem))
            <div class="choices">\(choices)</div>
            </fieldset>
            """
    }

    private func hint(_ question: Question) -> HTML? {
        when(
            !question.hint.isEmpty,
            "<p class=\"hint\" id=\"\(field(question))-hint\">\(question.hint)</p>")
    }

    private func describedBy(_ question: Question, _ problem: String?) -> String? {
        let field = self.field(question)
        let ids = [question.hint.isEmpty ? nil : "\(field)-hint", problem.map { _ in "\(field)-wrong" }]
        let described = ids.compactMap(\.self).joined(separator: " ")
        return described.isEmpty ? nil : described
    }
}
