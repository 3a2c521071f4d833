import HTTP
import Operations
import Registration

/// `/organise/{event}/lists`: who waits, who would be next, how many places there are, and a switch for all lists.
struct ListsPage {
    var lists: WaitingLists
    var workshops: [Programme.Offer]
    var staff: StaffBar
    var problems: [FieldProblem] = []
    /// The session whose capacity was refused, so that it can be forced.
    var refused: (session: String, capacity: Int)?

    private var event: Event { lists.event }
    private var path: String { "/organise/\(event.slug)/lists" }
    private var token: HTML { "<input type=\"hidden\" name=\"token\" value=\"\(staff.formToken)\">" }

    var document: HTML {
        var layout = Layout("Waiting lists", event: event, staff: staff)
        layout.hasProblem = !problems.isEmpty
        return layout.document(
            """
            <div class="stack-wide">
            \(problems.summary)
            <div><p class="soft">\(event.title)</p><h1>Waiting lists and places</h1></div>
            \(hold)
            \(forEvent)
            <section class="stack" aria-labelledby="workshops"><h2 id="workshops">Workshops</h2>
            \(when(workshops.isEmpty, "<p class=\"soft\">Nothing in the programme is booked.</p>"))
            \(workshops.map(workshop))
            </section>
            </div>
            """)
    }

    private var hold: HTML {
        let closes = LocalTime(event).dayAndClock(event.listsClose)
        let state: HTML =
            if event.listsHeld {
                "<strong>All lists are held.</strong> Places that become free stay free."
            } else if lists.isHeld {
                "<strong>The lists closed at \(closes).</strong> Places that become free stay free."
            } else {
                "Places that become free go to whoever has waited longest, until \(closes)."
            }
        let words = event.listsHeld ? "Let the lists go on" : "Hold all lists"
        return """
            <section class="card stack" aria-label="All lists"><p>\(state)</p>
            \(when(event.listsHeld || !lists.isHeld, """
                <form method="post" action="\(path)/hold">\(token)
                <input type="hidden" name="held" value="\(event.listsHeld ? "no" : "yes")">
                <button class="button button-quiet" type="submit">\(words)</button></form>
                """))
            </section>
            """
    }

    private var forEvent: HTML? {
        guard !lists.forEvent.isEmpty else { return nil }
        return """
            <section class="card stack" aria-labelledby="for-event"><h2 id="for-event">The event itself</h2>
            <p class="soft">\(lists.places.confirmed) of \(event.capacity) places taken, \(lists.places.waiting) on the list.</p>
            \(people(lists.forEvent, of: lists.places.waiting))
            </section>
            """
    }

    private func workshop(_ offer: Programme.Offer) -> HTML {
        let session = offer.session
        let list = lists.sessions.first { $0.offer.session.id == session.id }
        let id = "capacity-\(session.slug)"
        let isRefused = refused?.session == session.slug
        let number = isRefused ? refused?.capacity ?? 0 : session.capacity ?? 0
        return """
            <section class="card stack" aria-labelledby="list-\(session.slug)">
            <h3 id="list-\(session.slug)"><span class="soft number">\(LocalTime(event).when(session.starts))</span> \
            \(session.title)</h3>
            <p class="soft">\(offer.places.confirmed) of \(session.capacity ?? 0) places taken, \(offer.places.waiting) on the list.</p>
            \(list.map { people($0.people, of: offer.places.waiting) })
            <form class="row" method="post" action="\(path)/capacity">\(token)
            <input type="hidden" name="session" value="\(session.slug)">
            <label for="\(id)">Places</label>
            <input class="short" id="\(id)" name="capacity" type="text" inputmode="numeric" value="\(number)">
            \(when(isRefused, ListsPage.force))
            <button class="button button-quiet button-small" type="submit">Save<span class="hidden"> the places of \
            \(session.title)</span></button></form>
            </section>
            """
    }

    private static let force: HTML = """
        <label class="choice"><input type="checkbox" name="force" value="yes"><span class="choice-title">Lower it all the \
        same: nobody loses their place, and nobody new gets one until fewer have booked</span></label>
        """

    private func people(_ people: [WaitingPerson], of count: Int) -> HTML {
        let next = people.first { $0.next != .passOver }?.position
        let lines = people.map { waiting -> HTML in
            """
            <li>\(waiting.position). <a href="/desk/\(event.slug)/\(waiting.attendee.reference)">\
            \(person(waiting.attendee.name))</a> \(tag(waiting, isNext: waiting.position == next))</li>
            """
        }
        let rest = count - people.count
        return """
            <ol class="stack-small plain">\(lines)</ol>\(when(rest > 0, "<p class=\"soft\">and \(rest) more</p>"))
            """
    }

    private func tag(_ waiting: WaitingPerson, isNext: Bool) -> HTML {
        let next = lists.isHeld ? "Next, once lists go on" : "Next"
        return switch waiting.next {
        case .promote: when(isNext, "<span class=\"tag tag-good\">\(next)</span>") ?? ""
        case .swap: "<span class=\"tag tag-good\">\(isNext ? "\(next), would swap" : "Would swap")</span>"
        case .passOver where waiting.attendee.status == .waiting:
            "<span class=\"tag\">Has no place in the event yet</span>"
        case .passOver: "<span class=\"tag\">Has another place at that time</span>"
        }
    }
}

extension Site {
    func showLists(_ request: Request, _ parameters: Parameters, _ signedIn: SignedIn) async throws
        -> Response
    {
        try await listsPage(parameters, signedIn).document.response()
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
        let session = fields["session"] ?? ""
        let capacity = Int((fields["capacity"] ?? "").trimmed)
        func refuse(_ sentence: String, isBelow: Bool = false) async throws -> Response {
            var page = try await listsPage(parameters, signedIn)
            page.problems = [FieldProblem(field: "capacity-\(session)", sentence: sentence)]
            if isBelow, let capacity { page.refused = (session, capacity) }
            return page.document.response(isBelow ? .conflict : .unprocessableContent)
        }
        let range = FrontOfHouse.capacityRange
        let words = "Enter a number of places from \(range.lowerBound) to \(range.upperBound)."
        guard let capacity else { return try await refuse(words) }
        let outcome = try await frontOfHouse.changeCapacity(
            event: parameters["event"], session: session, to: capacity, isForced: fields["force"] == "yes")
        switch outcome {
        case .changed: return .redirect(to: "/organise/\(parameters["event"])/lists")
        case .belowBooked(let booked):
            return try await refuse(
                "\(booked) people have booked this workshop, so its places can't be \(capacity).",
                isBelow: true)
        case .outOfRange: return try await refuse(words)
        case .notBookable, .unknownSession: throw RequestError.notFound
        }
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
