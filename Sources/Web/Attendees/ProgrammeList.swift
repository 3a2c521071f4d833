import Operations
import Registration

/// The sessions by the time at which they start; those that run side by side stand side by side.
struct ProgrammeList {
    var programme: Programme
    var time: LocalTime
    /// Whether anybody can still take a place.
    var showsPlaces = true

    var html: HTML {
        guard !programme.offers.isEmpty else {
            return "<p class=\"soft\">The programme is not published yet.</p>"
        }
        let days = grouped(programme.offers) { time.day($0.session.starts) }
        let parts = days.map { day -> HTML in
            let hasDays = days.count > 1
            let heading = when(hasDays, "<h3 class=\"programme-day\">\(day.key)</h3>")
            return "\(heading)<ol class=\"programme\">\(slots(of: day.members, isUnderDay: hasDays))</ol>"
        }
        return "\(parts)"
    }

    private func slots(of offers: [Programme.Offer], isUnderDay: Bool) -> [HTML] {
        grouped(offers, by: \.session.starts).map { slot in
            let ends = Set(slot.members.map(\.session.ends))
            let shared = ends.count == 1 ? ends.first : nil
            return """
                <li class="slot">
                <p class="slot-time">\(time.clock(slot.key))\
                \(shared.map { " <span>to \(time.clock($0))</span>" as HTML })</p>
                <ul class="slot-sessions">\(slot.members.map { item($0, showsEnd: shared == nil, isUnderDay: isUnderDay) })</ul>
                </li>
                """
        }
    }

    private func item(_ offer: Programme.Offer, showsEnd: Bool, isUnderDay: Bool) -> HTML {
        let session = offer.session
        let places = session.isBookable && showsPlaces ? offer.places.tag : nil
        let meta = [
            session.kind == .pause ? nil : session.kind.words, session.room.isEmpty ? nil : session.room,
            showsEnd ? "until \(time.clock(session.ends))" : nil,
        ].compactMap(\.self)
        return """
            <li class="session session-\(session.isBookable ? "workshop" : session.kind.rawValue)">
            \(isUnderDay ? "<h4>\(session.title)</h4>" : "<h3>\(session.title)</h3>" as HTML)
            \(when(!meta.isEmpty, "<p class=\"session-kind\">\(meta.joined(separator: " · "))</p>"))
            \(when(!session.speakers.isEmpty, speakers(session.speakers)))
            \(more(session))
            \(places.map { "<p class=\"session-places\">\($0)</p>" as HTML })
            </li>
            """
    }

    private func speakers(_ names: [String]) -> HTML {
        "<ul class=\"session-speakers\">\(names.map { "<li>\(person($0))</li>" as HTML })</ul>"
    }

    private func more(_ session: Session) -> HTML? {
        guard !session.abstract.isEmpty || !session.materials.isEmpty else { return nil }
        let links = session.materials.map { "<li>\(outsideLink($0))</li>" as HTML }
        return """
            <details><summary>About this session<span class="hidden">: \(session.title)</span></summary>
            \(when(!session.abstract.isEmpty, "<p class=\"prose\">\(session.abstract)</p>"))
            \(when(!links.isEmpty, "<ul class=\"links\">\(links)</ul>"))
            </details>
            """
    }
}

/// Neighbours with the same key, in their order.
func grouped<Member, Key: Equatable>(
    _ members: [Member], by key: (Member) -> Key
) -> [(key: Key, members: [Member])] {
    var groups: [(key: Key, members: [Member])] = []
    for member in members {
        if groups.last?.key == key(member) {
            groups[groups.count - 1].members.append(member)
        } else {
            groups.append((key(member), [member]))
        }
    }
    return groups
}
