import Operations
import Registration

/// `/desk/{event}` and `/desk/{event}/{reference}`: the reception's page. One field takes what a scanner types
/// and what a person searches for.
struct DeskPage {
    var event: Event
    var staff: StaffBar
    var search = ""
    /// What the search found; nil if nothing was searched for.
    var found: [RegisteredAttendee]?
    var arrivals: [AttendeeID: Timestamp] = [:]
    var isCut = false
    var chosen: DeskAttendee?
    var scanned: ScanAnswer?

    var document: HTML {
        var layout = Layout("Reception desk", event: event, staff: staff)
        layout.script = .desk
        return layout.document(
            """
            <div class="stack-wide">
            <div><p class="soft">\(event.title)</p><h1>Reception desk</h1></div>
            \(scanField)
            \(scanned.map { DeskVerdict(answer: $0).html })
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

    private var results: HTML? {
        guard let found else { return nil }
        guard !found.isEmpty else {
            return """
                <section class="stack" aria-label="People found">
                <p role="status">Nobody found for “\(search)”. Try part of the surname or the e-mail address.</p>
                <p><a class="button button-quiet" href="/e/\(event.slug)/register">Register somebody new</a></p>
                </section>
                """
        }
        let count =
            isCut ? "The first \(found.count)" : found.count == 1 ? "1 person" : "\(found.count) people"
        return """
            <section class="stack" aria-label="People found">
            <p role="status">\(count)\(isCut ? ". Type more of the name to see fewer." : " found")</p>
            <ul class="people">\(found.map(line))</ul>
            </section>
            """
    }

    private func line(_ person: RegisteredAttendee) -> HTML {
        let attendee = person.attendee
        return """
            <li><a href="/desk/\(event.slug)/\(attendee.reference)">\
            <span><span class="people-name">\(Web.person(attendee.name))</span><br>\
            <span class="soft small">\(Web.person(attendee.organisation))</span></span>\
            <span>\(DeskAttendee.state(attendee, arrived: arrivals[attendee.id]))</span></a></li>
            """
    }
}

/// What a scan was answered, readable from across the desk.
struct DeskVerdict {
    var answer: ScanAnswer

    var html: HTML {
        """
        <section class="verdict verdict-\(kind)" role="alert" aria-label="Verdict">
        <p class="verdict-word">\(word)</p>
        \(answer.name.map { "<p class=\"verdict-name\">\(Web.person($0))</p>" as HTML })
        <p>\(answer.text)</p>
        \(advice.map { "<p>\($0)</p>" as HTML })
        </section>
        """
    }

    /// What staff can do who have not met this before.
    private var advice: HTML? {
        switch answer.verdict {
        case .deny(.unknownCode): "Scan it once more. If it is refused again, search for the name."
        case .deny(.replaced): "Ask for the newer badge."
        default: nil
        }
    }

    private var kind: String {
        switch answer.verdict {
        case .admit: "admit"
        case .again: "again"
        case .deny: "deny"
        }
    }

    private var word: String {
        switch answer.verdict {
        case .admit: "Welcome"
        case .again: "Already in"
        case .deny: "Not admitted"
        }
    }
}
