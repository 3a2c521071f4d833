import HTTP
import Operations
import Registration

/// `/e/{event}/me/{reference}/{key}/details`: what somebody typed when they registered, to be corrected.
struct ChangeDetailsPage {
    var form: OwnForm
    var typed: RegistrationForm
    var problems: [FieldProblem] = []
    /// Whether needs are kept still.
    var takesNeeds: Bool
    /// Whether a new address counts only once its letter was read.
    var sendsLetters: Bool

    var document: HTML {
        var layout = Layout("Correct your details", event: form.person.event)
        layout.hasProblem = !problems.isEmpty
        layout.isNarrow = true
        return layout.document(
            """
            <div class="stack-wide">
            \(problems.summary)
            <div><h1>Correct your details</h1>
            <p class="lead soft">Your QR code stays the same. A badge that is printed already keeps what is on it.</p></div>
            <form class="stack-wide" method="post" action="\(form.path("/details"))" novalidate>
            \(form.hiddenToken)
            <div class="stack-fields">
            \(PersonFields(form: typed, problems: problems, addressHint: addressHint).html)
            \(when(takesNeeds, NeedsFields(form: typed, problems: problems).html))
            </div>
            <div class="section row">
            <button class="button" type="submit">Save</button>
            <a class="button button-quiet" href="\(form.path())">Back without a change</a>
            </div>
            </form>
            </div>
            """)
    }

    private var addressHint: String? {
        sendsLetters
            ? "A letter goes to a new address first: it counts once you have opened the link there and said that it is yours."
            : nil
    }
}

extension Site {
    func showChangeDetails(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let form = try await ownForm(request, parameters)
        if let closed = form.closed(at: frontOfHouse.now) {
            return form.response(form.closedPage(closed), isSecure: isSecure)
        }
        let page = ChangeDetailsPage(
            form: form, typed: RegistrationForm(form.person.attendee),
            takesNeeds: form.person.event.takesNeeds(at: frontOfHouse.now), sendsLetters: sendsLetters)
        return form.response(page.document, isSecure: isSecure)
    }

    func changeDetails(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let form = try await ownForm(request, parameters)
        let fields = try request.form()
        let typed = TypedRegistration(fields).form
        func refuse(_ problems: [FieldProblem], _ status: Status) -> Response {
            form.response(
                ChangeDetailsPage(
                    form: form, typed: typed, problems: problems,
                    takesNeeds: form.person.event.takesNeeds(at: frontOfHouse.now), sendsLetters: sendsLetters
                ).document, status, isSecure: isSecure)
        }
        guard isGenuine(fields, form.visitor) else { return refuse([.notGenuine], .forbidden) }
        let isNewAddress = EmailAddress(typed.email)?.key != EmailAddress(form.person.attendee.email)?.key
        // A letter goes to whatever address is typed, so nobody may have many sent.
        if sendsLetters, isNewAddress,
            case .refused(let seconds) = settings.registrations.take(request.clientKey, at: frontOfHouse.now)
        {
            let sentence =
                "Too many requests have come from your network. Wait \(seconds) s and press Save again."
            return refuse([FieldProblem(sentence: sentence)], .tooManyRequests)
                .with("Retry-After", String(seconds))
        }
        let change = AttendeeChange(
            name: typed.name, email: typed.email, organisation: typed.organisation, role: typed.role,
            accessNeeds: typed.accessNeeds, dietaryNeeds: typed.dietaryNeeds)
        let outcome = try await frontOfHouse.change(
            event: form.person.event.slug, reference: form.person.attendee.reference, change, byStaff: false)
        switch outcome {
        case .changed(let person, let asked):
            return .redirect(to: AttendeePage.path(person) + (asked == nil ? "?changed" : "?asked"))
        case .refused(let refusals):
            return refuse(
                refusals.map { FieldProblem($0, in: form.content, blocks: []) }, .unprocessableContent)
        case .unknownAttendee: throw RequestError.notFound
        }
    }
}
