import HTTP
import Operations
import Registration

/// What somebody agreed to, on their own page, where they give and withdraw it.
struct OwnConsents {
    var form: OwnForm
    /// All that was ever said, oldest first.
    var statements: [ConsentStatement]

    var html: HTML {
        let choices = ConsentChoices(
            ticked: Set(statements.standing.map(\.consent)), statements: statements,
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

extension Site {
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
        let outcome = try await frontOfHouse.changeConsents(
            event: form.person.event.slug, reference: attendee.reference, to: ticked)
        switch outcome {
        case .changed: return Response.redirect(to: form.path("?changed")).asTicket
        case .tooMany:
            let sentence = "You have changed this too often. You can still withdraw what you agreed to."
            return form.response(again(form, sentence), .conflict, isSecure: isSecure)
        case .unknownAttendee: throw RequestError.notFound
        }
    }

    private func again(_ form: OwnForm, _ sentence: String) -> HTML {
        PlainPage(
            title: "Nothing was changed", sentence: sentence,
            action: ("Back to your registration", form.path("#consents"))
        ).document
    }
}
