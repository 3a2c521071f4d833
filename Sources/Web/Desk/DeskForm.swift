import HTTP
import Operations
import Registration

/// What the forms share by which staff change somebody's registration for them.
struct DeskForm: Sendable {
    var person: RegisteredAttendee
    var content: EventProgramme
    var staff: StaffBar

    var event: Event { person.event }
    var name: String { person.attendee.name }

    /// The address of the person's page at the desk and of what stands below it.
    func path(_ form: String = "") -> String { "/desk/\(event.slug)/\(person.attendee.reference)" + form }

    var hiddenToken: HTML { "<input type=\"hidden\" name=\"token\" value=\"\(staff.formToken)\">" }

    /// A page with one form, which is left again without a change.
    func document(
        _ title: String, _ lead: HTML, action: String, button: HTML, _ problems: [FieldProblem] = [],
        isNarrow: Bool = true, fields: HTML? = nil
    ) -> HTML {
        var layout = Layout(title, event: event, staff: staff)
        layout.hasProblem = !problems.isEmpty
        layout.isNarrow = isNarrow
        return layout.document(
            """
            <div class="stack-wide">
            \(problems.summary)
            <div class="stack"><div><p class="soft">\(Web.person(name)), <span class="reference">\
            \(person.attendee.reference)</span></p><h1>\(title)</h1></div>
            \(lead)</div>
            <form class="stack-wide" method="post" action="\(path(action))" novalidate>
            \(hiddenToken)
            \(fields)
            <div class="row">\(button)
            <a class="button button-quiet" href="\(path())">Back without a change</a></div>
            </form>
            </div>
            """)
    }
}

extension Site {
    func deskForm(_ parameters: Parameters, _ signedIn: SignedIn) async throws -> DeskForm {
        let person = try await attendee(parameters)
        return DeskForm(
            person: person, content: try await content(parameters),
            staff: bar(signedIn, event: person.event, current: .desk))
    }
}
