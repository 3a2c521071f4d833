import Registration

/// What stands around a screen: the head, the bar at the top, the foot.
struct Layout {
    /// What the screen is; empty for the event's own page, which is called as the event is.
    var title: String
    /// Whose pages these are; the bar then leads to the event and the foot names its contact.
    var event: Event?
    /// The signed-in person's way around, or nil on public pages.
    var staff: StaffBar?
    var script: Asset?
    /// Says in the title, which a screen reader reads first, that the form was not accepted.
    var hasProblem = false
    /// What stands above the content over the full width.
    var band: HTML?
    var isNarrow = false
    /// Set on the event's own page, which names itself already: the bar then leads to all events.
    var isEventPage = false

    init(_ title: String, event: Event? = nil, staff: StaffBar? = nil) {
        self.title = title
        self.event = event
        self.staff = staff
    }

    func document(_ content: HTML) -> HTML {
        """
        <!DOCTYPE html>
        <html lang="en-GB">
        <head>
        <meta charset="utf-8">
        <title>\(hasProblem ? "Problem: " : "")\(tabTitle)</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <link rel="icon" href="\(Asset.icon.path)" type="image/svg+xml">
        <link rel="stylesheet" href="\(Asset.style.path)">
        \(script.map { "<script src=\"\($0.path)\" defer></script>" as HTML })
        </head>
        <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header class="site"><div class="site-inner">\(home)\(staff?.navigation)</div></header>
        <main id="main" tabindex="-1">
        \(band)
        <div class="wrap\(isNarrow ? " wrap-narrow" : "")">
        \(content)
        </div>
        </main>
        <footer class="foot"><div class="foot-inner">\(contact)<span>Registration with Lanyard</span></div></footer>
        </body>
        </html>
        """
    }

    private var tabTitle: String {
        [title, event?.title ?? ""].filter { !$0.isEmpty }.joined(separator: " – ")
    }

    private var home: HTML {
        if staff != nil { return Layout.home("/", "Lanyard") }
        guard let event, !isEventPage else { return Layout.home("/", "Events") }
        return Layout.home("/e/\(event.slug)", event.title)
    }

    private static func home(_ path: String, _ name: String) -> HTML {
        """
        <a class="site-home" href="\(path)">
        <svg width="26" height="34" viewBox="0 0 26 34" aria-hidden="true"><path d="M4 0l9 11 9-11" fill="none" \
        stroke="#ffb81c" stroke-width="3.5"/><rect x="2" y="12" width="22" height="21" rx="3.5" fill="#fff"/>\
        <path d="M9 16.5h8" stroke="#00473f" stroke-width="2.5" stroke-linecap="round"/>\
        <path d="M7 23h12M7 28h7" stroke="#00594f" stroke-width="2.5"/></svg><span>\(name)</span></a>
        """
    }

    private var contact: HTML? {
        guard let event, staff == nil, !event.contact.isEmpty else { return nil }
        return "<span>Questions? <a href=\"mailto:\(event.contact)\">\(event.contact)</a></span>"
    }
}
