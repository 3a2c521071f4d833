import HTTP
import Operations
import Registration

/// `/desk` and `/organise`: which event, for staff.
struct StaffEventsPage {
    var events: [EventSummary]
    var staff: StaffBar

    var document: HTML {
        Layout("Choose an event", staff: staff).document(
            """
            <h1>Choose an event</h1>
            \(when(events.isEmpty, "<p class=\"lead soft\">No event has been imported yet.</p>"))
            <ul class="events">\(events.map(item))</ul>
            """)
    }

    private func item(_ summary: EventSummary) -> HTML {
        let event = summary.event
        return """
            <li class="card stack">
            <p class="soft small">\(LocalTime(event).days(of: event))</p>
            <h2>\(event.title)</h2>
            <p><span class="number">\(summary.places.confirmed)</span> registered, \
            <span class="number">\(event.capacity)</span> places</p>
            <div class="row"><a class="button" href="/desk/\(event.slug)">Reception desk</a>
            \(when(staff.role >= .organiser, live(event)))</div>
            </li>
            """
    }

    private func live(_ event: Event) -> HTML {
        "<a class=\"button button-quiet\" href=\"/organise/\(event.slug)\">Live attendance</a>"
    }
}

extension Site {
    func showStaffEvents(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn
    ) async throws -> Response {
        let events = try await frontOfHouse.events()
        return StaffEventsPage(events: events, staff: bar(signedIn)).document.response()
    }
}
