import HTTP
import Operations
import Registration

/// `/organise/{event}/consents`: how many agree to what, and lists of them.
struct ConsentsPage {
    var numbers: ConsentNumbers
    var staff: StaffBar
    /// Whether there still are needs to download.
    var takesNeeds: Bool

    private var event: Event { numbers.event }
    private var csv: String { "/organise/\(event.slug)/attendees.csv" }

    var document: HTML {
        Layout("Consents and downloads", event: event, staff: staff).document(
            """
            <div class="stack-wide">
            <div><p class="soft">\(event.title)</p><h1>Consents and downloads</h1></div>
            <section class="stack" aria-labelledby="consents">
            <h2 id="consents">What people agree to</h2>
            <p class="soft">Of \(numbers.people == 1 ? "one person" : "\(numbers.people) people"); who cancelled or withdrew is not among them. Download a list \
            again each time you use it: people may have changed their minds.</p>
            <ul class="consents">\(Consent.allCases.map(item))</ul>
            </section>
            \(lists)
            </div>
            """)
    }

    private func item(_ consent: Consent) -> HTML {
        let count = numbers[consent]
        return """
            <li class="card stack"><h3>\(consent.title)</h3>
            <p class="figure-number"><span id="\(consent.rawValue)">\(count)</span> \
            <small>\(count == 1 ? "person" : "people")</small></p>
            <p class="soft">“\(consent.wording)”</p>
            <p><a class="button button-quiet button-small" href="\(csv)?consent=\(consent.rawValue)">\
            Download the list<span class="hidden"> of \(consent.title)</span></a></p></li>
            """
    }

    private var lists: HTML {
        """
        <section class="stack" aria-labelledby="lists">
        <h2 id="lists">Everybody</h2>
        <p>Who registered, what they booked, when they arrived, what they agreed to and answered, as a CSV file that \
        spreadsheets open.</p>
        <div class="row"><a class="button" href="\(csv)">Attendees</a>
        \(when(takesNeeds, "<a class=\"button button-quiet\" href=\"\(csv)?needs=yes\">Attendees with their needs</a>"))</div>
        \(when(takesNeeds,
            "<p class=\"soft\">Needs are for those who prepare the day. Take them only if you need them, and delete the file by \(LocalTime(event).day(event.needsPurged)).</p>"))
        </section>
        """
    }
}

extension Site {
    func showConsents(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn
    ) async throws -> Response {
        guard let numbers = try await frontOfHouse.consentNumbers(event: parameters["event"]) else {
            throw RequestError.notFound
        }
        return ConsentsPage(
            numbers: numbers, staff: bar(signedIn, event: numbers.event),
            takesNeeds: numbers.event.takesNeeds(at: frontOfHouse.now)
        ).document.response()
    }
}
