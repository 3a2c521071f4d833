import HTTP
import Operations
import Registration

/// Who comes unannounced is registered at the desk, by the form that everybody else has.
extension Site {
    /// What was searched for in vain begins the form: a name, or an address. For staff only, and by a key, so that
    /// it is in no address.
    func typedForNewcomer(_ request: Request) -> TypedRegistration {
        var typed = TypedRegistration()
        guard let text = searches.find(request.query["name"]) else { return typed }
        if text.contains("@") {
            typed.form.email = text
        } else if !text.contains(where: \.isNumber) {
            typed.form.name = text
        }
        return typed
    }

    /// Whether the form was shown to whoever is signed in.
    func isGenuine(_ form: FormFields, _ signedIn: SignedIn?) -> Bool {
        signedIn.map { frontOfHouse.isFormToken(form["token"] ?? "", session: $0.token) } ?? false
    }

    /// Lets in whom the desk has just registered, if the doors are open, and says on the desk what came of it.
    func welcomeNewcomer(_ person: RegisteredAttendee) async throws -> Response {
        let (event, attendee) = (person.event, person.attendee)
        guard attendee.status == .confirmed else {
            return show(
                .registered(attendee, "On the event’s waiting list, so not checked in."), event.slug,
                attendee.reference)
        }
        guard event.doorsOpen..<event.doorsClose ~= frontOfHouse.now,
            let answer = try await checkIn(attendee.reference, event.slug)
        else {
            let isEarly = frontOfHouse.now < event.doorsOpen
            let moment = LocalTime(event).dayAndClock(isEarly ? event.doorsOpen : event.doorsClose)
            let words = "Not checked in: the doors \(isEarly ? "open" : "closed") at \(moment)."
            return show(.registered(attendee, words), event.slug, attendee.reference)
        }
        var verdict = DeskVerdict(answer)
        if case .admit = answer.verdict { verdict.text = "Registered and checked in." }
        return show(verdict, event.slug, attendee.reference)
    }
}
