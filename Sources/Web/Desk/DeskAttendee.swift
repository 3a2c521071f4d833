import Operations
import Registration

/// One person at the desk: who they are, whether they are in, and their badges.
struct DeskAttendee {
    var person: RegisteredAttendee
    var arrived: Timestamp?
    var jobs: [PrintJob]
    var printers: [String]
    var role: Role
    var content: EventProgramme
    var formToken: String
    var now: Timestamp

    private var event: Event { person.event }
    private var attendee: Attendee { person.attendee }
    private var time: LocalTime { LocalTime(event) }
    var path: String { "/desk/\(event.slug)/\(attendee.reference)" }

    static func state(_ attendee: Attendee, arrived: Timestamp?) -> HTML {
        switch attendee.status {
        case .confirmed where arrived != nil: "<span class=\"tag tag-good\">Arrived</span>"
        case .confirmed: "<span class=\"tag\">Not here yet</span>"
        case .waiting: "<span class=\"tag tag-warn\">Waiting list</span>"
        case .cancelled: "<span class=\"tag tag-bad\">Cancelled</span>"
        }
    }

    var html: HTML {
        """
        <section class="card desk-person" aria-labelledby="chosen">
        <div class="row"><h2 id="chosen">\(Web.person(attendee.name))</h2>\(DeskAttendee.state(attendee, arrived: arrived))</div>
        \(when(attendee.status == .confirmed, "<div class=\"desk-actions\">\(checkIn)\(printing)</div>"))
        \(giving(nil).map { "<div class=\"desk-actions\">\($0)</div>" as HTML })
        <dl class="facts">
        <div><dt>Reference</dt><dd class="reference">\(attendee.reference)</dd></div>
        \(fact("Organisation", attendee.organisation))
        \(fact("Role", attendee.role))
        \(fact("E-mail address", attendee.email))
        \(fact("Arrived", arrived.map(time.when) ?? ""))
        \(workshops)
        </dl>
        \(changes)
        </section>
        \(badges)
        """
    }

    /// The ways to change what somebody has; reception may neither cancel it nor erase who it is.
    private var changes: HTML? {
        let isOrganiser = role >= .organiser
        let isLive = attendee.status != .cancelled
        let hasWorkshops = content.programme.offers.contains(where: \.session.isBookable)
        guard isLive || isOrganiser else { return nil }
        return """
            <ul class="row desk-changes">
            \(when(isLive, "<li><a href=\"\(path)/details\">Correct details</a></li>"))
            \(when(isLive && hasWorkshops, "<li><a href=\"\(path)/workshops\">Change workshops</a></li>"))
            \(when(isLive && isOrganiser, "<li><a href=\"\(path)/cancel\">Cancel registration</a></li>"))
            \(when(isOrganiser, "<li><a href=\"\(path)/erase\">Erase this person…</a></li>"))
            </ul>
            """
    }

    private func fact(_ name: String, _ value: String) -> HTML? {
        value.isEmpty ? nil : "<div><dt>\(name)</dt><dd><bdi>\(value)</bdi></dd></div>"
    }

    /// Nothing for whom is in: pressed again it could only say so.
    private var checkIn: HTML? {
        guard arrived == nil else { return nil }
        return """
            <form method="post" action="\(path)/check-in">\(hiddenToken)
            <button class="button" type="submit">Check in</button></form>
            """
    }

    private var workshops: HTML? {
        guard !person.bookings.isEmpty else { return nil }
        let lines = person.bookings.map { booked -> HTML in
            """
            <li><span class="number">\(time.when(booked.session.starts))</span> \(booked.session.title)\
            \(booked.session.room.isEmpty ? "" : ", \(booked.session.room)")\
            \(booked.status == .waiting ? " (waiting list)" : "")\(giving(booked.session))</li>
            """
        }
        return "<div><dt>Workshops</dt><dd><ul>\(lines)</ul></dd></div>"
    }

