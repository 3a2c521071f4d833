import HTTP
import Operations

/// A page that says one thing: that something is not there, not allowed, or too much at once.
struct PlainPage {
    var title: String
    var sentence: String
    var action: (words: String, path: String)?
    var staff: StaffBar?

    var document: HTML {
        var layout = Layout(title, staff: staff)
        layout.isNarrow = true
        return layout.document(
            """
            <div class="stack">
            <h1>\(title)</h1>
            <p class="lead">\(sentence)</p>
            \(action.map { "<p><a class=\"button\" href=\"\($0.path)\">\($0.words)</a></p>" as HTML })
            </div>
            """)
    }
}

extension Site {
    /// What people see for what a handler threw: their own mistake in its words, ours without details.
    func errorPage(_ error: any Error, _ request: Request, staff: StaffBar? = nil) -> Response {
        let desk = Site.deskPath(request)
        switch error {
        case let error as RequestError:
            var response = PlainPage(
                title: PlainPage.title(error.status), sentence: PlainPage.sentence(error, request),
                action: desk.map { ("Back to the desk", $0) } ?? ("See the events", "/"), staff: staff
            ).document.response(error.status)
            for field in error.headers.fields { response.headers.add(field.name, field.value) }
            return response
        case is Overloaded:
            return PlainPage(
                title: "A lot is going on",
                sentence: "More people are here than can be served at this moment. Nothing was changed: "
                    + "go back and try again in a few seconds.",
                action: desk.map { ("Back to the desk", $0) }, staff: staff
            ).document.response(.serviceUnavailable).with("Retry-After", "5")
        default:
            settings.noteFault(error, request.id)
            return PlainPage(
                title: "Something went wrong",
                sentence:
                    "The mistake is ours, and it is noted. Go back and try again; if it goes on, write to "
                    + "the organisers and name “\(request.id)”.",
                action: desk.map { ("Back to the desk", $0) }, staff: staff
            ).document.response(.internalServerError)
        }
    }
}

extension PlainPage {
    /// Whoever opens the address of a form's target is told so in other words than programs are.
    fileprivate static func sentence(_ error: RequestError, _ request: Request) -> String {
        guard error.status == .methodNotAllowed, request.method == .get else { return error.sentence }
        return
            "This address takes what a form sends, and has no page of its own. Open the page with the form, and send "
            + "it from there."
    }

    static func title(_ status: Status) -> String {
        switch status {
        case .notFound: "Not found"
        case .tooManyRequests, .serviceUnavailable: "Please come back in a moment"
        case .contentTooLarge: "That is too much at once"
        default: "This can't be done"
        }
    }
}
