import Operations
import Registration

/// The workshops of one part of the day, as choices: one of several that run at once, or any of those that
/// can be combined; and beside them the waiting lists of those that are full.
struct WorkshopBlock {
    /// What a form field is called whose values are slugs of sessions, before the block's own name.
    static let fieldPrefix = "session."
    /// The value of the choice to book nothing in a block.
    static let none = "-"
    /// What stands before a slug in the value of a place on its waiting list; no slug has it.
    static let waitingMark = "~"

    let offers: [Programme.Offer]
    /// What whoever fills the form in has already.
    var held: [SessionID: Booking.Status] = [:]
    /// Whether nobody has a place before the event has one for them, so that places left now may be gone then.
    var isForLater = false

    /// - Parameter person: who changes what they have; nil for somebody new.
    static func all(in programme: Programme, for person: RegisteredAttendee? = nil) -> [WorkshopBlock] {
        let bookings = person?.bookings.map { ($0.session.id, $0.status) } ?? []
        let held = Dictionary(uniqueKeysWithValues: bookings)
        return programme.blocks.map { WorkshopBlock(offers: $0, held: held) }
    }

    /// The `id` and the name of its fields; it stays the same while the block's first session does.
    var field: String { WorkshopBlock.fieldPrefix + (offers.first?.session.slug ?? "") }

    /// Whether at most one can be chosen: each runs while all the others do.
    var isOneOf: Bool {
        offers.count > 1
            && Clash.all(among: offers.map(\.session)).count == offers.count * (offers.count - 1) / 2
    }

    /// Those with a place for whoever chooses.
    var open: [Programme.Offer] { offers.filter { hasPlace($0) } }

    /// Those that can only be waited for.
    var full: [Programme.Offer] { offers.filter { !hasPlace($0) } }

    /// Whether something must be chosen, if only that it is none of these.
    var isQuestion: Bool { isOneOf && !open.isEmpty }

    private func hasPlace(_ offer: Programme.Offer) -> Bool {
        held[offer.session.id] == .confirmed
            || (!offer.places.isFull && held[offer.session.id] != .waiting)
    }

    func hours(_ time: LocalTime) -> String {
        let starts = offers.map(\.session.starts).min() ?? Timestamp(rawValue: 0)
        let ends = offers.map(\.session.ends).max() ?? starts
        return time.span(starts, ends)
    }

    func html(_ typed: TypedSessions, time: LocalTime, problems: [FieldProblem]) -> HTML {
        let problem = problems.sentence(for: field)
        let hint = "\(field)-hint"
        let described = [isOneOf ? hint : nil, problem.map { _ in "\(field)-wrong" }].compactMap(\.self)
        let describedBy = described.isEmpty ? nil : described.joined(separator: " ")
        // The summary of problems leads to whatever has this id: the first choice that can be made.
        let choices = (open + full).enumerated().map { index, offer in
            hasPlace(offer)
                ? choice(offer, typed, id: index == 0 ? field : nil, time: time)
                : list(offer, typed, id: index == 0 ? field : nil, time: time)
        }
        let places = choices.prefix(open.count)
        return """
            <fieldset\("class", is: problem.map { _ in "has-problem" })\("aria-describedby", is: describedBy)>
            <legend>\(hours(time))</legend>
            \(when(isOneOf, "<p class=\"hint\" id=\"\(hint)\">These run at the same time: you can be in one of them.</p>"))
            \(TextField.wrong(field, problem))
            <div class="choices">
            \(Array(places))
            \(when(isQuestion, noneOfThese(isChosen: typed.declined.contains(field))))
            \(Array(choices.dropFirst(open.count)))
            </div>
            </fieldset>
            """
    }

    private func choice(
        _ offer: Programme.Offer, _ typed: TypedSessions, id: String?, time: LocalTime
    ) -> HTML {
        let isMine = held[offer.session.id] == .confirmed
        let words = isMine ? "You have a place" : isForLater ? "" : offer.places.words
        let level = !isMine && offer.places.areFew ? " choice-places-few" : ""
        return """
            <label class="choice"><input\("id", is: id) type="\(isOneOf ? "radio" : "checkbox")" name="\(field)" \
            value="\(offer.session.slug)"\("checked", if: typed.chosen.contains(offer.session.slug))\("required", if: isQuestion)>
            \(description(of: offer, time: time, places: words.isEmpty ? nil : "<span class=\"choice-places\(level)\">\(words)</span>"))</label>
            """
    }

    /// A full one: its list can be joined beside a place in another that runs at the time.
    private func list(
        _ offer: Programme.Offer, _ typed: TypedSessions, id: String?, time: LocalTime
    ) -> HTML {
        let session = offer.session
        let isMine = held[session.id] == .waiting
        let words =
            isMine
            ? "You are on the waiting list" : "Full. Tick to join the waiting list\(offer.places.queue)"
        return """
            <label class="choice choice-list"><input\("id", is: id) type="checkbox" name="\(field)" \
            value="\(WorkshopBlock.waitingMark)\(session.slug)"\("checked", if: typed.waits.contains(session.slug))>
            \(description(of: offer, time: time, places: "<span class=\"choice-places choice-places-full\">\(words)</span>"))</label>
            """
    }

    private func description(of offer: Programme.Offer, time: LocalTime, places: HTML?) -> HTML {
        let session = offer.session
        let isAlike = isOneOf && Set(offers.map { [$0.session.starts, $0.session.ends] }).count == 1
        let when: HTML? =
            isAlike ? nil : "<span>\(time.span(session.starts, session.ends))</span>"
        let speakers = session.speakers.joined(separator: ", ")
        return """
            <span><span class="choice-title">\(session.title)</span>
            <span class="choice-more">\(when)\
            \(speakers.isEmpty ? nil : "<span>\(speakers)</span>" as HTML)\
            \(session.room.isEmpty ? nil : "<span>\(session.room)</span>" as HTML)\
            \(places)</span>\(excluded(by: session))</span>
            """
    }

    /// What can't be chosen beside it, where that is not plain from the block.
    func excluded(by session: Session) -> HTML? {
        guard !isOneOf else { return nil }
        let others = offers.map(\.session).filter { $0.id != session.id && $0.overlaps(session) }
        guard !others.isEmpty else { return nil }
        let titles = others.map { "“\($0.title)”" }.joined(separator: ", ")
        return "<span class=\"choice-more\">Not together with \(titles)</span>"
    }

    private func noneOfThese(isChosen: Bool) -> HTML {
        """
        <label class="choice"><input type="radio" name="\(field)" value="\(WorkshopBlock.none)"\
        \("checked", if: isChosen) required><span class="choice-title">None of these</span></label>
        """
    }
}

extension Places {
    /// How long the waiting list is, to stand after a sentence; empty for one that nobody is on.
    fileprivate var queue: String {
        switch waiting {
        case 0: " (nobody waits yet)"
        case 1: " (1 person waits)"
        default: " (\(waiting) people wait)"
        }
    }
}
