import HTTP
import Operations
import Registration

/// `/`: every event that is coming or under way, soonest first, and then those that are over.
struct EventsPage {
    var events: [EventSummary]
    var now: Timestamp

    var document: HTML {
        let coming = events.filter { $0.event.ends >= now }
        let over = events.filter { $0.event.ends < now }.reversed()
        return Layout("Events").document(
            """
            <h1>Events</h1>
            \(when(events.isEmpty, "<p class=\"lead soft\">No event is open for registration at the moment.</p>"))
            \(when(!coming.isEmpty, "<ul class=\"events\">\(coming.map(item))</ul>"))
            \(when(!over.isEmpty, past(over.map(item))))
            """)
    }

    private func past(_ items: [HTML]) -> HTML {
        "<section class=\"past\"><h2>Past events</h2><ul class=\"events\">\(items)</ul></section>"
    }

    private func item(_ summary: EventSummary) -> HTML {
        let event = summary.event
        let time = LocalTime(event)
        let state = RegistrationState(event, summary.places, now: now)
        return """
            <li class="card events-item">
            <p class="soft small">\(time.days(of: event))</p>
            <h2><a href="/e/\(event.slug)">\(event.title)</a></h2>
            <p>\(event.venue)</p>
            <p>\(state.tag(summary.places))</p>
            </li>
            """
    }
}

/// Whether somebody can register now, and if not, why.
enum RegistrationState: Equatable {
    case notOpen, open, full, closed, over

    init(_ event: Event, _ places: Places, now: Timestamp) {
        if now >= event.ends {
            self = .over
        } else if now < event.registrationOpens {
            self = .notOpen
        } else if now >= event.registrationCloses {
            self = .closed
        } else {
            self = places.isFull ? .full : .open
        }
    }

    func tag(_ places: Places) -> HTML? {
        switch self {
        case .open: places.tag
        case .full: "<span class=\"tag tag-bad\">Full</span>"
        case .notOpen: "<span class=\"tag\">Registration opens soon</span>"
        case .closed: "<span class=\"tag\">Registration closed</span>"
        case .over: "<span class=\"tag\">This event is over</span>"
        }
    }
}

extension Site {
    /// With a single event that event's page is all there is to choose.
    func showEvents(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let events = try await frontOfHouse.events()
        if events.count == 1, let only = events.first { return .redirect(to: "/e/\(only.event.slug)") }
        return EventsPage(events: events, now: frontOfHouse.now).document.response()
    }
}