    private var badges: HTML {
        """
        <section class="card stack" aria-labelledby="badge">
        <h2 id="badge">Badges</h2>
        <div id="jobs"\("data-pending", if: jobs.contains { !$0.state.isFinal }) aria-live="polite">\(jobList)</div>
        </section>
        """
    }

    private var printing: HTML {
        guard let first = printers.first else {
            return
                "<p class=\"soft\">No printer is set up. Whoever runs Lanyard can add one to its configuration file.</p>"
        }
        // Where there is nothing to choose, the button says what it does.
        guard printers.count > 1 else {
            return print(choosing: nil, "Print badge on \(first)")
        }
        let options = printers.map { "<option>\($0)</option>" as HTML }
        return print(
            choosing: "<select name=\"printer\" aria-label=\"Printer\">\(options)</select>", "Print badge")
    }

    private func print(choosing choice: HTML?, _ words: String) -> HTML {
        """
        <form class="desk-print" method="post" action="\(path)/badge">\(hiddenToken)
        <input type="hidden" name="once" value="\(SentForms.mark())">\(choice)
        <button class="button\(arrived == nil ? " button-quiet" : "")" type="submit">\(words)</button></form>
        """
    }

    private var jobList: HTML {
        guard !jobs.isEmpty else { return "<p class=\"soft\">None printed yet.</p>" }
        return "<ul class=\"jobs\">\(jobs.map(line))</ul>"
    }

    private func line(_ job: PrintJob) -> HTML {
        let isStranded = !job.state.isFinal && !printers.contains(job.printer)
        let state = isStranded ? .held : job.state
        let reason =
            isStranded
            ? "This printer is no longer configured. Cancel this badge and print a new one." : job.reason
        // A job that a printer holds can't be sent again before it is taken back there.
        let canRetry =
            printers.contains(job.printer)
            && (job.state == .failed || (job.state == .held && job.spooledAs == nil))
        return """
            <li><div class="row"><span>\(time.when(job.requested)) on \(job.printer)</span>\
            \(DeskAttendee.tag(state))</div>
            \(when(!reason.isEmpty, "<p class=\"\(state.isTrouble ? "wrong" : "soft")\">\(reason)</p>"))
            <div class="jobs-buttons">\(when(canRetry, button(job, "retry", "Try again", with: otherPrinters(job))))\
            \(when(!job.state.isFinal, button(job, "cancel", "Cancel")))</div></li>
            """
    }

    /// Where the job can be tried again: on its own printer unless another is chosen.
    private func otherPrinters(_ job: PrintJob) -> HTML? {
        guard printers.count > 1 else { return nil }
        let options = printers.map { name -> HTML in
            "<option\("selected", if: name == job.printer)>\(name)</option>"
        }
        return "<select name=\"printer\" aria-label=\"Printer\">\(options)</select>"
    }

    private func button(
        _ job: PrintJob, _ action: String, _ words: String, with fields: HTML? = nil
    ) -> HTML {
        """
        <form method="post" action="\(path)/badge/\(job.id.rawValue)/\(action)">\(hiddenToken)\(fields)
        <button class="button button-quiet button-small" type="submit">\(words)\
        <span class="hidden"> the badge of \(time.when(job.requested)) on \(job.printer)</span></button></form>
        """
    }

    var hiddenToken: HTML { "<input type=\"hidden\" name=\"token\" value=\"\(formToken)\">" }

    static func tag(_ state: PrintState) -> HTML {
        switch state {
        case .queued: "<span class=\"tag\">Waiting</span>"
        case .sent: "<span class=\"tag\">Printing</span>"
        case .printed: "<span class=\"tag tag-good\">Printed</span>"
        case .held: "<span class=\"tag tag-warn\">Needs attention</span>"
        case .failed: "<span class=\"tag tag-bad\">Failed</span>"
        case .cancelled: "<span class=\"tag\">Cancelled</span>"
        }
    }
}

extension PrintState {
    /// Whether somebody at the desk has to do something.
    var isTrouble: Bool { self == .held || self == .failed }
}
