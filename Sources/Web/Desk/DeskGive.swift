import HTTP
import Operations
import Registration

// The places that an organiser gives to somebody at the desk, while lists are held.
extension DeskAttendee {
    /// The form that gives them a place where they wait and one is free; nil elsewhere, and for reception.
    ///
    /// - Parameter session: nil for the event itself.
    func giving(_ session: Session?) -> HTML? {
        guard role >= .organiser,
            case .give(let released) = content.giving(session?.slug, to: person, at: now)
        else {
            return nil
        }
        let level = session == nil ? "" : " button-quiet button-small"
        return """
            <form class="desk-give" method="post" action="\(path)/place">\(hiddenToken)
            \(session.map { "<input type=\"hidden\" name=\"session\" value=\"\($0.slug)\">" as HTML })
            <button class="button\(level)" type="submit">\(words(session))</button>
            \(when(!released.isEmpty, "<p class=\"soft small\">They give up \(released.titles) for it, as they wished.</p>"))</form>
            """
    }

    private func words(_ session: Session?) -> HTML {
        guard let session else { return "Give a place in the event" }
        return "Give the place<span class=\"hidden\"> in “\(session.title)”</span>"
    }
}

extension Site {
    func givePlaceAtDesk(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn, _ fields: FormFields
    ) async throws -> Response {
        let form = try await deskForm(parameters, signedIn)
        let (slug, reference) = (form.event.slug, form.person.attendee.reference)
        let outcome = try await frontOfHouse.givePlace(
            event: slug, reference: reference, session: fields["session"])
        let verdict: DeskVerdict =
            switch outcome {
            case .given(let person, let session, let released):
                .given(person.attendee, words(giving: session, released))
            // Most likely the button was pressed twice.
            case .refused(.hasPlace, let person, let session):
                .alreadyGiven(person.attendee, "has a place in \(session.place) already.")
            case .refused(let refusal, let person, let session):
                .notGiven(refusal.sentence(of: person.attendee.name.isolated, session: session))
            case .unknownSession: .notGiven("This workshop is not in the programme any more.")
            case .unknownAttendee: throw RequestError.notFound
            }
        return show(verdict, slug, reference)
    }
}
