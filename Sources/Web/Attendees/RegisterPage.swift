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
    /// Whether the ticket comes by e-mail.
    var sendsLetters = false
    /// Set where reception registers somebody who stands before them.
    var staff: StaffBar?
    /// Whether access and dietary needs are still taken.
    var takesNeeds = true

    private var words: RegisterWords {
        staff != nil ? .byStaff : content.places.isFull ? .toWait : .forThemselves
    }
    private var event: Event { content.event }
    private var time: LocalTime { LocalTime(event) }

    var document: HTML {
        var layout = Layout(words.title, event: event, staff: staff)
        layout.hasProblem = !problems.isEmpty
        layout.script = .register
        return layout.document(
            """
            <div class="form-with-badge">
            <div class="stack-wide">
            \(problems.inOrder(of: fields).summary)
            <div>
            \(when(staff != nil, "<p><a href=\"/desk/\(event.slug)\">Back to the desk</a></p>"))
            <h1>\(words.title)</h1>
            <p class="lead soft">\(event.title), \(time.days(of: event)), \(event.venue)</p>
            \(when(content.places.isFull, full))
            </div>
            <form class="stack-wide" id="register" method="post" action="/e/\(event.slug)/register" novalidate>
            <input type="hidden" name="token" value="\(formToken)">
            <input type="hidden" name="key" value="\(idempotencyKey)">
            \(when(content.places.isFull, RegisterPage.waits))
            \(person)
            \(workshopChoices.html)
            \(QuestionFields(questions: content.questions, answers: typed.form.answers).section(problems))
            \(when(takesNeeds, needs))
            \(when(staff == nil, ConsentChoices(ticked: typed.form.consents).section))
            <div class="section stack">
            \(next)
            <button class="button" type="submit">\(words.button)</button>
            </div>
            </form>
            </div>
            \(preview)
            </div>
            """)
    }

    /// The names of the fields, as they follow each other.
    private var fields: [String] {
        PersonFields.names + WorkshopBlock.all(in: content.programme).map(\.field)
            + content.questions.map { QuestionFields.field($0.slug) } + NeedsFields.names
            + Consent.allCases.map(ConsentChoices.field)
    }

    /// The badge as it fills while somebody types; a picture for those who see it.
    private var preview: HTML {
        """
        <div class="lanyard" aria-hidden="true">\(lanyardStrap)<div class="lanyard-card preview">
        <p class="preview-event">\(event.title)</p>
        <p class="preview-name" data-shows="name" dir="auto">\(typed.form.name)</p>
        <p class="preview-organisation" data-shows="organisation" dir="auto">\(typed.form.organisation)</p>
        <p class="soft" data-shows="role" dir="auto">\(typed.form.role)</p>
        \(when(staff == nil, "<p class=\"preview-foot\">Your badge waits for you at the entrance.</p>"))
        </div></div>
        """
    }

    private var person: HTML {
        """
        <section class="section stack-fields" aria-labelledby="about-you">
        <h2 id="about-you">\(words.person)</h2>
        \(PersonFields(form: typed.form, problems: problems).html)
        </section>
        """
    }

    private var needs: HTML {
        """
        <section class="section stack-fields" aria-labelledby="needs">
        <h2 id="needs">\(words.needs)</h2>
        <p class="soft">Read only by the people who prepare the day, not on the badge, and deleted on \
        \(time.day(event.needsPurged)).</p>
        \(NeedsFields(form: typed.form, problems: problems).html)
        </section>
        """
    }

    private var workshopChoices: WorkshopChoices {
        var blocks = WorkshopBlock.all(in: content.programme)
        for index in blocks.indices { blocks[index].isForLater = content.places.isFull }
        return WorkshopChoices(
            blocks: blocks, typed: typed.sessions, time: time,
            problems: problems)
    }

    private static let waits: HTML = """
        <input type="hidden" name="\(TypedRegistration.ifFullField)" value="\(IfFull.wait.rawValue)">
        """

    private var full: HTML {
        """
        <p class="notice">All places are taken. When one becomes free, \
        \(RegisterWords.nextPlace(isHeld: content.places.isHeld)). \
        \(content.places.waiting == 0 ? "Nobody waits yet." : "\(content.places.waiting) on the list so far.") \
        \(when(content.programme.offers.contains { $0.session.capacity != nil },
            "Of the workshops that you choose you then get those that still have places."))</p>
        """
    }

    private var next: HTML {
        if staff != nil {
            return
                "<p>They are checked in at once if the doors are open. Print their badge on the next page.</p>"
        }
        if content.places.isFull {
            return sendsLetters
                ? "<p>You get an e-mail with the link to a page of your own, which shows your place in the list.</p>"
                : """
                <p>You get a page of your own, which shows your place in the list. Keep its address: it will be your \
                ticket.</p>
                """
        }
        return sendsLetters
            ? "<p>You get an e-mail with your ticket and the link to a page of your own.</p>"
            : """
            <p>You get a page of your own with the QR code that admits you. Keep its address: it is your ticket.</p>
            """
    }
}
