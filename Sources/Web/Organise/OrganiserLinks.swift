import Registration

/// The way from the live page to what else organisers have of an event.
struct OrganiserLinks {
    var event: Event
    /// How many of its letters were refused.
    var refusedLetters: Int

    var html: HTML {
        let path = "/organise/\(event.slug)"
        return """
            \(when(refusedLetters > 0, refusals(path)))
            <ul class="row no-print">
            <li><a class="button button-quiet button-small" href="\(path)/letters">Letters</a></li>
            <li><a class="button button-quiet button-small" href="\(path)/needs">Needs</a></li>
            <li><a class="button button-quiet button-small" href="\(path)/consents">Consents and downloads</a></li>
            <li><a class="button button-quiet button-small" href="\(path)/attendees.csv">Attendees (CSV)</a></li>
            </ul>
            """
    }

    private func refusals(_ path: String) -> HTML {
        let (words, rest) =
            refusedLetters == 1
            ? ("One letter was refused", "the person it was for does not know what it says")
            : ("\(refusedLetters) letters were refused", "the people they were for do not know what they say")
        return """
            <p class="notice notice-bad no-print"><a href="\(path)/letters">\(words)</a> by mail servers: \(rest).</p>
            """
    }
}
