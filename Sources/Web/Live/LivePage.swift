import Operations
import Registration

/// `/organise/{event}`: the live page. Its picture is the same on the page and in the events that renew it.
struct LivePage {
    var picture: LivePicture
    var staff: StaffBar
    var refusedLetters = 0

    var document: HTML {
        let event = picture.attendance.event
        var layout = Layout("Live attendance", event: event, staff: staff)
        layout.script = .live
        return layout.document(
            """
            <div class="stack-wide">
            <div class="row live-head">
            <div><p class="soft">\(event.title)</p><h1>Live attendance</h1></div>
            <p class="live-state" id="state" role="status" data-state="still">As of \
            \(LocalTime(event).clock(picture.now)). <a href="/organise/\(event.slug)">Refresh</a></p>
            </div>
            \(OrganiserLinks(event: event, refusedLetters: refusedLetters).html)
            <div id="live" data-feed="/organise/\(event.slug)/live" data-since="\(picture.attendance.activity)">
            \(picture.html)
            </div>
            </div>
            """)
    }
}

/// How an event is attended at one moment, drawn.
struct LivePicture: Sendable {
    static let scanLimit = 12

    var attendance: Attendance
    var arrivals: [ArrivalCount]
    var scans: [ScanSummary]
    var now: Timestamp

    private var event: Event { attendance.event }
    private var time: LocalTime { LocalTime(event) }

    var html: HTML {
        let chart = ArrivalsChart(arrivals, event: event, now: now)
        return """
            <div class="stack-wide">
            <section class="figures" aria-label="Attendance">
            \(figure("registered", "Registered", attendance.registered, of: event.capacity, "places", waiting: attendance.waiting))
            \(figure("arrived", "Arrived", attendance.arrived, of: attendance.registered, "registered"))
            </section>
            \(kept)
            <div class="halves">
            <div class="stack-wide">
            <section class="card stack" aria-labelledby="arrivals">
            <h2 id="arrivals">Arrivals</h2>
            <p class="soft">Per \(chart.spanMinutes) minutes at the entrance. \(chart.summary)</p>
            \(chart.html)
            </section>
            \(sessions)
            </div>
            \(latest)
            </div>
            </div>
            """
    }

    private func figure(
        _ id: String, _ words: String, _ count: Int, of whole: Int, _ unit: String, waiting: Int = 0
    ) -> HTML {
        """
        <div class="card figure"><h2 class="label">\(words)</h2>
        <p class="figure-number"><span id="\(id)">\(count)</span> <small>of \(whole) \(unit)</small>\
        \(LivePicture.waiting(waiting, id: "waiting"))</p>
        \(meter(taken: count, of: whole))</div>
        """
    }

    /// How many wait; nil where nobody does.
    private static func waiting(_ count: Int, id: String) -> HTML? {
        guard count > 0 else { return nil }
        return " <span class=\"tag\"><span id=\"\(id)\">\(count)</span> waiting</span>"
    }

    /// Why places are free while people wait, to be seen before somebody asks.
    private var kept: HTML? {
        guard event.holdsLists(at: now) else { return nil }
        let places = Places(
            capacity: event.capacity, confirmed: attendance.registered, waiting: attendance.waiting)
        let sessions = attendance.sessions.filter { now < $0.session.ends }.map(\.places)
        guard now < event.ends, ([places] + sessions).contains(where: { $0.waiting > 0 && $0.free != 0 })
        else { return nil }
        let held: HTML =
            event.listsHeld
            ? "The waiting lists are held"
            : "The waiting lists closed at \(time.dayAndClock(event.listsClose))"
        return """
            <p class="notice">\(held), so places stay free while people wait. Under “Lists” you can give them to whomever you choose.</p>
            """
    }

    private var sessions: HTML? {
        let bookable = attendance.sessions.filter(\.session.isBookable)
        guard !bookable.isEmpty else { return nil }
        return """
            <section class="card stack" aria-labelledby="workshops">
            <h2 id="workshops">Workshops</h2>
            \(meterKey)
            <table class="table table-cards">
            <thead><tr><th scope="col">Workshop</th><th scope="col" class="number">Booked</th>\
            <th scope="col" class="number">Places</th><th scope="col" class="number">Arrived</th></tr></thead>
            <tbody>\(bookable.map(row))</tbody>
            </table>
            </section>
            """
    }

    private func row(_ attended: SessionAttendance) -> HTML {
        let session = attended.session
        let capacity = attended.places.capacity ?? 0
        return """
            <tr><th scope="row"><span class="soft number">\(time.when(session.starts))</span> \(session.title)\
            \(when(attended.places.isFull, " <span class=\"tag tag-warn\">Full</span>"))\
            \(LivePicture.waiting(attended.places.waiting, id: "waiting-\(session.slug)"))\
            \(meter(taken: attended.places.confirmed, of: capacity, arrived: attended.arrived))</th>
            <td class="number" data-label="Booked" id="booked-\(session.slug)">\(attended.places.confirmed)</td>
            <td class="number" data-label="Places">\(capacity)</td>
            <td class="number" data-label="Arrived" id="arrived-\(session.slug)">\(attended.arrived)</td></tr>
            """
    }

    private var latest: HTML {
        """
        <section class="card stack" aria-labelledby="scans">
        <h2 id="scans">Latest scans</h2>
        \(when(scans.isEmpty, "<p class=\"soft\">Nothing has been scanned yet.</p>"))
        \(when(!scans.isEmpty, "<ol class=\"scans\">\(scans.map(line))</ol>"))
        </section>
        """
    }

    private func line(_ summary: ScanSummary) -> HTML {
        let scan = summary.scan
        return """
            <li id="scan-\(scan.id)"><time datetime="\(time.machine(scan.scanned))">\(time.clock(scan.scanned))</time>
            <span>\(summary.name.map(person) ?? "Unknown code")<br><span class="soft small">\(place(summary.point))</span></span>
            \(LivePicture.tag(scan.verdict))</li>
            """
    }

    /// Where it was scanned, as people call it.
    private func place(_ point: String) -> String {
        guard let session = attendance.sessions.first(where: { $0.session.slug == point })?.session else {
            return point
        }
        return session.room.isEmpty ? session.title : "\(session.room): \(session.title)"
    }

    private static func tag(_ verdict: Verdict) -> HTML {
        switch verdict {
        case .admit: "<span class=\"tag tag-good\">Admitted</span>"
        case .again: "<span class=\"tag tag-warn\">Again</span>"
        case .deny(let reason): "<span class=\"tag tag-bad\">\(reason.words)</span>"
        }
    }
}

extension DenyReason {
    /// Why somebody was not let in, in two or three words.
    fileprivate var words: String {
        switch self {
        case .unknownCode: "Refused"
        case .cancelled: "Cancelled"
        case .waiting: "Waiting list"
        case .replaced: "Old badge"
        case .otherEvent: "Other event"
        case .notBooked: "Not booked"
        case .notOpen: "Too early"
        case .sessionFull: "Room full"
        case .closed: "Too late"
        }
    }
}

extension FrontOfHouse {
    /// The picture of now; nil if there is no such event.
    func livePicture(event slug: String) async throws -> LivePicture? {
        // The attendance is read first: what happens meanwhile is in the rest as well as still to come.
        guard let attendance = try await attendance(event: slug) else { return nil }
        return LivePicture(
            attendance: attendance, arrivals: try await arrivals(event: slug),
            scans: try await latestScans(event: slug, limit: LivePicture.scanLimit), now: now)
    }
}
