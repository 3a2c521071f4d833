import HTTP
import Operations
import Registration

/// An event's people as a table: for funders, for mailing lists, for the day.
struct AttendeesTable: Sendable {
    var event: Event
    /// Those that can be booked, a column each.
    var sessions: [Session]
    var questions: [(question: Question, isAsked: Bool)]
    var hasNeeds: Bool
    /// Of whom alone agrees to it, with no more than is needed to act on that; nil for all of everybody.
    var consent: Consent?

    private var time: LocalTime { LocalTime(event) }

    var head: [String] {
        if let consent {
            return ["Name", "E-mail address", "Organisation", "Role", "\(consent.title) (agreed at)"]
        }
        var cells = [
            "Reference", "Status", "Name", "E-mail address", "Organisation", "Role", "Registered", "Arrived",
        ]
        cells += sessions.map(\.title)
        cells += Consent.allCases.map { "\($0.title) (agreed at)" }
        cells += questions.map { $0.question.label + ($0.isAsked ? "" : " (asked no more)") }
        if hasNeeds { cells += ["Access needs", "Dietary needs"] }
        return cells
    }

    func row(_ exported: ExportedAttendee) -> [String] {
        let attendee = exported.person.attendee
        if let consent {
            let agreed = exported.consents.last(of: consent).map { time.machine($0.at) } ?? ""
            return [attendee.name, attendee.email, attendee.organisation, attendee.role, agreed]
        }
        var cells = [
            attendee.reference.description, attendee.status.rawValue, attendee.name, attendee.email,
            attendee.organisation, attendee.role, time.machine(attendee.registered),
            exported.arrived.map(time.machine) ?? "",
        ]
        cells += sessions.map { session in
            exported.person.bookings.first { $0.session.id == session.id }?.status.rawValue ?? ""
        }
        cells += Consent.allCases.map { consent in
            exported.consents.last(of: consent).map { time.machine($0.at) } ?? ""
        }
        cells += questions.map { kept in
            switch exported.answers[kept.question.slug] {
            case .text(let text): text
            case .tick(let isTicked): isTicked ? "yes" : ""
            case nil: ""
            }
        }
        if hasNeeds { cells += [attendee.accessNeeds, attendee.dietaryNeeds] }
        return cells
    }
}

extension Site {
    /// How many people are read at once.
    private static let exportPage = 500

    /// `?consent=` takes only those who agree to it and did not cancel; `?needs=yes` adds what people need.
    func exportAttendees(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn
    ) async throws -> Response {
        let content = try await content(parameters)
        let consent = request.query["consent"].flatMap(Consent.init)
        guard (request.query["consent"] == nil) == (consent == nil) else {
            throw RequestError(.notFound, "There is no such list.")
        }
        let slug = content.event.slug
        let table = AttendeesTable(
            event: content.event,
            sessions: content.programme.offers.map(\.session).filter(\.isBookable),
            questions: try await frontOfHouse.exportedQuestions(event: slug) ?? [],
            hasNeeds: request.query["needs"] == "yes", consent: consent)
        let name = consent.map { "\(slug)-\($0.rawValue)" } ?? "\(slug)-attendees"
        let stream: @Sendable (BodyWriter) async throws -> Void = { [frontOfHouse] writer in
            try await writer.write(CSV.mark + CSV.row(table.head))
            var after: Int64?
            repeat {
                guard
                    let page = try await frontOfHouse.exportedAttendees(
                        event: slug, after: after, limit: Site.exportPage)
                else { return }
                let listed = page.items.filter { exported in
                    guard let consent else { return true }
                    return exported.consents.last(of: consent) != nil
                        && exported.person.attendee.status != .cancelled
                }
                let rows = listed.flatMap { CSV.row(table.row($0)) }
                if !rows.isEmpty { try await writer.write(rows) }
                after = page.next
            } while after != nil
        }
        return Response(
            .ok, headers: ["Content-Type": "text/csv; charset=utf-8; header=present"], body: .stream(stream)
        ).with("Content-Disposition", "attachment; filename=\"\(name).csv\"").with(
            "Cache-Control", "no-store")
    }
}
