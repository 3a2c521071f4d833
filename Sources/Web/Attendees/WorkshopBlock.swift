import Operations
import Registration

/// The workshops of one part of the day, as choices: one of several that run at once, or any of those that
/// can be combined.
struct WorkshopBlock {
    /// What a form field is called whose values are slugs of sessions, before the block's own name.
    static let fieldPrefix = "session."
    /// The value of the choice to book nothing in a block.
    static let none = "-"

    let offers: [Programme.Offer]

    static func all(in programme: Programme) -> [WorkshopBlock] {
        programme.blocks.map(WorkshopBlock.init(offers:))
    }

    /// The `id` and the name of its fields; it stays the same while the block's first session does.
    var field: String { WorkshopBlock.fieldPrefix + (offers.first?.session.slug ?? "") }

    /// Whether at most one can be chosen: each runs while all the others do.
    var isOneOf: Bool {
        offers.count > 1
            && Clash.all(among: offers.map(\.session)).count == offers.count * (offers.count - 1) / 2
    }

    /// Whether something must be chosen, if only that it is none of these.
    var isQuestion: Bool { isOneOf && offers.contains { !$0.places.isFull } }

    func hours(_ time: LocalTime) -> String {
        let starts = offers.map(\.session.starts).min() ?? Timestamp(rawValue: 0)
        let ends = offers.map(\.session.ends).max() ?? starts
        return "\(time.clock(starts)) to \(time.clock(ends))"
    }

    func html(_ typed: TypedRegistration, time: LocalTime, problems: [FieldProblem]) -> HTML {
        let problem = problems.sentence(for: field)
        let describedBy = problem.map { _ in "\(field)-wrong" }
        // The summary of problems leads to whatever has this id: the first choice that can be made.
        let first = offers.firstIndex { !$0.places.isFull }
        let choices = offers.enumerated().map { index, offer in
            choice(offer, typed, id: index == first ? field : nil, time: time)
        }
        return """
            <fieldset\("id", is: first == nil ? field : nil)\("tabindex", is: first == nil ? "-1" : nil)\
            \("class", is: problem.map { _ in "has-problem" })\("aria-describedby", is: describedBy)>
            <legend>\(hours(time))</legend>
            \(when(offers.count > 1 && !isOneOf, "<p class=\"hint\">Some of these overlap. Choose those that do not.</p>"))
            \(TextField.wrong(field, problem))
            <div class="choices">
            \(choices)
            \(when(isOneOf, noneOfThese(isChosen: !isQuestion || typed.declined.contains(field))))
            </div>
            </fieldset>
            """
    }

    private func choice(
        _ offer: Programme.Offer, _ typed: TypedRegistration, id: String?, time: LocalTime
    ) -> HTML {
        let session = offer.session
        let isChosen = typed.form.sessions.contains(session.slug)
        let isFull = offer.places.isFull
        let level = isFull ? " choice-places-full" : offer.places.areFew ? " choice-places-few" : ""
        let own = isOneOf && Set(offers.map { [$0.session.starts, $0.session.ends] }).count == 1
        let when: HTML? =
            own ? nil : "<span>\(time.clock(session.starts)) to \(time.clock(session.ends))</span>"
        let speakers = session.speakers.joined(separator: ", ")
        return """
            <label class="choice"><input\("id", is: id) type="\(isOneOf ? "radio" : "checkbox")" name="\(field)" \
            value="\(session.slug)"\("checked", if: isChosen && !isFull)\("disabled", if: isFull)>
            <span><span class="choice-title">\(session.title)</span>
            <span class="choice-more">\(when)\
            \(speakers.isEmpty ? nil : "<span>\(speakers)</span>" as HTML)\
            \(session.room.isEmpty ? nil : "<span>\(session.room)</span>" as HTML)\
            <span class="choice-places\(level)">\(offer.places.words)</span></span></span></label>
            """
    }

    private func noneOfThese(isChosen: Bool) -> HTML {
        """
        <label class="choice"><input type="radio" name="\(field)" value="\(WorkshopBlock.none)"\
        \("checked", if: isChosen)><span class="choice-title">None of these</span></label>
        """
    }
}
