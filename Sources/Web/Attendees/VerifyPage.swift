import HTTP
import Operations
import Registration

/// `/verify`: whether a certificate of attendance is genuine, for whoever was handed one.
struct VerifyPage {
    var typed = ""
    var check: CertificateCheck?
    var problems: [FieldProblem] = []

    var document: HTML {
        var layout = Layout(title)
        layout.isNarrow = true
        layout.hasProblem = !problems.isEmpty
        return layout.document(
            """
            <div class="stack-wide">
            \(problems.summary)
            \(answer ?? heading)
            <form class="stack-fields" method="get" action="/verify" novalidate>
            \(TextField(
                id: "code", label: "Code of the certificate",
                hint: "20 characters, such as K7QX2M4P\u{2011}4HTM\u{2011}9XQ2\u{2011}B7RC. Capitals and hyphens do not matter.",
                value: typed, autocomplete: "off", isRequired: true).html(problems))
            <button class="button" type="submit">Check</button>
            </form>
            </div>
            """)
    }

    private var title: String {
        switch check {
        case .valid: "This certificate is genuine"
        case .outdated: "This certificate is out of date"
        case .notValid: "This is not a valid certificate"
        case .tooMany, nil: "Check a certificate"
        }
    }

    private var heading: HTML {
        """
        <div><h1>\(title)</h1>
        <p class="lead soft">A certificate of attendance carries a code. Type it here to see whether the certificate \
        is genuine and what it should say.</p></div>
        """
    }

    private var answer: HTML? {
        switch check {
        case .valid(let certificate): valid(certificate)
        case .notValid:
            """
            <section class="notice notice-bad stack" role="status">
            <h1>\(title)</h1>
            <p>No certificate has the code <strong class="code">\(typed.prefix(80))</strong>. Compare it with the paper: \
            it is 20 characters. If it is the same, the paper was not made here, or its registration was cancelled.</p>
            </section>
            """
        case .outdated:
            """
            <section class="notice notice-bad stack" role="status">
            <h1>\(title)</h1>
            <p>A certificate was made with the code <strong class="code">\(typed.prefix(80))</strong>, or with one that is \
            almost the same: compare it with the paper first.</p>
            <p>If it is the same, something on the certificate was corrected afterwards, and the paper no longer says what \
            it should. Ask the person for a new one, which they download from their own page.</p>
            </section>
            """
        case .tooMany, nil: nil
        }
    }

    private func valid(_ certificate: Certificate) -> HTML {
        let event = certificate.event
        let time = LocalTime(event)
        return """
            <section class="done stack" role="status">
            <h1>\(title)</h1>
            <p class="lead">The paper should say the same as this page.</p>
            </section>
            <section aria-label="What the certificate says"><dl class="facts">
            <div><dt>Name</dt><dd>\(person(certificate.attendee.name))</dd></div>
            <div><dt>Took part in</dt><dd>\(event.title)</dd></div>
            <div><dt>When</dt><dd>\(certificate.dates)</dd></div>
            <div><dt>Where</dt><dd>\(event.venue)</dd></div>
            \(when(!certificate.sessions.isEmpty, sessions(certificate, time)))
            <div><dt>Code</dt><dd class="code">\(certificate.code)</dd></div>
            </dl></section>
            """
    }

    private func sessions(_ certificate: Certificate, _ time: LocalTime) -> HTML {
        let lines = certificate.sessionLines.map { "<li>\($0)</li>" as HTML }
        return "<div><dt>Sessions attended</dt><dd><ul>\(lines)</ul></dd></div>"
    }
}

extension Site {
    /// With `?code=`, as the form sends it, or as the last part of the address, as the paper's QR code has it.
    func showVerify(_ request: Request, _ parameters: Parameters) async throws -> Response {
        try await verify(request, request.query["code"])
    }

    func verifyAtAddress(_ request: Request, _ parameters: Parameters) async throws -> Response {
        try await verify(request, parameters["code"])
    }

    private func verify(_ request: Request, _ typed: String?) async throws -> Response {
        guard let typed = typed?.trimmed else { return VerifyPage().document.response() }
        var page = VerifyPage(typed: String(typed.prefix(200)))
        guard !typed.isEmpty else {
            page.problems = [FieldProblem(field: "code", sentence: "Enter the code of the certificate.")]
            return page.document.response(.unprocessableContent).asTicket
        }
        let check = try await frontOfHouse.verifyCertificate(typed, from: request.clientKey)
        if case .tooMany(let seconds) = check {
            page.problems = [
                FieldProblem(sentence: "Too many codes were tried. Wait \(seconds.seconds) and try again.")
            ]
            return page.document.response(.tooManyRequests).asTicket.with("Retry-After", String(seconds))
        }
        page.check = check
        let status: Status =
            switch check {
            case .valid: .ok
            case .outdated: .gone
            case .notValid, .tooMany: .notFound
            }
        return page.document.response(status).asTicket
    }
}
