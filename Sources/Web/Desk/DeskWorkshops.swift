import HTTP
import Operations
import Registration

/// `/desk/{event}/{reference}/workshops`: what somebody has booked, to be changed at the desk, also when attendees can't
/// any more.
struct DeskWorkshopsPage {
    var form: DeskForm
    var typed: TypedSessions
    var problems: [FieldProblem] = []

    var document: HTML {
        form.document(
            "Change workshops",
            "<p class=\"lead soft\">What is left out is given to whoever waits for it as soon as you save.</p>",
            action: "/workshops", button: "<button class=\"button\" type=\"submit\">Save</button>", problems,
            isNarrow: false, fields: "\(typed.keepSeen(form.person))\(choices.html)")
    }

    var choices: WorkshopChoices {
        WorkshopChoices(
            blocks: form.blocks, typed: typed, time: LocalTime(form.event), problems: problems)
    }
}

extension DeskForm {
    var blocks: [WorkshopBlock] { WorkshopBlock.all(in: content.programme, for: person) }
}

extension Site {
    func showDeskWorkshops(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn
    ) async throws -> Response {
        let form = try await deskForm(parameters, signedIn)
        return DeskWorkshopsPage(form: form, typed: TypedSessions(form.person.bookings, in: form.blocks))
            .document.response()
    }

    func changeDeskWorkshops(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn, _ fields: FormFields
    ) async throws -> Response {
        let form = try await deskForm(parameters, signedIn)
        let typed = TypedSessions(fields)
        func refuse(_ problems: [FieldProblem], _ form: DeskForm) -> Response {
            DeskWorkshopsPage(form: form, typed: typed, problems: problems).document
                .response(.unprocessableContent)
        }
        let unanswered = DeskWorkshopsPage(form: form, typed: typed).choices.unanswered
        guard unanswered.isEmpty else { return refuse(unanswered, form) }
        let change = AttendeeChange(sessions: typed.wished, waitsFor: typed.waits, swaps: typed.swaps)
        let outcome = try await frontOfHouse.change(
            event: form.event.slug, reference: form.person.attendee.reference, change, seen: typed.seen,
            byStaff: true)
        switch outcome {
        case nil:
            let fresh = try await deskForm(parameters, signedIn)
            let now = TypedSessions(fresh.person.bookings, in: fresh.blocks)
            return DeskWorkshopsPage(form: fresh, typed: now, problems: [.bookingsMoved]).document
                .response(.conflict)
        case .changed: return .redirect(to: form.path())
        case .refused(let refusals):
            // Places may have gone while the form was being filled in.
            let fresh = try await deskForm(parameters, signedIn)
            return refuse(
                refusals.map { FieldProblem($0, in: fresh.content, blocks: fresh.blocks) }, fresh)
        case .unknownAttendee: throw RequestError.notFound
        }
    }
}
