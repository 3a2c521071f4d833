import HTTP
import Operations
import Registration

/// `/e/{event}/link`: has somebody's link sent again.
struct LinkPage {
    var event: Event
    var email = ""
    var problems: [FieldProblem] = []
    var formToken: String

    static func path(_ slug: String) -> String { "/e/\(slug)/link" }

    var document: HTML {
        var layout = Layout("Send my link again", event: event)
        layout.isNarrow = true
        layout.hasProblem = !problems.isEmpty
        return layout.document(
            """
            <div class="stack-wide">
            \(problems.summary)
            <div><h1>Send my link again</h1>
            <p class="lead soft">Enter the address you registered with. If it is registered, a letter with the link to \
            your page is sent there.</p></div>
            <form class="stack-wide" method="post" action="\(LinkPage.path(event.slug))" novalidate>
            <input type="hidden" name="token" value="\(formToken)">
            \(TextField(id: "email", label: "E-mail address", kind: .email, value: email, autocomplete: "email",
                isRequired: true).html(problems))
            <div><button class="button" type="submit">Send it</button></div>
            </form>
            </div>
            """)
    }
}

extension Site {
    func showLink(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let event = try await content(parameters).event
        guard sendsLetters else {
            throw RequestError(
                .notFound, "Lanyard sends no e-mail here. Write to the organisers if you have lost your page."
            )
        }
        return linkForm(event, visitor(request))
    }

    func sendLink(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let event = try await content(parameters).event
        let visitor = visitor(request)
        let fields = try request.form()
        let email = fields[RegistrationForm.Field.email.rawValue] ?? ""
        func refuse(_ sentence: String, field: String? = nil, _ status: Status) -> Response {
            linkForm(event, visitor, email, [FieldProblem(field: field, sentence: sentence)], status)
        }
        guard isGenuine(fields, visitor) else {
            return refuse(FieldProblem.notGenuine.sentence, .forbidden)
        }
        guard EmailAddress(email) != nil else {
            let problem = RegistrationForm.Problem(.email, .notAnAddress)
            return refuse(problem.sentence, field: problem.field.rawValue, .unprocessableContent)
        }
        if case .refused(let seconds) = settings.registrations.take(
            request.clientKey, at: frontOfHouse.now)
        {
            return refuse(
                "Too many requests have come from your network. Wait \(seconds) s and press Send it again.",
                .tooManyRequests
            ).with("Retry-After", String(seconds))
        }
        try await frontOfHouse.sendLink(event: event.slug, email: email)
        return .redirect(to: SentPage.path(event.slug) + "?link")
    }

    private func linkForm(
        _ event: Event, _ visitor: Visitor, _ email: String = "", _ problems: [FieldProblem] = [],
        _ status: Status = .ok
    ) -> Response {
        let page = LinkPage(
            event: event, email: email, problems: problems,
            formToken: frontOfHouse.formToken(session: visitor.name))
        var response = page.document.response(status)
        visitor.introduce(to: &response, isSecure: isSecure)
        return response
    }
}
