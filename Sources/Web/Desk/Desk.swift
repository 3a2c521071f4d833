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
        page.scanned = verdicts.find(request.query["scan"])
        page.search = searches.find(request.query["search"]) ?? ""
        if !page.search.isEmpty {
            let list = try await frontOfHouse.attendees(
                event: event.slug, AttendeeFilter(search: page.search), limit: Site.deskLimit)
            page.found = list?.items ?? []
            page.arrivals = try await frontOfHouse.arrivals(of: page.found ?? [])
            page.isCut = list?.next != nil
        }
        return page.document.response()
    }

    func showDeskAttendee(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn
    ) async throws -> Response {
        let person = try await attendee(parameters)
        let jobs = try await frontOfHouse.printJobs(of: person.attendee.id)
        let bar = bar(signedIn, event: person.event, current: .desk)
        var page = DeskPage(event: person.event, staff: bar)
        page.scanned = verdicts.find(request.query["scan"])
        page.chosen = DeskAttendee(
            person: person, arrived: try await frontOfHouse.arrivals(of: [person])[person.attendee.id],
            jobs: jobs, printers: frontOfHouse.settings.printers,
            formToken: bar.formToken)
        return page.document.response()
    }

    /// What was typed or scanned: a code is checked in, a reference opened, anything else searched for.
    func scanAtDesk(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn, _ form: FormFields
    ) async throws -> Response {
        let event = try await content(parameters).event
        // A scanner's line end comes along.
        let text = (form["text"] ?? "").trimmed
        if ScannedCode(text) != nil {
            let answer = try await frontOfHouse.checkIn(
                ScanRequest(text: text, point: entrance(of: event.slug), door: Site.desk))
            return show(answer, event.slug)
        }
        if let reference = Reference(text),
            let person = try await frontOfHouse.attendee(event: event.slug, reference: reference)
        {
            return .redirect(to: "/desk/\(event.slug)/\(person.attendee.reference)")
        }
        let query = text.isEmpty ? "" : "?search=" + searches.keep(String(text.prefix(254)))
        return .redirect(to: "/desk/\(event.slug)" + query)
    }

    func checkInAtDesk(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn, _ form: FormFields
    ) async throws -> Response {
        let slug = parameters["event"]
        guard let reference = Reference(parameters["reference"]),
            let answer = try await frontOfHouse.checkIn(
                reference, at: entrance(of: slug), door: Site.desk, printer: nil)
        else { throw Site.unknownReference }
        return show(answer, slug)
    }

    private func entrance(of slug: String) -> PointAddress {
        PointAddress(event: slug, point: CheckInPoint.entrance)
    }

    private func show(_ answer: ScanAnswer, _ slug: String) -> Response {
        let place = answer.reference.map { "/\($0)" } ?? ""
        return .redirect(to: "/desk/\(slug)\(place)?scan=\(verdicts.keep(answer))")
    }

    func attendee(_ parameters: Parameters) async throws -> RegisteredAttendee {
        guard let reference = Reference(parameters["reference"]),
            let person = try await frontOfHouse.attendee(event: parameters["event"], reference: reference)
        else { throw Site.unknownReference }
        return person
    }
}
