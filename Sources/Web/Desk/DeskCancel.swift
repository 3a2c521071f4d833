import HTTP
import Operations
import Registration

/// `/desk/{event}/{reference}/cancel`: asks once more before an organiser cancels somebody's registration.
struct DeskCancelPage {
    var form: DeskForm

    var document: HTML {
        form.document(
            "Cancel this registration?",
            """
            <p class="lead">The place of \(person(form.name))\(form.person.bookings.isEmpty ? "" : " and their workshops") \
            will be given to whoever waits, at once, and their QR code will not admit them. This can't be undone.</p>
            """, action: "/cancel",
            button: """
                <button class="button button-bad" type="submit">Yes, cancel it</button>
                """)
    }
}

extension Site {
    func showDeskCancel(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn
    ) async throws -> Response {
        DeskCancelPage(form: try await deskForm(parameters, signedIn)).document.response()
    }

    func cancelForAttendee(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn, _ fields: FormFields
    ) async throws -> Response {
        let form = try await deskForm(parameters, signedIn)
        let outcome = try await frontOfHouse.cancel(
            event: form.event.slug, reference: form.person.attendee.reference, byStaff: true)
        switch outcome {
        case .cancelled: return .redirect(to: form.path())
        case .refused(let refusal):
            throw RequestError(.conflict, refusal.sentence(in: LocalTime(form.event)))
        case .unknownAttendee: throw RequestError.notFound
        }
    }
}
