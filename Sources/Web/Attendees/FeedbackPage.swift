import Operations
import Registration

/// `/e/{event}/me/{reference}/{key}/feedback`: what somebody says of the day and of their sessions.
struct FeedbackPage {
    var person: RegisteredAttendee
    var feedback: OwnFeedback
    /// What was typed, where it is shown again because something is wrong with it.
    var typed: [FeedbackAnswer]?
    var problems: [FieldProblem] = []
    var isSaved = false
    var isWithdrawn = false
    var formToken: String

    private var event: Event { person.event }
    private var time: LocalTime { LocalTime(event) }
    private var path: String { FeedbackPage.path(person) }

    static func path(_ person: RegisteredAttendee) -> String { AttendeePage.path(person) + "/feedback" }

    /// The name of a field of one subject.
    static func field(_ field: String, _ session: String?) -> String {
        session.map { "\(field).session.\($0)" } ?? "\(field).day"
    }

    var document: HTML {
        var layout = Layout("Your feedback", event: event)
        layout.isNarrow = true
        layout.hasProblem = !problems.isEmpty
        return layout.document(
            """
            <div class="stack-wide">
            \(problems.summary)
            \(isSaved ? thanks : heading)
            \(isWithdrawn ? "<p class=\"notice\" role=\"status\">None of your quotes may be published any more.</p>" : nil)
            \(content)
            <p><a href="\(AttendeePage.path(person))">Back to your registration</a></p>
            </div>
            """)
    }

    private var heading: HTML {
        "<div><h1>Your feedback</h1><p class=\"lead soft\">\(event.title), \(time.days(of: event))</p></div>"
    }

    private var thanks: HTML {
        """
        <section class="done stack" role="status">
        <h1>Thank you</h1>
        <p class="lead">Your feedback is kept. You can change it below.</p>
        </section>
        """
    }

    private var content: HTML {
        switch feedback.state {
        case .notYet(let opens):
            "<p class=\"lead\">You can say what you thought when the event is over, from \(time.dayAndClock(opens)).</p>"
        case .closed(let closed):
            "<p class=\"lead\">Feedback closed at \(time.dayAndClock(closed)).</p>\(withdrawal)"
        case .open(let until): form(until)
        }
    }

    private func form(_ until: Timestamp) -> HTML {
        """
        <p>The organisers see what people answered without names, and only once at least \(Feedback.fewestShown) \
        have; a quote that you let them publish they see at once, with your role. You can change all of it until \
        \(time.dayAndClock(until)). Answer what you like and leave the rest empty.</p>
        <form class="stack-wide" method="post" action="\(path)" novalidate>
        <input type="hidden" name="token" value="\(formToken)">
        \(feedback.subjects.map(subject))
        <div class="section"><button class="button" type="submit">Send feedback</button></div>
        </form>
        """
    }

    private func subject(_ subject: OwnFeedback.Subject) -> HTML {
        let session = subject.session
        let answer = self.answer(subject)
        func name(_ field: String) -> String { FeedbackPage.field(field, session?.slug) }
        let hours = session.map { time.span($0.starts, $0.ends) }
        let heading = name("about")
        return """
            <section class="section stack-fields" aria-labelledby="\(heading)">
            <div><h2 id="\(heading)">\(session?.title ?? "The day as a whole")</h2>\
            \(hours.map { "<p class=\"soft number\">\($0)</p>" as HTML })</div>
            \(rating(name("rating"), answer, heading))
            \(TextField(
                id: name("differently"), label: "What will you do differently?", kind: .area,
                value: answer.differently).html(problems))
            \(quote(name("quote"), publish: name("publish"), answer))
            </section>
            """
    }

    /// Folded away until somebody wants it, as most do not.
    private func quote(_ name: String, publish: String, _ answer: FeedbackAnswer) -> HTML {
        let isOpen = !answer.quote.isEmpty || problems.sentence(for: name) != nil
        return """
            <details\("open", if: isOpen)><summary>Add a quote for others</summary>
            <div class="stack">
            \(TextField(
                id: name, label: "Your quote", kind: .area,
                hint: "A sentence or two that would tell a colleague why to come.", value: answer.quote)
                .html(problems))
            <label class="choice"><input type="checkbox" name="\(publish)" value="yes"\
            \("checked", if: answer.mayBePublished)><span class="choice-title">\(Feedback.consentWording)</span></label>
            </div></details>
            """
    }

    private func answer(_ subject: OwnFeedback.Subject) -> FeedbackAnswer {
        let slug = subject.session?.slug
        return typed?.first { $0.session == slug } ?? subject.answer ?? FeedbackAnswer(session: slug)
    }

    private func rating(_ name: String, _ answer: FeedbackAnswer, _ heading: String) -> HTML {
        let problem = problems.sentence(for: name)
        let choices = FeedbackAnswer.ratings.map { rating -> HTML in
            let words = RatingsChart.words[rating - FeedbackAnswer.ratings.lowerBound]
            // The summary of problems leads to the first.
            let id = rating == FeedbackAnswer.ratings.lowerBound ? name : nil
            return """
                <label class="choice rating"><input\("id", is: id) type="radio" name="\(name)" value="\(rating)"\
                \("checked", if: rating == answer.rating)><span class="choice-title">\(words)</span></label>
                """
        }
        return """
            <fieldset\("class", is: problem.map { _ in "has-problem" })\
            \("aria-describedby", is: problem.map { _ in name + "-wrong" })>
            <legend>How was it?</legend>
            \(TextField.wrong(name, problem))
            <div class="ratings">\(choices)</div>
            </fieldset>
            """
    }

    /// Consent can be taken back for as long as there is any.
    private var withdrawal: HTML? {
        when(
            feedback.hasPublishableQuotes,
            """
            <form class="stack" method="post" action="\(path)/withdraw">
            <input type="hidden" name="token" value="\(formToken)">
            <p>You let the organisers publish what you wrote as a quote, without your name.</p>
            <button class="button button-quiet" type="submit">Do not publish it any more</button>
            </form>
            """)
    }
}
