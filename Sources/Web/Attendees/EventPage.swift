import HTTP
import Operations
import Registration

/// `/e/{event}`: what, when and where it is, the programme, and what is still free.
struct EventPage {
    var content: EventProgramme
    var now: Timestamp
    var sendsLetters = false

    private var event: Event { content.event }
    private var time: LocalTime { LocalTime(event) }

    var document: HTML {
        var layout = Layout("", event: event)
        layout.band = band
        layout.isEventPage = true
        return layout.document(
            """
            <section aria-labelledby="programme">
            <h2 id="programme">Programme</h2>
            \(when(!content.programme.offers.isEmpty, zone))
            \(ProgrammeList(programme: content.programme, time: time, showsPlaces: !isPast).html)
            </section>
            """)
    }

    private var state: RegistrationState { RegistrationState(event, content.places, now: now) }

    /// Whether the time in which people register is over.
    private var isPast: Bool { state == .closed || state == .over }

    private var zone: HTML {
        "<p class=\"soft\">All times are local to the venue (\(event.timeZone)).</p>"
    }

    private var band: HTML {
        """
        <div class="band"><div class="band-inner">
        <div class="band-what">
        <p class="band-day">\(time.days(of: event))</p>
        <h1>\(event.title)</h1>
        \(when(!event.summary.isEmpty, "<p class=\"lead\">\(event.summary)</p>"))
        </div>
        <div class="lanyard">\(lanyardStrap)<section class="lanyard-card" aria-label="Registration">
        <dl class="facts">
        <div><dt>When</dt><dd>\(time.hours(of: event))</dd></div>
        <div><dt>Where</dt><dd>\(event.venue)</dd></div>
        </dl>
        \(registration)
        </section></div>
        </div></div>
        """
    }

    private var registration: HTML {
        switch state {
        case .open:
            """
            <div class="places-left"><strong>\(content.places.words)</strong>\(placesMeter)</div>
            <a class="button button-strap button-wide" href="/e/\(event.slug)/register">Register</a>
            <p class="soft small after-button">Registration closes at \(time.dayAndClock(event.registrationCloses)).</p>
            \(group)
            """
        case .full:
            """
            <div class="places-left"><strong>All places are taken</strong>\(placesMeter)</div>
            <p>When a place becomes free, \(RegisterWords.nextPlace(isHeld: content.places.isHeld)). \(waiting)</p>
            <a class="button button-strap button-wide" href="/e/\(event.slug)/register">Join the waiting list</a>
            """
        case .notOpen:
            """
            <div class="places-left"><strong>Registration is not open yet</strong></div>
            <p>It opens at \(time.dayAndClock(event.registrationOpens)).</p>
            """
        case .closed:
            """
            <div class="places-left"><strong>Registration has closed</strong></div>
            <p>It closed at \(time.dayAndClock(event.registrationCloses)).</p>
            """
        case .over:
            "<div class=\"places-left\"><strong>This event is over</strong></div>"
        }
    }

    private var group: HTML {
        """
        <p class="small after-button"><a href="/e/\(event.slug)/register/group">Register a group</a>\
        \(when(sendsLetters, " · <a href=\"\(LinkPage.path(event.slug))\">Lost your link?</a>"))</p>
        """
    }

    private var waiting: String {
        switch content.places.waiting {
        case 0: "Nobody waits yet."
        case 1: "1 person waits."
        case let count: "\(count) people wait."
        }
    }

    private var placesMeter: HTML {
        meter(taken: content.places.confirmed, of: content.places.capacity ?? event.capacity)
    }
}

extension Site {
    func showEvent(_ request: Request, _ parameters: Parameters) async throws -> Response {
        EventPage(
            content: try await content(parameters), now: frontOfHouse.now, sendsLetters: sendsLetters
        ).document.response()
            .with("Cache-Control", "no-cache")
    }
}
