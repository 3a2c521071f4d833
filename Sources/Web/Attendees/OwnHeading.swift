import Operations
import Registration

/// What somebody's own page says first: what has just been done, and how the registration stands.
struct OwnHeading {
    var person: RegisteredAttendee
    var news: AttendeePage.News?
    var sendsLetters: Bool
    /// Whether the waiting lists promote nobody by themselves at present.
    var isHeld: Bool
    /// Whether registration is open, for whoever cancelled and wants to come after all.
    var canRegisterAgain: Bool

    var html: HTML {
        // Whoever has just joined the list need not be told twice.
        let told = person.attendee.status == .waiting && news == .new ? nil : news
        return "\(told.map(strip))\(standing(isHeading: told == nil))"
    }

    private func strip(_ news: AttendeePage.News) -> HTML {
        let (title, sentence) = news.words
        return """
            <section class="done stack" role="status"><h1>\(title)</h1><p class="lead">\(sentence)</p></section>
            """
    }

    private func standing(isHeading: Bool) -> HTML? {
        switch person.attendee.status {
        case .confirmed: when(isHeading, "<h1>Your registration</h1>")
        case .waiting: notice("You are on the waiting list", waiting, isHeading: isHeading)
        case .cancelled:
            notice(
                "This registration was cancelled", "It does not admit you to the event.",
                isHeading: isHeading, level: " notice-bad", more: when(canRegisterAgain, again))
        }
    }

    private var again: HTML {
        """
        <p><a class="button button-quiet" href="/e/\(person.event.slug)/register">Register again</a></p>
        """
    }

    private var waiting: String {
        let place = person.position.map { "You are number \($0) on it. " } ?? ""
        let news =
            sendsLetters
            ? "We write to you when it is your turn."
            : "Keep the address of this page: it shows when it is your turn."
        return place
            + "The event is full, so this does not admit you yet. When a place becomes free, "
            + "\(RegisterWords.nextPlace(isHeld: isHeld)). " + news
    }

    private func notice(
        _ title: String, _ sentence: String, isHeading: Bool, level: String = "", more: HTML? = nil
    ) -> HTML {
        """
        <section class="notice\(level) stack" aria-label="Your ticket">
        \(isHeading ? "<h1>\(title)</h1>" : "<p><strong>\(title)</strong></p>" as HTML)
        <p>\(sentence)</p>
        \(more)
        </section>
        """
    }
}
