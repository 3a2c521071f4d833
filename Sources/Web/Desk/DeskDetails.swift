import HTTP
import Operations
import Registration

/// `/desk/{event}/{reference}/details`: who somebody is, to be corrected at the desk.
struct DeskDetailsPage {
    var form: DeskForm
    var typed: RegistrationForm
    var problems: [FieldProblem] = []

    var document: HTML {
        form.document(
            "Correct details",
            """
            <p class="lead soft">Letters go to a new address at once. A badge that is printed already keeps what is on it: \
            print another.</p>
            """, action: "/details", button: "<button class=\"button\" type=\"submit\">Save</button>",
            problems,
            fields: """
                <div class="stack-fields">\(PersonFields(form: typed, problems: problems).html)</div>
                """)
    }
}

extension Site {
    func showDeskDetails(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn
    ) async throws -> Response {
        let form = try await deskForm(parameters, signedIn)
        return DeskDetailsPage(form: form, typed: RegistrationForm(form.person.attendee)).document.response()
    }

    func changeDeskDetails(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn, _ fields: FormFields
    ) async throws -> Response {
        let form = try await deskForm(parameters, signedIn)
        let typed = TypedRegistration(fields).form
        let change = AttendeeChange(
            name: typed.name, email: typed.email, organisation: typed.organisation, role: typed.role)
        let outcome = try await frontOfHouse.change(
            event: form.event.slug, reference: form.person.attendee.reference, change, byStaff: true)
        switch outcome {
        case .changed: return .redirect(to: form.path())
        case .refused(let refusals):
            let problems = refusals.map { refusal in
                var problem = FieldProblem(refusal, in: form.content, blocks: [])
                if refusal == .addressTaken {
                    problem.sentence = "Somebody else in this event has this address."
                }
                return problem
            }
            return DeskDetailsPage(form: form, typed: typed, problems: problems).document
                .response(.unprocessableContent)
        case .unknownAttendee: throw RequestError.notFound
        }
    }
}
