import HTTP
import Operations
import Registration

/// What the forms of somebody's own page share.
struct OwnForm: Sendable {
    var person: RegisteredAttendee
    var content: EventProgramme
    var visitor: Visitor
    var formToken: String

    /// The address of the own page and of what stands below it.
    func path(_ form: String = "") -> String { AttendeePage.path(person) + form }

    var hiddenToken: HTML { "<input type=\"hidden\" name=\"token\" value=\"\(formToken)\">" }

    /// A form's page, of which the address is a ticket.
    func response(_ document: HTML, _ status: Status = .ok, isSecure: Bool) -> Response {
        var response = document.response(status).asTicket
        visitor.introduce(to: &response, isSecure: isSecure)
        return response
    }
}

extension Site {
    /// The form of whoever has the page's address.
    func ownForm(_ request: Request, _ parameters: Parameters) async throws -> OwnForm {
        let person = try await ownAttendee(parameters)
        let visitor = visitor(request)
        return OwnForm(
            person: person, content: try await content(parameters), visitor: visitor,
            formToken: frontOfHouse.formToken(session: visitor.name))
    }
}

extension OwnForm {
    /// What the page says instead of a form that is closed.
    struct Closed {
        var title: String
        var sentence: String
    }

    /// Why nothing can be changed any more; nil while it can.
    func closed(at now: Timestamp) -> Closed? {
        let event = person.event
        if person.attendee.status == .cancelled {
            return Closed(
                title: "This registration was cancelled", sentence: "Nothing in it can be changed any more.")
        }
        return now >= event.changesClose ? tooLate : nil
    }

    var tooLate: Closed {
        let event = person.event
        let until = RegistrationRefusal.changesClosed(event.changesClose).sentence(in: LocalTime(event))
        let invitation = event.contact.isEmpty ? "" : " Write to \(event.contact) if something has come up."
        return Closed(title: "It is too late for changes", sentence: until + invitation)
    }

    /// The page instead of a form that is closed.
    func closedPage(_ closed: Closed) -> HTML {
        var layout = Layout(closed.title, event: person.event)
        layout.isNarrow = true
        return layout.document(
            """
            <div class="stack"><h1>\(closed.title)</h1><p class="lead">\(closed.sentence)</p>
            <p><a class="button" href="\(path())">Back to your registration</a></p></div>
            """)
    }
}
