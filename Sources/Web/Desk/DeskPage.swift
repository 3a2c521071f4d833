import Operations
import Registration

/// `/desk/{event}` and `/desk/{event}/{reference}`: the reception's page. One field takes what a scanner types
/// and what a person searches for.
struct DeskPage {
    var event: Event
    var staff: StaffBar
    var search = ""
    /// What `search` is kept under, so that the form for somebody new begins with it.
    var searchKey: String?
    /// Whom the search found; nil if nobody was searched for.
    var found: FoundPeople?
    var arrivals: [AttendeeID: Timestamp] = [:]
    var chosen: DeskAttendee?
    var verdict: DeskVerdict?

    var document: HTML {
        var layout = Layout("Reception desk", event: event, staff: staff)
        layout.script = .desk
        return layout.document(
            """
            <div class="desk-page">
            <h1 class="desk-title">Reception desk <span>\(event.title)</span></h1>
            <div class="desk-top">
            \(scanField)
            \(newcomer)
            </div>
            \((isGarbled ? .garbled : verdict)?.html)
            \(results)
            \(chosen.map { "<div class=\"desk\">\($0.html)</div>" as HTML })
            </div>
            """)
    }

    private var scanField: HTML {
        """
        <form class="scan-field" id="scan" method="post" action="/desk/\(event.slug)/scan" role="search">
        <input type="hidden" name="token" value="\(staff.formToken)">
        <div class="field"><label for="text">Scan a code or search</label>
        <p class="hint" id="text-hint">Name, e-mail address or reference</p>
        <input id="text" name="text" type="search" value="\(search)" autocomplete="off" autocapitalize="off" \
        spellcheck="false" dir="auto" aria-describedby="text-hint" autofocus></div>
        <button class="button" type="submit">Go</button>
        </form>
        """
    }

    /// Whether what was searched for looks like a scan, and is nobody's name.
    private var isGarbled: Bool { found?.people.isEmpty == true && DeskText(search).looksScanned }

    /// Somebody who holds up a code is registered: they are not sent through the form again.
    private var newcomer: HTML? {
        guard !isGarbled else { return nil }
        let query = searchKey.map { "?name=\($0)" } ?? ""
        return """
            <p class="desk-new"><a href="/e/\(event.slug)/register\(query)">Register somebody new</a></p>
            """
    }

    private var results: HTML? {
        guard let found, !isGarbled else { return nil }
        return """
            <section class="stack" aria-label="People found">
            <p role="status">\(sentence(found))</p>
            \(when(!found.people.isEmpty, "<ul class=\"people\">\(found.people.map(line))</ul>"))
            </section>
            """
    }

    private func sentence(_ found: FoundPeople) -> String {
        let count = found.people.count
        if count == 0 {
            return "Nobody found for “\(search)”. Try part of the surname or the e-mail address."
        }
        if found.isGuess { return "Nobody is called exactly that. Did you mean one of these?" }
        if found.isCut {
            return "The first \(count) people found for “\(search)”. Type more of the name to see fewer."
        }
        return "\(count == 1 ? "1 person" : "\(count) people") found for “\(search)”"
    }

    private func line(_ found: RegisteredAttendee) -> HTML {
        let attendee = found.attendee
        let organisation = attendee.organisation
        return """
            <li><a href="/desk/\(event.slug)/\(attendee.reference)">\
            <span><span class="people-name">\(person(attendee.name))</span>\
            \(when(!organisation.isEmpty, "<br><span class=\"soft small\">\(person(organisation))</span>"))\
            <br><span class="soft small">\(person(attendee.email))</span></span>\
            <span>\(DeskAttendee.state(attendee, arrived: arrivals[attendee.id]))</span></a></li>
            """
    }
}
