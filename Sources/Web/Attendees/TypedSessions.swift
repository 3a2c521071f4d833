import HTTP
import Operations
import Registration

/// The workshops that somebody chose in a form, as they came.
struct TypedSessions: Equatable {
    /// The slugs of those to have a place in.
    var chosen: [String] = []
    /// The slugs of those to wait for.
    var waits: Set<String> = []
    /// The fields of the blocks in which "none of these" was chosen.
    var declined: Set<String> = []
    /// Whether a place may be given up for one that is waited for.
    var swaps = false

    /// What the form was shown with; nil for a form that does not say.
    var seen: BookingsMark?

    /// What the field is called that says what the form was shown with.
    private static let seenField = "seen"
    /// What the field is called that says that a place may be given up.
    static let swapField = "swap"

    init() {}

    /// What somebody has, as the form that changes it begins with.
    init(_ bookings: [BookedSession], in blocks: [WorkshopBlock]) {
        for booked in bookings {
            if booked.status == .waiting {
                waits.insert(booked.session.slug)
                swaps = swaps || booked.swaps
            } else {
                chosen.append(booked.session.slug)
            }
        }
        declined = Set(
            blocks.filter { block in
                !block.offers.contains { chosen.contains($0.session.slug) }
            }.map(\.field))
    }

    init(_ fields: FormFields) {
        swaps = fields[TypedSessions.swapField] != nil
        seen = fields[TypedSessions.seenField].map { BookingsMark($0) }
        for field in fields.fields where field.name.hasPrefix(WorkshopBlock.fieldPrefix) {
            if field.value == WorkshopBlock.none {
                declined.insert(field.name)
            } else if field.value.hasPrefix(WorkshopBlock.waitingMark) {
                waits.insert(String(field.value.dropFirst(WorkshopBlock.waitingMark.count)))
            } else if !field.value.isEmpty {
                chosen.append(field.value)
            }
        }
    }

    /// The field that keeps what a form was shown with until it is sent.
    func keepSeen(_ person: RegisteredAttendee) -> HTML {
        let mark = seen ?? BookingsMark(person.bookings)
        return "<input type=\"hidden\" name=\"\(TypedSessions.seenField)\" value=\"\(mark.text)\">"
    }

    /// All that is wished: places and places on lists.
    var wished: [String] { chosen + waits.sorted() }

    /// The blocks that are a question and got no answer.
    func unanswered(in blocks: [WorkshopBlock]) -> [WorkshopBlock] {
        blocks.filter { block in
            block.isQuestion && !declined.contains(block.field)
                && !block.offers.contains { wished.contains($0.session.slug) }
        }
    }
}

extension FieldProblem {
    /// That what somebody has changed while a form was open that would have undone it.
    static let bookingsMoved = FieldProblem(
        sentence:
            "The bookings have changed since this page was opened. It shows them as they are now, and nothing "
            + "was saved: choose again.")
}
