import Operations
import Registration

/// On the lists' page: how many places a workshop or the event itself has, to be changed.
struct CapacityForm {
    /// Of the lists' page.
    var path: String
    var token: HTML
    /// Nil for the event itself.
    var session: Session?
    var capacity: Int
    /// What was refused because more are taken, so that it can be forced.
    var refused: Int?

    /// The slug of a session; nil for the event itself.
    static func field(of session: String?) -> String { session.map { "capacity-\($0)" } ?? "capacity" }

    var html: HTML {
        let id = CapacityForm.field(of: session?.slug)
        return """
            <form class="row" method="post" action="\(path)/capacity">\(token)
            \(session.map { "<input type=\"hidden\" name=\"session\" value=\"\($0.slug)\">" as HTML })
            <label for="\(id)">Places</label>
            <input class="short" id="\(id)" name="capacity" type="text" inputmode="numeric" \
            value="\(refused ?? capacity)">
            \(when(refused != nil, force))
            <button class="button button-quiet button-small" type="submit">Save<span class="hidden"> the places of \
            \(session?.title ?? "the event")</span></button></form>
            """
    }

    private var force: HTML {
        """
        <label class="choice"><input type="checkbox" name="force" value="yes"><span class="choice-title">Lower it all the \
        same: nobody loses their place, and nobody new gets one until fewer \
        \(session == nil ? "are registered" : "have booked")</span></label>
        """
    }
}

extension Places {
    /// How many are taken and waited for.
    var counts: HTML {
        let (capacity, free) = (capacity ?? 0, free ?? 0)
        guard confirmed <= capacity else {
            return """
                <p class="soft"><strong>\(confirmed) places are taken, \(confirmed - capacity) more than there are now.</strong> \
                Nobody new gets one \(until). \(waiting) on the list.</p>
                """
        }
        let isToGive = isHeld && waiting > 0 && free > 0
        return """
            <p class="soft">\(confirmed) of \(capacity) places taken, \
            \(when(isToGive, "<strong>\(free) free</strong>, "))\(waiting) on the list.</p>
            """
    }

    /// What came of changing how many there are.
    ///
    /// - Parameter name: of what has them, as a sentence begins with it.
    func changed(_ name: String) -> HTML {
        let now = capacity == 1 ? "1 place" : "\(capacity ?? 0) places"
        let isBelow = confirmed > capacity ?? 0
        return """
            \(name) now has \(now).\(when(isBelow, " Nobody loses theirs, and nobody new gets one \(until)."))
            """
    }

    /// How long nobody new gets a place where more are taken than there are.
    private var until: String {
        capacity == 1 ? "until none is taken" : "until fewer than \(capacity ?? 0) are taken"
    }
}
