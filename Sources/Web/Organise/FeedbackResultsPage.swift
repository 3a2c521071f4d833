import HTTP
import Operations
import Registration

/// `/organise/{event}/feedback`: what people said, without who they are.
struct FeedbackResultsPage {
    var results: FeedbackResults
    var staff: StaffBar

    private var event: Event { results.event }
    private var time: LocalTime { LocalTime(event) }

    var document: HTML {
        Layout("Feedback", event: event, staff: staff).document(
            """
            <div class="stack-wide">
            <div><p class="soft">\(event.title)</p><h1>Feedback</h1>
            <p class="lead soft">\(taken) Answers are shown once \(Feedback.fewestShown) or more people gave them, \
            without names.</p></div>
            \(results.subjects.filter(\.isShown).map(subject))
            \(others)
            </div>
            """)
    }

    private var taken: String {
        switch results.state {
        case .notYet(let opens): "People can give feedback from \(time.dayAndClock(opens))."
        case .open(let until): "People can give feedback until \(time.dayAndClock(until))."
        case .closed(let at): "Feedback closed at \(time.dayAndClock(at))."
        }
    }

    private func subject(_ result: FeedbackResult) -> HTML {
        let id = result.session.map { "session-\($0.slug)" } ?? "day"
        return """
            <section class="card stack" aria-labelledby="\(id)">
            <h2 id="\(id)">\(FeedbackResultsPage.title(result))</h2>
            <div class="halves">
            <div class="stack">\(ratings(result))\(differences(result))</div>
            \(when(!result.quotes.isEmpty, quotes(result)))
            </div>
            </section>
            """
    }

    private static func title(_ result: FeedbackResult) -> String {
        result.session?.title ?? "The day as a whole"
    }

    private static func count(_ result: FeedbackResult) -> String {
        switch result.answers {
        case 0: "No answers yet"
        case 1: "1 answer"
        case let answers: "\(answers) answers"
        }
    }

    /// Those of which there is nothing to show, in one list.
    private var others: HTML? {
        let rest = results.subjects.filter { !$0.isShown }
        guard !rest.isEmpty else { return nil }
        return """
            <section class="stack" aria-labelledby="too-few">
            <h2 id="too-few">Too few answers to show</h2>
            <ul class="booked">\(rest.map(other))</ul>
            </section>
            """
    }

    private func other(_ result: FeedbackResult) -> HTML {
        """
        <li><span class="soft number">\(FeedbackResultsPage.count(result))</span>\
        <strong>\(FeedbackResultsPage.title(result))</strong></li>
        """
    }

    private func ratings(_ result: FeedbackResult) -> HTML {
        guard let ratings = result.ratings, let average = ratings.average else {
            return "<p class=\"soft\">\(FeedbackResultsPage.count(result)): too few to show.</p>"
        }
        let share = result.session == nil ? " of \(results.confirmed) people" : ""
        return """
            <p class="figure-number">\(average.inTenths) <small>of \(FeedbackAnswer.ratings.upperBound) on average, \
            \(result.answers) answers\(share)</small></p>
            \(RatingsChart(ratings: ratings).html)
            """
    }

    private func differences(_ result: FeedbackResult) -> HTML? {
        guard !result.differences.isEmpty else { return nil }
        return """
            <h3>What people will do differently</h3>
            <ul class="said">\(result.differences.map { "<li class=\"prose\" dir=\"auto\">\($0)</li>" as HTML })</ul>
            \(more(result.differenceCount - result.differences.count))
            """
    }

    private func quotes(_ result: FeedbackResult) -> HTML {
        """
        <div class="stack"><h3>Quotes to publish</h3>
        \(result.quotes.map(quote))
        \(more(result.quoteCount - result.quotes.count))</div>
        """
    }

    private func quote(_ quote: PublishableQuote) -> HTML {
        """
        <figure class="quote"><blockquote class="prose" dir="auto">\(quote.text)</blockquote>
        <figcaption class="soft">\(quote.role.isEmpty ? "A participant" : quote.role)</figcaption></figure>
        """
    }

    private func more(_ count: Int) -> HTML? {
        when(count > 0, "<p class=\"soft\">\(count) more are not shown.</p>")
    }
}

extension FeedbackResult {
    fileprivate var isShown: Bool { ratings != nil || !quotes.isEmpty }
}

extension Double {
    /// With one digit after the point.
    fileprivate var inTenths: String {
        let tenths = Int((self * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}

extension Site {
    func showFeedbackResults(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn
    ) async throws -> Response {
        guard let results = try await frontOfHouse.feedbackResults(event: parameters["event"]) else {
            throw RequestError(.notFound, "There is no such event. Its address may have changed.")
        }
        let bar = bar(signedIn, event: results.event, current: .feedback)
        return FeedbackResultsPage(results: results, staff: bar).document.response()
    }
}
