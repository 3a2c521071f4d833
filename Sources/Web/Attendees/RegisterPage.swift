import Operations
import Registration

/// `/e/{event}/register`: the form, empty or with everything that was typed and what is wrong with it.
struct RegisterPage {
    var content: EventProgramme
    var typed = TypedRegistration()
    var problems: [FieldProblem] = []
    /// Makes one submission of this rendering out of several.
    var idempotencyKey: String
    var formToken: String

    private var event: Event { content.event }
    private var time: LocalTime { LocalTime(event) }

    var document: HTML {
        var layout = Layout("Register", event: event)
        layout.hasProblem = !problems.isEmpty
        layout.script = .register
        return layout.document(
            """
            <div class="form-with-badge">
            <div class="stack-wide">
            \(problems.summary)
            <div>
            <h1>Register</h1>
            <p class="lead soft">\(event.title), \(time.days(of: event)), \(event.venue)</p>
            </div>
            <form class="stack-wide" id="register" method="post" action="/e/\(event.slug)/register" novalidate>
            <input type="hidden" name="token" value="\(formToken)">
            <input type="hidden" name="key" value="\(idempotencyKey)">
            \(person)
            \(workshops)
            \(needs)
            <div class="section stack">
            <p>You get a page of your own with the QR code that admits you. Keep its address: it is your ticket.</p>
            <button class="button" type="submit">Register</button>
            </div>
            </form>
            </div>
            \(preview)
            </div>
            """)
    }

    /// The badge as it fills while somebody types; a picture for those who see it.
    private var preview: HTML {
        """
        <div class="lanyard" aria-hidden="true">\(lanyardStrap)<div class="lanyard-card preview">
        <p class="preview-event">\(event.title)</p>
        <p class="preview-name" data-shows="name" dir="auto">\(typed.form.name)</p>
        <p class="preview-organisation" data-shows="organisation" dir="auto">\(typed.form.organisation)</p>
        <p class="soft" data-shows="role" dir="auto">\(typed.form.role)</p>
        <p class="preview-foot">Your badge waits for you at the entrance.</p>
        </div></div>
        """
    }

    private var person: HTML {
        """
        <section class="section stack-fields" aria-labelledby="about-you">
        <h2 id="about-you">About you</h2>
        \(field(.name, "Full name", hint: "As it should appear on your badge", \.name, "name", isRequired: true))
        \(field(.email, "E-mail address", kind: .email, \.email, "email", isRequired: true))
        \(field(.organisation, "Organisation (optional)", \.organisation, "organization"))
        \(field(.role, "Role (optional)", hint: "For example: practice nurse", \.role, "organization-title"))
        </section>
        """
    }

    private var needs: HTML {
        """
        <section class="section stack-fields" aria-labelledby="needs">
        <h2 id="needs">What you need</h2>
        <p class="soft">Read only by the people who prepare the day. It is on no list and not on your badge.</p>
        \(field(.accessNeeds, "Access needs (optional)", kind: .area,
            hint: "For example: step-free access, a hearing loop, a seat near the front", \.accessNeeds, "off"))
        \(field(.dietaryNeeds, "Dietary needs (optional)", kind: .area,
            hint: "For example: vegan, halal, a nut allergy", \.dietaryNeeds, "off"))
        </section>
        """
    }

    private func field(
        _ field: RegistrationForm.Field, _ label: String, kind: TextField.Kind = .text, hint: String? = nil,
        _ value: KeyPath<RegistrationForm, String>, _ autocomplete: String, isRequired: Bool = false
    ) -> HTML {
        TextField(
            id: field.rawValue, label: label, kind: kind, hint: hint, value: typed.form[keyPath: value],
            autocomplete: autocomplete, isRequired: isRequired
        ).html(problems)
    }

    private var workshops: HTML? {
        let blocks = WorkshopBlock.all(in: content.programme)
        guard !blocks.isEmpty else { return nil }
        return """
            <section class="section stack-fields" aria-labelledby="workshops">
            <h2 id="workshops">Workshops</h2>
            <p class="soft">You can be in one at a time. Everything else in the programme is open to you anyway.</p>
            \(blocks.map { $0.html(typed, time: time, problems: problems) })
            </section>
            """
    }
}
