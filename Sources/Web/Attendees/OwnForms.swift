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
    /// Why nothing can be changed any more; nil while it can.
    func isClosed(at now: Timestamp) -> String? {
        let event = person.event
        if person.attendee.status == .cancelled {
            return RegistrationRefusal.cancelled.sentence(in: LocalTime(event))
        }
        guard now >= event.changesClose else { return nil }
        return RegistrationRefusal.changesClosed(event.changesClose).sentence(in: LocalTime(event))
            + (event.contact.isEmpty ? "" : " Write to \(event.contact) if something has come up.")
    }

    /// The page instead of a form that is closed.
    func closedPage(_ sentence: String) -> HTML {
        var layout = Layout("Closed for changes", event: person.event)
        layout.isNarrow = true
        return layout.document(
            """
            <div class="stack"><h1>Closed for changes</h1><p class="lead">\(sentence)</p>
            <p><a class="button" href="\(path())">Back to your registration</a></p></div>
            """)
    }
}
