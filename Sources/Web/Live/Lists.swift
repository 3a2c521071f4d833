import HTTP
import Operations
import Registration

extension Site {
    func showLists(_ request: Request, _ parameters: Parameters, _ signedIn: SignedIn) async throws
        -> Response
    {
        var page = try await listsPage(parameters, signedIn)
        page.notice = listNotices.find(request.query["done"])
        return page.document.response()
    }

    func holdLists(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn, _ fields: FormFields
    ) async throws -> Response {
        guard try await frontOfHouse.holdLists(event: parameters["event"], fields["held"] == "yes") else {
            throw RequestError.notFound
        }
        return .redirect(to: "/organise/\(parameters["event"])/lists")
    }

    func changeCapacity(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn, _ fields: FormFields
    ) async throws -> Response {
        let (slug, session) = (parameters["event"], fields["session"])
        let capacity = Int((fields["capacity"] ?? "").trimmed)
        func refuse(_ sentence: String, isBelow: Bool = false) async throws -> Response {
            var page = try await listsPage(parameters, signedIn)
            page.problems = [FieldProblem(field: CapacityForm.field(of: session), sentence: sentence)]
            if isBelow, let capacity { page.refused = (session, capacity) }
            return page.document.response(isBelow ? .conflict : .unprocessableContent)
        }
        let range = FrontOfHouse.capacityRange
        let words = "Enter a number of places from \(range.lowerBound) to \(range.upperBound)."
        guard let capacity else { return try await refuse(words) }
        let isForced = fields["force"] == "yes"
        guard let session else {
            let outcome = try await frontOfHouse.changeCapacity(
                event: slug, to: capacity, isForced: isForced)
            switch outcome {
            case .changed(_, let places): return show(places.changed("The event"), at: nil, slug)
            case .belowConfirmed(let confirmed):
                return try await refuse(
                    "\(confirmed) people are registered, so the event's places can't be \(capacity).",
                    isBelow: true)
            case .outOfRange: return try await refuse(words)
            case .unknownEvent: throw RequestError.notFound
            }
        }
        let outcome = try await frontOfHouse.changeCapacity(
            event: slug, session: session, to: capacity, isForced: isForced)
        switch outcome {
        case .changed(let offer):
            return show(offer.places.changed("“\(offer.session.title)”"), at: session, slug)
        case .belowBooked(let booked):
            return try await refuse(
                "\(booked) people have booked this workshop, so its places can't be \(capacity).",
                isBelow: true)
        case .outOfRange: return try await refuse(words)
        case .notBookable, .unknownSession: throw RequestError.notFound
        }
    }

    func givePlace(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn, _ fields: FormFields
    ) async throws -> Response {
        let slug = parameters["event"]
        func refuse(_ sentence: String, at anchor: String? = nil) async throws -> Response {
            var page = try await listsPage(parameters, signedIn)
            page.problems = [FieldProblem(field: anchor, sentence: sentence)]
            return page.document.response(.conflict)
        }
        func show(_ someone: RegisteredAttendee, _ words: String) -> Response {
            self.show("\(person(someone.attendee.name)) \(words)", at: fields["session"], slug)
        }
        guard let reference = Reference(fields["reference"] ?? "") else { throw RequestError.notFound }
        let outcome = try await frontOfHouse.givePlace(
            event: slug, reference: reference, session: fields["session"])
        switch outcome {
        case .given(let person, let session, let released):
            return show(person, words(giving: session, released))
        // Most likely the button was pressed twice.
        case .refused(.hasPlace, let person, let session):
            return show(person, "has a place in \(session.place) already.")
        case .refused(let refusal, let person, let session):
            return try await refuse(
                refusal.sentence(of: person.attendee.name.isolated, session: session),
                at: session.map { ListsPage.anchor(of: $0.slug) })
        case .unknownAttendee: return try await refuse("This person is not in the event any more.")
        case .unknownSession: return try await refuse("This workshop is not in the programme any more.")
        }
    }

    /// Says what came of something at the list of a session, or at the event's own.
    private func show(_ sentence: HTML, at session: String?, _ slug: String) -> Response {
        let key = listNotices.keep(ListNotice(session: session, sentence: sentence))
        return .redirect(to: "/organise/\(slug)/lists?done=\(key)#\(ListsPage.anchor(of: session))")
    }

    /// What is said after the name of somebody who was given a place.
    func words(giving session: Session?, _ released: [Session]) -> String {
        let givenUp = released.isEmpty ? "" : ", and has given up \(released.titles) for it"
        return "has a place in \(session.place) now\(givenUp).\(sendsLetters ? " A letter tells them." : "")"
    }

    private func listsPage(_ parameters: Parameters, _ signedIn: SignedIn) async throws -> ListsPage {
        guard let lists = try await frontOfHouse.waitingLists(event: parameters["event"]) else {
            throw RequestError(.notFound, "There is no such event.")
        }
        let offers = try await content(parameters).programme.offers
        return ListsPage(
            lists: lists, workshops: offers.filter(\.session.isBookable),
            staff: bar(signedIn, event: lists.event, current: .lists))
    }
}
