import HTTP
import Operations
import Registration

extension Site {
    /// How many people a search shows.
    private static let deskLimit = 25
    /// The door that the desk's scans are kept under.
    private static let desk = "desk"
    private static let unknownReference = RequestError(.notFound, "Nobody in this event has this reference.")

    func showDesk(_ request: Request, _ parameters: Parameters, _ signedIn: SignedIn) async throws -> Response
    {
        let event = try await content(parameters).event
        var page = DeskPage(event: event, staff: bar(signedIn, event: event, current: .desk))
        page.verdict = verdicts.find(request.query["scan"])
        page.search = searches.find(request.query["search"]) ?? ""
        if !page.search.isEmpty {
            page.searchKey = request.query["search"]
            page.found = try await frontOfHouse.findPeople(
                event: event.slug, page.search, limit: Site.deskLimit)
            page.arrivals = try await frontOfHouse.arrivals(of: page.found?.people ?? [])
        }
        return page.document.response()
    }

    func showDeskAttendee(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn
    ) async throws -> Response {
        try await deskPage(parameters, signedIn, verdicts.find(request.query["scan"])).document.response()
    }

    /// The page of one person.
    private func deskPage(
        _ parameters: Parameters, _ signedIn: SignedIn, _ verdict: DeskVerdict?
    ) async throws -> DeskPage {
        let person = try await attendee(parameters)
        let bar = bar(signedIn, event: person.event, current: .desk)
        var page = DeskPage(event: person.event, staff: bar)
        page.verdict = verdict
        page.chosen = DeskAttendee(
            person: person, arrived: try await frontOfHouse.arrivals(of: [person])[person.attendee.id],
            jobs: try await frontOfHouse.printJobs(of: person.attendee.id),
            printers: frontOfHouse.settings.printers, role: signedIn.role,
            content: try await content(parameters), formToken: bar.formToken, now: frontOfHouse.now)
        return page
    }

    /// What a form of the desk with a token of another sign-in gets: the desk, and a token that holds.
    func refuseAtDesk(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn
    ) async throws -> Response {
        let page: DeskPage
        if request.segments.last != "scan" {
            page = try await deskPage(parameters, signedIn, .nothingChanged)
        } else {
            let event = try await content(parameters).event
            page = DeskPage(
                event: event, staff: bar(signedIn, event: event, current: .desk), verdict: .notCounted)
        }
        return page.document.response(.forbidden)
    }

    /// What was typed or scanned: a code is checked in, a reference opened, anything else searched for.
    func scanAtDesk(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn, _ form: FormFields
    ) async throws -> Response {
        let event = try await content(parameters).event
        let typed = DeskText(form["text"] ?? "")
        if typed.isCode { return try await checkIn(typed.text, event) }
        if let code = typed.lastCode,
            try await frontOfHouse.attendee(event: event.slug, reference: code.code.reference) != nil
        {
            return try await checkIn(code.description, event)
        }
        if let reference = typed.reference,
            let person = try await frontOfHouse.attendee(event: event.slug, reference: reference)
        {
            return .redirect(to: "/desk/\(event.slug)/\(person.attendee.reference)")
        }
        let text = typed.text.prefix(254)
        let query = text.isEmpty ? "" : "?search=" + searches.keep(String(text))
        return .redirect(to: "/desk/\(event.slug)" + query)
    }

    private func checkIn(_ code: String, _ event: Event) async throws -> Response {
        let answer = try await frontOfHouse.checkIn(
            ScanRequest(text: code, point: entrance(of: event.slug), door: Site.desk))
        return show(DeskVerdict(answer), event.slug, answer.reference)
    }

    func checkInAtDesk(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn, _ form: FormFields
    ) async throws -> Response {
        let slug = parameters["event"]
        guard let reference = Reference(parameters["reference"]),
            let answer = try await checkIn(reference, slug)
        else { throw Site.unknownReference }
        return show(DeskVerdict(answer), slug, answer.reference)
    }

    /// Admits somebody at the entrance whom reception knows by name; nil if nobody in the event is that.
    func checkIn(_ reference: Reference, _ slug: String) async throws -> ScanAnswer? {
        try await frontOfHouse.checkIn(reference, at: entrance(of: slug), door: Site.desk, printer: nil)
    }

    private func entrance(of slug: String) -> PointAddress {
        PointAddress(event: slug, point: CheckInPoint.entrance)
    }

    /// Sends the browser to the page of whom the verdict is about, or to the desk where it is about nobody.
    func show(_ verdict: DeskVerdict, _ slug: String, _ reference: Reference? = nil) -> Response {
        let place = reference.map { "/\($0)" } ?? ""
        return .redirect(to: "/desk/\(slug)\(place)?scan=\(verdicts.keep(verdict))")
    }

    func attendee(_ parameters: Parameters) async throws -> RegisteredAttendee {
        guard let reference = Reference(parameters["reference"]),
            let person = try await frontOfHouse.attendee(event: parameters["event"], reference: reference)
        else { throw Site.unknownReference }
        return person
    }
}
