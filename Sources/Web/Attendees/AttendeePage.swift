import Badges
import HTTP
import Operations
import Registration

/// `/e/{event}/me/{reference}/{key}`: somebody's own page, with the code that admits them.
struct AttendeePage {
    var person: RegisteredAttendee
    var qr: QRDrawing
    /// What has just been done, which the page says first.
    var news: News?
    /// Until when they can change something; nil where it is too late.
    var changesClose: Timestamp?
    var sendsLetters = false
    var after: AfterTheDay
    var now: Timestamp
    /// A new address that nobody has confirmed yet.
    var unconfirmedAddress: String?
    var told: ToldByAttendee

    private var event: Event { person.event }
    private var attendee: Attendee { person.attendee }
    private var time: LocalTime { LocalTime(event) }

    static func path(_ person: RegisteredAttendee) -> String {
        "/e/\(person.event.slug)/me/\(person.attendee.reference)/\(person.manageKey)"
    }

    var document: HTML {
        var layout = Layout("Your registration", event: event)
        layout.script = .attendee
        return layout.document(
            """
            <div\("class", is: frame)>
            \(after.isTime ? nil : ticket)
            <div class="stack-wide">
            \(heading.html)
            \(after.isTime ? after.html : nil)
            \(facts)
            \(bookings)
            \(changing)
            \(told.html)
            \(after.isTime ? nil : after.html)
            \(ticket == nil ? nil : keeping)
            </div>
            \(after.isTime ? ticket : nil)
            </div>
            """)
    }

    /// What the code is for stands beside the rest; once that is over, behind it.
    private var frame: String? {
        guard ticket != nil else { return nil }
        return after.isTime ? "own own-over" : "own"
    }

    private var ticket: HTML? { attendee.status == .confirmed ? badge : nil }

    private var badge: HTML {
        """
        <div class="lanyard">\(lanyardStrap)<section class="lanyard-card badge" aria-label="Your ticket">
        <p class="badge-name">\(Web.person(attendee.name))</p>
        \(when(!attendee.organisation.isEmpty, "<p class=\"soft\"><bdi>\(attendee.organisation)</bdi></p>"))
        <div class="qr"><svg viewBox="0 0 \(qr.side) \(qr.side)" role="img" aria-label="QR code of your ticket" \
        shape-rendering="crispEdges"><rect width="\(qr.side)" height="\(qr.side)" fill="#fff"/>\
        <path d="\(qr.path)" fill="#000"/></svg></div>
        <p class="soft small">Your reference</p>
        <p class="reference">\(attendee.reference)</p>
        </section></div>
        """
    }

    private var facts: HTML {
        """
        <section class="stack" aria-labelledby="event">
        <h2 id="event">\(event.title)</h2>
        <dl class="facts">
        <div><dt>When</dt><dd>\(time.hours(of: event))</dd></div>
        <div><dt>Where</dt><dd>\(event.venue)</dd></div>
        \(attendee.status == .cancelled ? nil : time.doors(of: event, now: now))
        <div><dt>Name</dt><dd>\(Web.person(attendee.name))</dd></div>
        <div><dt>E-mail address</dt><dd>\(attendee.email)\(unconfirmedAddress.map(asked))</dd></div>
        \(when(!attendee.role.isEmpty, "<div><dt>Role</dt><dd><bdi>\(attendee.role)</bdi></dd></div>"))
        </dl>
        </section>
        """
    }

    private func asked(_ address: String) -> HTML {
        """
        <p class="soft small">\(address) takes its place once you open the link in the letter that we sent there and say that it is yours.</p>
        """
    }

    private var bookings: HTML {
        let live = person.bookings.filter { $0.status != .cancelled }.sorted {
            $0.session.starts < $1.session.starts
        }
        return """
            <section class="stack" aria-labelledby="bookings">
            <h2 id="bookings">Your workshops</h2>
            \(when(live.isEmpty, "<p class=\"soft\">None booked.</p>"))
            \(when(!live.isEmpty, "<ul class=\"booked\">\(live.map(booking))</ul>"))
            </section>
            """
    }

    private func booking(_ booked: BookedSession) -> HTML {
        let session = booked.session
        let room = session.room.isEmpty ? "" : ", \(session.room)"
        return """
            <li><span class="soft number">\(time.span(session.starts, session.ends))</span>\
            <span><strong>\(session.title)</strong>\(room) \
            \(when(booked.status == .waiting, waiting(booked)))</span></li>
            """
    }

