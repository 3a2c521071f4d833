import Operations
import Registration

/// `/organise/{event}/lists`: who waits, who would be next, how many places there are, a switch for all lists, and
/// while they are held the places that are free, to be given by hand.
struct ListsPage {
    var lists: WaitingLists
    var workshops: [Programme.Offer]
    var staff: StaffBar
    var problems: [FieldProblem] = []
    /// The capacity that was refused because more are taken, so that it can be forced; nil is the event itself.
    var refused: (session: String?, capacity: Int)?
    var notice: ListNotice?

    private var event: Event { lists.event }
    private var path: String { "/organise/\(event.slug)/lists" }
    private var token: HTML { "<input type=\"hidden\" name=\"token\" value=\"\(staff.formToken)\">" }

    var document: HTML {
        var layout = Layout("Waiting lists", event: event, staff: staff)
        layout.hasProblem = !problems.isEmpty
        return layout.document(
            """
            <div class="stack-wide">
            \(problems.summary)
            <div><p class="soft">\(event.title)</p><h1>Waiting lists and places</h1></div>
            \(hold)
            \(forEvent)
            <section class="stack" aria-labelledby="workshops"><h2 id="workshops">Workshops</h2>
            \(when(workshops.isEmpty, "<p class=\"soft\">Nothing in the programme is booked.</p>"))
            \(workshops.map(workshop))
            </section>
            </div>
            """)
    }

    private var hold: HTML {
        let closes = LocalTime(event).dayAndClock(event.listsClose)
        let state: HTML =
            if lists.isOver {
                "<strong>The event is over.</strong> No places are given any more."
            } else if event.listsHeld, !lists.isClosed {
                """
                <strong>All lists are held.</strong> Places that become free stay free, until you give them to somebody \
                below or let the lists go on: then they go to whoever has waited longest, at once.
                """
            } else if lists.isClosed {
                """
                <strong>The lists closed at \(closes).</strong> Places that become free stay free, until you give them to \
                somebody below.
                """
            } else {
                "Places that become free go to whoever has waited longest, until \(closes)."
            }
        let words = event.listsHeld ? "Let the lists go on" : "Hold all lists"
        return """
            <section class="card stack" aria-label="All lists"><p>\(state)</p>
            \(toGive)
            \(when(!lists.isClosed, """
                <form method="post" action="\(path)/hold">\(token)
                <input type="hidden" name="held" value="\(event.listsHeld ? "no" : "yes")">
                <button class="button button-quiet" type="submit">\(words)</button></form>
                """))
            </section>
            """
    }

    /// Leads to where somebody can be given a place: the page is long.
    private var toGive: HTML? {
        func link(_ people: [WaitingPerson], _ places: Places, to session: Session?) -> HTML? {
            guard people.contains(where: \.canBeGiven) else { return nil }
            return """
                <li><a href="#\(ListsPage.anchor(of: session?.slug))">\(session?.title ?? "The event itself"), \
                \(places.free ?? 0) free</a></li>
                """
        }
        let links =
            [link(lists.forEvent, lists.places, to: nil)]
            + lists.sessions.map { link($0.people, $0.offer.places, to: $0.offer.session) }
        guard links.contains(where: { $0 != nil }) else { return nil }
        return "<p>Free, and waited for:</p><ul class=\"stack-small\">\(links.compactMap { $0 })</ul>"
    }

    private var forEvent: HTML {
        """
        <section class="card stack" aria-labelledby="\(ListsPage.anchor(of: nil))">
        <h2 id="\(ListsPage.anchor(of: nil))">The event itself</h2>
        \(lists.places.counts)
        \(notice(for: nil))
        \(people(lists.forEvent, of: lists.places.waiting, for: nil))
        \(form(for: nil, event.capacity))
        </section>
        """
    }

    /// Where on the page a list stands: that of a session, or the event's own.
    static func anchor(of session: String?) -> String { session.map { "list-\($0)" } ?? "for-event" }

