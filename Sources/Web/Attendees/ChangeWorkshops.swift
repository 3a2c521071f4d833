import HTTP
import Operations
import Registration

/// `/e/{event}/me/{reference}/{key}/workshops`: what somebody has booked, to be changed.
struct ChangeWorkshopsPage {
    var form: OwnForm
    var typed: TypedSessions
    var problems: [FieldProblem] = []

    var document: HTML {
        var layout = Layout("Change your workshops", event: form.person.event)
        layout.hasProblem = !problems.isEmpty
        return layout.document(
            """
            <div class="stack-wide">
            \(problems.summary)
            <div><h1>Change your workshops</h1>
            <p class="lead soft">What you leave out is given to whoever waits for it as soon as you save.</p></div>
            <form class="stack-wide" method="post" action="\(form.path("/workshops"))" novalidate>
            \(form.hiddenToken)
            \(typed.keepSeen(form.person))
            \(choices.html)
            <div class="section row">
            <button class="button" type="submit">Save</button>
            <a class="button button-quiet" href="\(form.path())">Back without a change</a>
            </div>
            </form>
            </div>
            """)
    }

    var choices: WorkshopChoices {
        WorkshopChoices(
            blocks: form.blocks, typed: typed, time: LocalTime(form.person.event), problems: problems)
    }
}

extension OwnForm {
    var blocks: [WorkshopBlock] { WorkshopBlock.all(in: content.programme, for: person) }
}

extension Site {
    func showChangeWorkshops(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let form = try await ownForm(request, parameters)
        if let closed = form.closed(at: frontOfHouse.now) {
            return form.response(form.closedPage(closed), isSecure: isSecure)
        }
        let page = ChangeWorkshopsPage(
            form: form, typed: TypedSessions(form.person.bookings, in: form.blocks))
        return form.response(page.document, isSecure: isSecure)
    }

    func changeWorkshops(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let form = try await ownForm(request, parameters)
        let fields = try request.form()
        let typed = TypedSessions(fields)
        func refuse(_ problems: [FieldProblem], _ status: Status, _ form: OwnForm) -> Response {
            form.response(
                ChangeWorkshopsPage(form: form, typed: typed, problems: problems).document, status,
                isSecure: isSecure)
        }
        guard isGenuine(fields, form.visitor) else { return refuse([.notGenuine], .forbidden, form) }
        let unanswered = ChangeWorkshopsPage(form: form, typed: typed).choices.unanswered
        guard unanswered.isEmpty else { return refuse(unanswered, .unprocessableContent, form) }
        let change = AttendeeChange(sessions: typed.wished, waitsFor: typed.waits, swaps: typed.swaps)
        let outcome = try await frontOfHouse.change(
            event: form.person.event.slug, reference: form.person.attendee.reference, change,
            seen: typed.seen, byStaff: false)
        switch outcome {
        case nil:
            let fresh = try await ownForm(request, parameters)
            let now = TypedSessions(fresh.person.bookings, in: fresh.blocks)
            let page = ChangeWorkshopsPage(form: fresh, typed: now, problems: [.bookingsMoved])
            return fresh.response(page.document, .conflict, isSecure: isSecure)
        case .changed(let person, _): return .redirect(to: AttendeePage.path(person) + "?changed")
        case .refused(let refusals):
            // Places may have gone while the form was being filled in.
            let fresh = try await ownForm(request, parameters)
            return refuse(
                refusals.map { FieldProblem($0, in: fresh.content, blocks: fresh.blocks) },
                .unprocessableContent, fresh)
        case .unknownAttendee: throw RequestError.notFound
        }
    }
}
