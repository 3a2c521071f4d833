import HTTP
import Operations
import Registration

/// `/e/{event}/sent`: after every form whose answer comes by e-mail, the same whether the address was known or not.
struct SentPage {
    var event: Event
    /// Whether it follows the form for a lost link.
    var isLink = false

    static func path(_ slug: String) -> String { "/e/\(slug)/sent" }

    var document: HTML {
        var layout = Layout("Look at your e-mail", event: event)
        layout.isNarrow = true
        return layout.document(
            """
            <div class="stack">
            <section class="done stack" role="status">
            <h1>Look at your e-mail</h1>
            <p class="lead">\(words)</p>
            </section>
            <p>It comes within a few minutes. If it does not, look among unwanted mail, check that the address was right, \
            and <a href="\(LinkPage.path(event.slug))">have it sent again</a>.</p>
            <p><a class="button button-quiet" href="/e/\(event.slug)">Back to the event</a></p>
            </div>
            """)
    }

    private var words: String {
        isLink
            ? "If the address you gave is registered, we have sent a letter there with the link to your page."
            : "We have written to the address you gave, or to each of a group. The letter has the link to a page of "
                + "one’s own, with the ticket or the place on the waiting list, where everything can be changed."
    }
}

extension Site {
    /// Whether tickets come by e-mail.
    var sendsLetters: Bool { frontOfHouse.settings.letters }

    func showSent(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let event = try await content(parameters).event
        return SentPage(event: event, isLink: request.query["link"] != nil).document.response()
    }
}