    private func notice(for session: String?) -> HTML? {
        guard let notice, notice.session == session else { return nil }
        return "<p class=\"notice\" role=\"status\">\(notice.sentence)</p>"
    }

    private func form(for session: Session?, _ capacity: Int) -> HTML {
        let isRefused = refused.map { $0.session == session?.slug } ?? false
        return CapacityForm(
            path: path, token: token, session: session, capacity: capacity,
            refused: isRefused ? refused?.capacity : nil
        ).html
    }

    private func workshop(_ offer: Programme.Offer) -> HTML {
        let session = offer.session
        let list = lists.sessions.first { $0.offer.session.id == session.id }
        let anchor = ListsPage.anchor(of: session.slug)
        return """
            <section class="card stack" aria-labelledby="\(anchor)">
            <h3 id="\(anchor)"><span class="soft number">\(LocalTime(event).when(session.starts))</span> \
            \(session.title)</h3>
            \(offer.places.counts)
            \(notice(for: session.slug))
            \(list.flatMap { people($0.people, of: offer.places.waiting, for: session) })
            \(form(for: session, session.capacity ?? 0))
            </section>
            """
    }

    /// - Parameter session: what they wait for; nil for the event itself.
    private func people(_ people: [WaitingPerson], of count: Int, for session: Session?) -> HTML? {
        guard !people.isEmpty else { return nil }
        let next = people.first { $0.next != .passOver }?.position
        let lines = people.map { waiting -> HTML in
            let isNext = waiting.position == next
            return """
                <li><span>\(waiting.position).</span> <div><a href="/desk/\(event.slug)/\(waiting.attendee.reference)">\
                \(person(waiting.attendee.name))</a> \(tag(waiting, isNext: isNext))</div>\
                \(button(waiting, for: session, isNext: isNext))</li>
                """
        }
        let rest = count - people.count
        return """
            <ol class="stack-small plain waiting">\(lines)</ol>
            \(when(rest > 0, "<p class=\"soft\">and \(rest) more; find them at the <a href=\"/desk/\(event.slug)\">desk</a></p>"))
            """
    }

    /// Nil where the place would be refused, which the tag then says.
    private func button(_ waiting: WaitingPerson, for session: Session?, isNext: Bool) -> HTML? {
        guard waiting.canBeGiven else { return nil }
        return """
            <form method="post" action="\(path)/give">\(token)
            <input type="hidden" name="reference" value="\(waiting.attendee.reference)">
            \(session.map { "<input type=\"hidden\" name=\"session\" value=\"\($0.slug)\">" as HTML })
            <button class="button button-small\(isNext ? "" : " button-quiet")" type="submit">Give the place\
            <span class="hidden"> in \(session.map { "“\($0.title)”" } ?? "the event") to \
            \(person(waiting.attendee.name))</span></button></form>
            """
    }

    private func tag(_ waiting: WaitingPerson, isNext: Bool) -> HTML {
        // Lists that closed at their time don't go on any more.
        let next = lists.isClosed ? "Next in turn" : lists.isHeld ? "Next, once lists go on" : "Next"
        let titles = waiting.clashing.titles
        return switch waiting.next {
        case .promote: when(isNext, "<span class=\"tag tag-good\">\(next)</span>") ?? ""
        case .swap:
            """
            \(when(isNext, "<span class=\"tag tag-good\">\(next)</span>")) \
            <span class="soft small">Would give up \(titles)</span>
            """
        case .passOver where waiting.attendee.status == .waiting:
            "<span class=\"soft small\">Has no place in the event yet</span>"
        case .passOver: "<span class=\"soft small\">Has \(titles) at that time</span>"
        }
    }
}

extension WaitingPerson {
    /// Whether staff can give them the place now.
    fileprivate var canBeGiven: Bool { if case .give = giving { true } else { false } }
}

/// What was just done at a list.
struct ListNotice: Sendable {
    /// The slug; nil for the event itself.
    var session: String?
    /// What came of it.
    var sentence: HTML
}
