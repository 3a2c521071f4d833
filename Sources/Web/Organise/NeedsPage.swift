import HTTP
import Operations
import Registration

/// `/organise/{event}/needs`: what the caterer and the venue are told, to be printed.
struct NeedsPage {
    var list: NeedsList
    var staff: StaffBar

    private var event: Event { list.event }
    private var time: LocalTime { LocalTime(event) }

    var document: HTML {
        var layout = Layout("Needs", event: event, staff: staff)
        layout.script = .attendee
        return layout.document(
            """
            <div class="stack-wide">
            <div class="row live-head">
            <div><p class="soft">\(event.title), \(time.days(of: event))</p><h1>Needs</h1></div>
            <button class="button button-quiet" type="button" id="print" hidden>Print</button>
            </div>
            \(deletion)
            \(list.purged == nil ? "\(catering)\(venue)" : nil)
            </div>
            """)
    }

    private var deletion: HTML {
        if let purged = list.purged {
            return """
                <section class="notice stack" aria-label="Deletion">
                <p><strong>Deleted at \(time.dayAndClock(purged)).</strong> Nothing is kept of what people wrote of \
                access and food.</p>
                <p>Copies of the database that were made before still have it: delete those too.</p>
                </section>
                """
        }
        return """
            <section class="notice" aria-label="Deletion">
            <p>For those who prepare the day, and nobody else. All of it is deleted at \
            <strong>\(time.dayAndClock(event.needsPurged))</strong>: destroy what you printed by then, and delete what \
            you downloaded and every copy of the database.</p>
            </section>
            """
    }

    private var catering: HTML {
        """
        <section class="stack" aria-labelledby="catering">
        <h2 id="catering">For the caterer</h2>
        <p class="soft">Of everybody who is registered; people on the waiting list are not counted.</p>
        \(list.dietary.isEmpty ? "<p>Nobody wrote of dietary needs.</p>" : dietary)
        \(when(list.isDietaryCut,
            "<p class=\"notice\">There are rarer ones besides. The CSV file has all of them.</p>"))
        </section>
        """
    }

    private var dietary: HTML {
        """
        <table class="table needs">
        <thead><tr><th scope="col" class="number">People</th><th scope="col">Dietary needs</th></tr></thead>
        <tbody>\(list.dietary.map(row))</tbody>
        </table>
        """
    }

    private func row(_ need: (needs: String, people: Int)) -> HTML {
        """
        <tr><td class="number">\(need.people)</td><td class="prose"><bdi>\(need.needs)</bdi></td></tr>
        """
    }

    private var venue: HTML {
        """
        <section class="stack new-sheet" aria-labelledby="venue">
        <h2 id="venue">For the venue</h2>
        \(openRooms)
        \(when(list.isAccessCut,
            "<p class=\"notice\">These are the first \(list.access.count) people. The CSV file has all of them.</p>"))
        \(people)
        </section>
        """
    }

    private var people: HTML {
        guard !list.access.isEmpty else { return "<p>Nobody wrote of access needs.</p>" }
        return "<ul class=\"need-list\">\(list.access.map(item))</ul>"
    }

    /// Where everybody may go, beside what each of them booked.
    private var openRooms: HTML? {
        var rooms: [String] = []
        for session in list.programme.offers.map(\.session) where !session.isBookable && !session.room.isEmpty
        {
            if !rooms.contains(session.room) { rooms.append(session.room) }
        }
        return when(
            !rooms.isEmpty,
            "<p class=\"soft\">Everybody may come to \(rooms.joined(separator: ", ")), beside what they booked.</p>"
        )
    }

    private func item(_ person: RegisteredAttendee) -> HTML {
        let booked = person.bookings.filter { $0.status == .confirmed }.map { booked -> HTML in
            let session = booked.session
            return """
                <li><span class="number">\(time.clock(session.starts))</span> \
                \(session.room.isEmpty ? "" : "\(session.room): ")\(session.title)</li>
                """
        }
        return """
            <li class="card stack"><h3>\(Web.person(person.attendee.name))</h3>
            <p class="prose"><bdi>\(person.attendee.accessNeeds)</bdi></p>
            \(when(!booked.isEmpty, "<ul class=\"soft\">\(booked)</ul>"))</li>
            """
    }
}

extension Site {
    func showNeeds(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn
    ) async throws -> Response {
        guard let list = try await frontOfHouse.needs(event: parameters["event"]) else {
            throw RequestError.notFound
        }
        return NeedsPage(list: list, staff: bar(signedIn, event: list.event)).document.response()
    }
}
