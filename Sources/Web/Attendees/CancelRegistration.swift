import HTTP
import Operations
import Registration

/// `/e/{event}/me/{reference}/{key}/cancel`: asks once more before a registration is cancelled.
struct CancelPage {
    var form: OwnForm
    var problems: [FieldProblem] = []

    var document: HTML {
        let event = form.person.event
        let title = isWaiting ? "Leave the waiting list" : "Cancel your registration"
        var layout = Layout(title, event: event)
        layout.isNarrow = true
        return layout.document(
            """
            <div class="stack-wide">
            \(problems.summary)
            <div class="stack"><h1>\(title)?</h1>
            <p class="lead">\(person(form.person.attendee.name)) is \(isWaiting ? "on the waiting list" : "registered") \
            for \(event.title) on \(LocalTime(event).days(of: event)).</p>
            <p>\(consequence) You can't undo this.</p></div>
            <form class="row" method="post" action="\(form.path("/cancel"))">
            \(form.hiddenToken)
            <button class="button button-bad" type="submit">\(isWaiting ? "Yes, leave it" : "Yes, cancel my registration")</button>
            <a class="button button-quiet" href="\(form.path())">\(isWaiting ? "No, keep my place in it" : "No, keep it")</a>
            </form>
            </div>
            """)
    }

    private var isWaiting: Bool { form.person.attendee.status == .waiting }

    private var consequence: String {
        guard !isWaiting else {
            return "Your registration will be cancelled, and your place in the list is gone."
        }
        let workshops = form.person.bookings.isEmpty ? "" : " and your workshops"
        return
            "Your place\(workshops) will be given to somebody else at once, and your QR code will not admit you."
    }
}

extension Site {
    func showCancel(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let form = try await ownForm(request, parameters)
        if let closed = form.closed(at: frontOfHouse.now) {
            return form.response(form.closedPage(closed), isSecure: isSecure)
        }
        return form.response(CancelPage(form: form).document, isSecure: isSecure)
    }

    func cancelOwn(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let form = try await ownForm(request, parameters)
        guard isGenuine(try request.form(), form.visitor) else {
            let page = CancelPage(form: form, problems: [.notGenuine])
            return form.response(page.document, .forbidden, isSecure: isSecure)
        }
        let outcome = try await frontOfHouse.cancel(
            event: form.person.event.slug, reference: form.person.attendee.reference, byStaff: false)
        switch outcome {
        case .cancelled(let person): return .redirect(to: AttendeePage.path(person))
        case .refused: return form.response(form.closedPage(form.tooLate), .conflict, isSecure: isSecure)
        case .unknownAttendee: throw RequestError.notFound
        }
    }
}
