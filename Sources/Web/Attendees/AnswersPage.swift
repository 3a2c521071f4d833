import HTTP
import Operations
import Registration

/// `/e/{event}/me/{reference}/{key}/answers`: the organiser's questions again, to correct what was answered.
struct AnswersPage {
    var form: OwnForm
    var answers: [String: Answer]
    var problems: [FieldProblem] = []

    var document: HTML {
        var layout = Layout("Correct your answers", event: form.person.event)
        layout.hasProblem = !problems.isEmpty
        layout.isNarrow = true
        let fields = QuestionFields(questions: form.content.questions, answers: answers)
        return layout.document(
            """
            <div class="stack-wide">
            \(problems.summary)
            <h1>Correct your answers</h1>
            <form class="stack-wide" method="post" action="\(form.path("/answers"))" novalidate>
            \(form.hiddenToken)
            <div class="stack-fields">\(fields.fields(problems))</div>
            <div class="section row">
            <button class="button" type="submit">Save</button>
            <a class="button button-quiet" href="\(form.path())">Back without a change</a>
            </div>
            </form>
            </div>
            """)
    }
}

extension Site {
    func showAnswers(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let form = try await ownForm(request, parameters)
        if let closed = form.closed(at: frontOfHouse.now) {
            return form.response(form.closedPage(closed), isSecure: isSecure)
        }
        let answered = try await frontOfHouse.answers(of: form.person.attendee)
        let answers = Dictionary(
            uniqueKeysWithValues: answered.compactMap { known in
                known.answer.map { (known.question.slug, $0) }
            })
        return form.response(AnswersPage(form: form, answers: answers).document, isSecure: isSecure)
    }

    func changeAnswers(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let form = try await ownForm(request, parameters)
        let fields = try request.form()
        let answers = QuestionFields.answers(fields, to: form.content.questions)
        func refuse(_ problems: [FieldProblem], _ status: Status) -> Response {
            form.response(
                AnswersPage(form: form, answers: answers, problems: problems).document, status,
                isSecure: isSecure)
        }
        guard isGenuine(fields, form.visitor) else { return refuse([.notGenuine], .forbidden) }
        let outcome = try await frontOfHouse.change(
            event: form.person.event.slug, reference: form.person.attendee.reference,
            AttendeeChange(answers: answers), byStaff: false)
        switch outcome {
        case .changed: return Response.redirect(to: form.path("?changed")).asTicket
        case .refused(let refusals):
            return refuse(
                refusals.map { FieldProblem($0, in: form.content, blocks: []) }, .unprocessableContent)
        case .unknownAttendee: throw RequestError.notFound
        }
    }
}
