import Operations
import Registration

/// What keeps a group from being registered as the event is now, all of it at once; but not whether somebody's address
/// is registered already.
struct GroupProblems {
    var content: EventProgramme
    var typed: TypedGroup
    var now: Timestamp

    private var people: [RegistrationForm] { typed.people }
    private var blocks: [WorkshopBlock] { WorkshopBlock.all(in: content.programme) }

    var all: [FieldProblem] {
        let refusals = people.map { content.refusals(of: $0, at: now) }
        return closed(refusals) + ofGroup + refusals.enumerated().flatMap { problems($1, of: $0) }
    }

    /// What is wrong with the people together, whatever each of them typed.
    var ofGroup: [FieldProblem] { [shortage].compactMap(\.self) + typed.sharedAddresses + crowded }

    /// The refusals of one of the people, but for those that all have together.
    func problems(_ refusals: [RegistrationRefusal], of index: Int) -> [FieldProblem] {
        refusals.filter { !$0.isOfEvent }.map { refusal in
            var problem = FieldProblem(refusal, in: content, blocks: blocks)
            problem.field = problem.field.map { TypedGroup.name($0, index) }
            problem.sentence = "Person \(index + 1): \(problem.sentence)"
            return problem
        }
    }

    private func closed(_ refusals: [[RegistrationRefusal]]) -> [FieldProblem] {
        (refusals.first ?? []).filter { $0.isOfEvent && $0 != .eventFull }.map {
            FieldProblem($0, in: content, blocks: blocks)
        }
    }

    /// That fewer places are left than there are people who are to have one; nil where there are enough.
    private var shortage: FieldProblem? {
        let wanted = people.count { $0.ifFull == .refuse }
        guard let left = content.places.left, left < wanted else { return nil }
        guard left > 0 else {
            return FieldProblem(
                sentence:
                    "All places of the event are taken by now. Nobody is registered yet: if you like, put "
                    + "everybody on the waiting list.")
        }
        return FieldProblem(
            field: GroupPage.placesField,
            sentence: "\(GroupPage.placesLeft(left, for: wanted)) Nobody is registered yet.")
    }

    /// Whose workshop has places left, but fewer than people of this group who chose it.
    private var crowded: [FieldProblem] {
        content.programme.offers.flatMap { offer -> [FieldProblem] in
            guard let left = offer.places.left, left > 0 else { return [] }
            let (session, field) = (
                offer.session,
                blocks.first { $0.offers.contains { $0.session.id == offer.session.id } }?.field
            )
            let choosers = people.indices.filter { people[$0].choosesPlace(in: session) }
            return choosers.dropFirst(left).map { index in
                FieldProblem(
                    field: field.map { TypedGroup.name($0, index) },
                    sentence:
                        "Person \(index + 1): “\(session.title)” has \(offer.places.words), which others of "
                        + "this group take. Choose another session.")
            }
        }
    }
}

extension RegistrationForm {
    /// Whether it is refused where the session has no place.
    fileprivate func choosesPlace(in session: Session) -> Bool {
        ifFull == .refuse && sessions.contains(session.slug) && !waitsFor.contains(session.slug)
    }
}

extension RegistrationRefusal {
    /// Whether it is the same for everybody.
    fileprivate var isOfEvent: Bool {
        switch self {
        case .eventFull, .closed, .notYetOpen: true
        default: false
        }
    }
}
