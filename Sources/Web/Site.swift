import HTTP
import Operations
import Registration

/// What every screen's actions share.
struct Site: Sendable {
    let frontOfHouse: FrontOfHouse
    let settings: WebSettings
    let pictures: LivePictures
    let verdicts: Handover<DeskVerdict>
    let searches: Handover<String>
    let listNotices: Handover<ListNotice>
    let sentForms = SentForms()

    init(_ frontOfHouse: FrontOfHouse, _ settings: WebSettings) {
        self.frontOfHouse = frontOfHouse
        self.settings = settings
        pictures = LivePictures(frontOfHouse)
        // A page that was left open must not say "Welcome" to the next person; a list of people may stand.
        verdicts = Handover(lifeSeconds: 60, now: { frontOfHouse.now })
        searches = Handover(lifeSeconds: 3_600, now: { frontOfHouse.now })
        listNotices = Handover(lifeSeconds: 60, now: { frontOfHouse.now })
    }

    var isSecure: Bool { frontOfHouse.settings.publicURL.lowercased().hasPrefix("https://") }

    func visitor(_ request: Request) -> Visitor {
        Visitor(request, isSecure: isSecure)
    }

    /// Whether a public form comes from the browser that it was shown to.
    func isGenuine(_ form: FormFields, _ visitor: Visitor) -> Bool {
        frontOfHouse.isFormToken(form["token"] ?? "", session: visitor.name)
    }

    /// The event's page, or 404 for everything under an event that does not exist.
    func content(_ parameters: Parameters) async throws -> EventProgramme {
        guard let content = try await frontOfHouse.programme(event: parameters["event"]) else {
            throw RequestError(.notFound, "There is no such event. Its address may have changed.")
        }
        return content
    }
}

extension HTML {
    func response(_ status: Status = .ok) -> Response {
        .bytes(bytes, type: "text/html; charset=utf-8", status: status)
    }
}
