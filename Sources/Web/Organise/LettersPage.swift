import Operations
import Registration

/// `/organise/{event}/letters`: how it stands with an event's letters, and those that a mail server refused.
struct LettersPage {
    /// How many refusals one page shows.
    static let length = 50

    var outbox: Outbox
    var staff: StaffBar
    var sendsLetters: Bool
    /// What was just done, in words.
    var done: String?

    private var event: Event { outbox.event }
    private var time: LocalTime { LocalTime(event) }
    private var path: String { LettersPage.path(event.slug) }

    static func path(_ slug: String) -> String { "/organise/\(slug)/letters" }

    var document: HTML {
        Layout("Letters", event: event, staff: staff).document(
            """
            <div class="stack-wide">
            <div><p class="soft">\(event.title)</p><h1>Letters</h1></div>
            \(done.map { "<p class=\"notice\" role=\"status\">\($0)</p>" as HTML })
            \(when(!sendsLetters, LettersPage.off))
            <section class="figures" aria-label="How many">
            \(figure("sent", "Sent", outbox.sent))\(figure("waiting", "Waiting", outbox.waiting))\
            \(figure("refused", "Refused", outbox.refused))
            </section>
            \(waiting)
            \(refused)
            </div>
            """)
    }

    private static let off: HTML = """
        <p class="notice">Lanyard sends no letters here. Whoever runs it can say in its configuration, under [mail], by \
        which mail server.</p>
        """

    private func figure(_ id: String, _ words: String, _ count: Int) -> HTML {
        """
        <div class="card figure"><h2 class="label">\(words)</h2>
        <p class="figure-number"><span id="\(id)">\(count)</span></p></div>
        """
    }

    private var waiting: HTML? {
        guard outbox.trouble != nil || outbox.isWriting || !outbox.delays.isEmpty else { return nil }
        return """
            <section class="stack" aria-labelledby="why">
            <h2 id="why">Why letters wait</h2>
            \(outbox.trouble.map(trouble))
            \(when(outbox.isWriting, "<p>More letters are being written. Refresh this page in a moment.</p>"))
            \(when(!outbox.delays.isEmpty, "<ul class=\"stack-small\">\(outbox.delays.map(delay))</ul>"))
            </section>
            """
    }

    private func trouble(_ trouble: MailTrouble) -> HTML {
        """
        <p class="notice notice-bad">None can be sent at the moment. <bdi>\(trouble.reason.asSentence)</bdi> It is tried again at \
        \(time.clock(trouble.retried)), and nothing is lost. If it stays so, tell whoever runs Lanyard.</p>
        """
    }

    private func delay(_ delay: (reason: String, letters: Int, next: Timestamp)) -> HTML {
        """
        <li>\(delay.letters == 1 ? "1 letter was" : "\(delay.letters) letters were") put off. <bdi>\(delay.reason.asSentence)</bdi> \
        Tried again from \(time.clock(delay.next)).</li>
        """
    }

    private var refused: HTML {
        guard let newest = outbox.refusals.first else {
            return """
                <section class="stack" aria-labelledby="refusals"><h2 id="refusals">Refused</h2>
                <p>None was refused.</p></section>
                """
        }
        let older = outbox.hasMore ? outbox.refusals.last?.letter.id : nil
        return """
            <section class="stack" aria-labelledby="refusals">
            <h2 id="refusals">Refused</h2>
            <p class="soft">Their mail servers will not take these, mostly since the address is wrong. Open the person, correct \
            the address, and send the letter again. One about a new address goes to the address that it was written to, also \
            when it is sent again.</p>
            <form method="post" action="\(path)/again">\(token)
            <input type="hidden" name="last" value="\(newest.letter.id.rawValue)">
            <button class="button button-quiet" type="submit">Send all of them again</button></form>
            <table class="table table-cards">
            <thead><tr><th scope="col">To</th><th scope="col">Letter</th><th scope="col">Refused</th>\
            <th scope="col">Why</th><th scope="col"><span class="hidden">Send it again</span></th></tr></thead>
            <tbody>\(outbox.refusals.map(row))</tbody>
            </table>
            \(older.map { "<p><a class=\"button button-quiet button-small\" href=\"\(path)?before=\($0.rawValue)\">Older ones</a></p>" as HTML })
            </section>
            """
    }

    private func row(_ refusal: ReportedLetter) -> HTML {
        let (letter, attendee) = (refusal.letter, refusal.attendee)
        return """
            <tr><th scope="row"><a href="/desk/\(event.slug)/\(attendee.reference)">\(person(attendee.name))</a><br>\
            <span class="soft small"><bdi>\(refusal.address)</bdi></span></th>
            <td data-label="Letter" class="wide">\(letter.kind.title)</td>
            <td data-label="Refused" class="wide">\(time.dayAndClock(letter.changed))</td>
            <td data-label="Why" class="wide"><bdi>\(letter.reason)</bdi></td>
            <td class="wide"><form method="post" action="\(path)/\(letter.id.rawValue)/again">\(token)
            <button class="button button-quiet button-small" type="submit">Send again<span class="hidden"> to \(attendee.name), \
            \(letter.kind.title), refused \(time.dayAndClock(letter.changed))</span></button></form></td></tr>
            """
    }

    private var token: HTML { "<input type=\"hidden\" name=\"token\" value=\"\(staff.formToken)\">" }
}

extension String {
    /// With a full stop, unless what a mail server says has one.
    fileprivate var asSentence: String { last.map { ".!?".contains($0) } == true ? self : self + "." }
}

extension LetterKind {
    /// What organisers call it.
    var title: String {
        switch self {
        case .registered: "Registration"
        case .waiting: "Waiting list"
        case .promoted: "A place from the list"
        case .changed: "Change"
        case .cancelled: "Cancellation"
        case .programmeChanged: "Changed programme"
        case .reminder: "Reminder"
        case .link: "Link to their page"
        case .confirmAddress: "New address to confirm"
        case .addressChanged: "Address changed"
        }
    }
}
