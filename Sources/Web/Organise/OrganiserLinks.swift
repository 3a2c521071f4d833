import Registration

/// The way from the live page to what else organisers have of an event.
struct OrganiserLinks {
    var event: Event

    var html: HTML {
        let path = "/organise/\(event.slug)"
        return """
            <ul class="row no-print">
            <li><a class="button button-quiet button-small" href="\(path)/needs">Needs</a></li>
            <li><a class="button button-quiet button-small" href="\(path)/consents">Consents and downloads</a></li>
            <li><a class="button button-quiet button-small" href="\(path)/attendees.csv">Attendees (CSV)</a></li>
            </ul>
            """
    }
}