    private func waiting(_ booked: BookedSession) -> HTML {
        let isHeld = event.holdsLists(at: now)
        let isAhead = now < booked.session.ends
        let moved: HTML = isHeld ? "you are given a place" : "a place opens"
        return """
            <span class="tag tag-warn">Number \(booked.position ?? 0) on the waiting list</span>\
            \(when(isAhead && isHeld, "<br><span class=\"soft small\">At present the organisers choose who is given a free place.</span>"))\
            \(when(isAhead && isSwap(booked), "<br><span class=\"soft small\">You are moved here if \(moved).</span>"))
            """
    }

    private var heading: OwnHeading {
        OwnHeading(
            person: person, news: news, sendsLetters: sendsLetters, isHeld: event.holdsLists(at: now),
            canRegisterAgain: event.registrationOpens..<event.registrationCloses ~= now)
    }

    /// Whether there is a place that would be given up.
    private func isSwap(_ booked: BookedSession) -> Bool {
        booked.swaps && !person.bookings.clashing(with: booked.session).isEmpty
    }

    private var changing: HTML? {
        guard attendee.status != .cancelled else { return nil }
        let path = AttendeePage.path(person)
        guard let changesClose else {
            let help: HTML? =
                event.contact.isEmpty ? nil : " Write to \(event.contact) if something is wrong."
            return """
                <p class="soft no-print">Changes were possible until \(time.dayAndClock(event.changesClose)).\(help)</p>
                """
        }
        return """
            <section class="stack no-print" aria-labelledby="change">
            <h2 id="change">Something changed?</h2>
            <div class="row">
            <a class="button button-quiet" href="\(path)/workshops">Change your workshops</a>
            <a class="button button-quiet" href="\(path)/details">Correct your details</a>
            <a class="button button-quiet" href="\(path)/cancel">\(
                attendee.status == .waiting ? "Leave the waiting list" : "Cancel your registration")</a>
            </div>
            <p class="soft">Possible until \(time.dayAndClock(changesClose)).</p>
            </section>
            """
    }

    private var keeping: HTML {
        """
        <section class="stack no-print" aria-labelledby="keep">
        <h2 id="keep">Keep this page</h2>
        <p>Bookmark it: its address is your ticket. Do not pass it on.</p>
        <div class="row">
        <a class="button\(after.isMain ? " button-quiet" : "")" href="\(AttendeePage.path(person))/badge.pdf">Download your badge (PDF)</a>
        <button class="button button-quiet" type="button" id="print" hidden>Print this page</button>
        </div>
        </section>
        """
    }
}

extension Site {
    func showAttendee(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let form = try await ownForm(request, parameters)
        let person = form.person
        guard let qr = QRDrawing(ScannedCode(code: person.attendee.code, print: nil).description) else {
            throw RequestError.notFound
        }
        let changesClose = person.event.changesClose
        let page = AttendeePage(
            person: person, qr: qr, news: AttendeePage.News(request),
            changesClose: frontOfHouse.now < changesClose ? changesClose : nil, sendsLetters: sendsLetters,
            after: try await afterTheDay(person), now: frontOfHouse.now,
            unconfirmedAddress: try await frontOfHouse.unconfirmedAddress(of: person.attendee.id),
            told: try await told(by: form))
        return form.response(page.document, isSecure: isSecure)
    }

    func downloadBadge(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let person = try await ownAttendee(parameters)
        guard person.attendee.status == .confirmed else {
            throw RequestError(.notFound, "There is no badge for a registration that is not confirmed.")
        }
        return Response.bytes(try await settings.badge(person), type: "application/pdf")
            .with(
                "Content-Disposition", "attachment; filename=\"badge-\(person.attendee.reference).pdf\""
            )
            .asTicket
    }

    /// A wrong key and a wrong reference look the same from outside.
    func ownAttendee(_ parameters: Parameters) async throws -> RegisteredAttendee {
        guard let reference = Reference(parameters["reference"]),
            let person = try await frontOfHouse.attendee(
                event: parameters["event"], reference: reference, manageKey: parameters["key"])
        else {
            throw RequestError(
                .notFound, "There is no registration at this address. Check that you copied all of it.")
        }
        return person
    }
}

extension Response {
    /// Whoever has the address has the ticket: it must not be kept, found or handed on.
    var asTicket: Response {
        with("Referrer-Policy", "no-referrer").with("X-Robots-Tag", "noindex, nofollow")
            .with("Cache-Control", "no-store")
    }
}
