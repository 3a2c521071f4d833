import HTTP
import Operations
import Registration

/// `/desk/{event}/{reference}/erase`: says what goes and what stays before an organiser erases somebody.
struct DeskErasePage {
    var form: DeskForm

    private var attendee: Attendee { form.person.attendee }

    var document: HTML {
        form.document(
            "Erase this person?",
            """
            <p class="lead">Everything that says who \(person(form.name)) (<bdi>\(attendee.email)</bdi>) is will be \
            deleted. <strong>This can't be undone.</strong></p>
            """, action: "/erase",
            button: """
                <button class="button button-bad" type="submit">Yes, erase this person</button>
                """,
            fields: "\(goes)\(stays)\(theirs)")
    }

    private var goes: HTML {
        let places: HTML = """
            <li>The registration and its workshops are cancelled, and the places go to whoever waits for them. \
            This person gets no letter.</li>
            """
        return """
            <section class="stack" aria-labelledby="goes"><h2 id="goes">What goes</h2>
            <ul class="points">
            \(when(attendee.status != .cancelled, places))
            <li>Name, e-mail address, organisation and role, access and dietary needs, answers to your questions, \
            consents, what they wrote in their feedback, and letters to them are deleted here.</li>
            <li>Their badge, their link and their certificate of attendance open and prove nothing any more.</li>
            <li>Traces in unused parts of the database's file are overwritten within minutes; while the doors of an \
            event are open, once they close; in a large file, when Lanyard is started next.</li>
            </ul></section>
            """
    }

    private var stays: HTML {
        """
        <section class="stack" aria-labelledby="stays"><h2 id="stays">What stays, as nobody's</h2>
        <ul class="points">
        <li>That somebody registered, what they booked and when they came: counts, scans, the record of what happened, \
        and ratings without their words. They have the reference \(attendee.reference), which leads to nobody.</li>
        <li>The address may register again.</li>
        </ul></section>
        """
    }

    private var theirs: HTML {
        """
        <section class="stack" aria-labelledby="yours"><h2 id="yours">What only you can delete</h2>
        <ul class="points">
        <li>Copies of the database made before, and files you downloaded or exported.</li>
        <li>Printed badges and lists, and badges written to a folder.</li>
        <li>Letters already sent, or written to the folder of letters, and addresses passed on for a newsletter.</li>
        </ul></section>
        """
    }
}

extension Site {
    func showDeskErase(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn
    ) async throws -> Response {
        DeskErasePage(form: try await deskForm(parameters, signedIn)).document.response()
    }

    func eraseAtDesk(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn, _ fields: FormFields
    ) async throws -> Response {
        let form = try await deskForm(parameters, signedIn)
        _ = try await frontOfHouse.erase(event: form.event.slug, reference: form.person.attendee.reference)
        return .redirect(to: "/organise/\(form.event.slug)/erased")
    }

    /// Names nobody, so that it can be the same for all.
    func showErased(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn
    ) async throws -> Response {
        let event = try await content(parameters).event
        return PlainPage(
            title: "The person was erased",
            sentence: "Now delete what only you can: backups, downloaded files, printed badges and letters.",
            action: ("Back to the desk", "/desk/\(event.slug)"), staff: bar(signedIn, event: event)
        ).document.response()
    }
}
