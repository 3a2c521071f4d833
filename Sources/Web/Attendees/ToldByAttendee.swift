import HTTP
import Operations
import Registration

/// What somebody answered and agreed to, on their own page, where they change it.
struct ToldByAttendee {
    var form: OwnForm
    var answers: [AnsweredQuestion]
    var consents: [ConsentStatement]
    /// Whether answers can still be corrected.
    var canCorrect: Bool

    var html: HTML { "\(answered)\(agreed)" }

    private var answered: HTML? {
        guard !answers.isEmpty else { return nil }
        return """
            <section class="stack" aria-labelledby="answers">
            <h2 id="answers">Your answers</h2>
            <dl class="facts">\(answers.map(line))</dl>
            \(when(canCorrect && answers.contains(where: \.isAsked), correcting))
            </section>
            """
    }

    private var correcting: HTML {
        """
        <div class="no-print"><a class="button button-quiet" href="\(form.path("/answers"))">Correct your answers</a></div>
        """
    }

    private func line(_ answered: AnsweredQuestion) -> HTML {
        "<div><dt>\(answered.question.label)</dt><dd class=\"prose\"><bdi>\(answered.words)</bdi></dd></div>"
    }

    private var agreed: HTML {
        let choices = ConsentChoices(
            ticked: Set(consents.standing.map(\.consent)), statements: consents,
            time: LocalTime(form.person.event))
        return """
            <section class="stack no-print" aria-labelledby="consents">
            <h2 id="consents">What you agree to</h2>
            <p class="soft">None of this is needed to take part. Untick a box and save to withdraw what you agreed to.</p>
            <form class="stack" method="post" action="\(form.path("/consents"))">
            \(form.hiddenToken)
            \(choices.choices("What you agree to"))
            <button class="button button-quiet" type="submit">Save what you agree to</button>
            </form>
            </section>
            """
    }
}

extension AnsweredQuestion {
    /// The answer as people read it.
    var words: String {
        switch answer {
        case .text(let text): text
        case .tick(let isTicked): isTicked ? "Yes" : "No"
        case nil: question.kind == .tick ? "No" : "No answer"
        }
    }
}

extension Site {
    func told(by form: OwnForm) async throws -> ToldByAttendee {
        let attendee = form.person.attendee
        return ToldByAttendee(
            form: form, answers: try await frontOfHouse.answers(of: attendee),
            consents: try await frontOfHouse.consents(of: attendee.id),
            canCorrect: form.isClosed(at: frontOfHouse.now) == nil)
    }

    func changeConsents(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let form = try await ownForm(request, parameters)
        let fields = try request.form()
        guard isGenuine(fields, form.visitor) else {
            return form.response(
                again(form, FieldProblem.notGenuine.sentence), .forbidden, isSecure: isSecure)
        }
        let attendee = form.person.attendee
        let standing = try await frontOfHouse.consents(of: attendee.id).standing
        let (ticked, outdated) = ConsentChoices.read(fields, standing: standing)
        guard outdated.isEmpty else {
            let sentences = outdated.map { FieldProblem(outdated: $0).sentence }.joined(separator: " ")
            return form.response(again(form, sentences), .conflict, isSecure: isSecure)
        }
        _ = try await frontOfHouse.changeConsents(
            event: form.person.event.slug, reference: attendee.reference, to: ticked)
        return Response.redirect(to: form.path("?changed")).asTicket
    }

    private func again(_ form: OwnForm, _ sentence: String) -> HTML {
        PlainPage(
            title: "Nothing was changed", sentence: sentence,
            action: ("Back to your registration", form.path("#consents"))
        ).document
    }
}
