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
