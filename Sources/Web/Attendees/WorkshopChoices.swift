import Operations
import Registration

/// The part of a form in which workshops are chosen, a question for each part of the day.
struct WorkshopChoices {
    var blocks: [WorkshopBlock]
    var typed: TypedSessions
    var time: LocalTime
    var problems: [FieldProblem]

    var html: HTML? {
        guard !blocks.isEmpty else { return nil }
        return """
            <section class="section stack-fields" aria-labelledby="workshops">
            <h2 id="workshops">Workshops</h2>
            <p class="soft">One at a time. Everything else in the programme is open to everybody anyway.</p>
            \(blocks.map { $0.html(typed, time: time, problems: problems) })
            \(when(blocks.contains { !$0.full.isEmpty }, swap))
            </section>
            """
    }

    private var swap: HTML {
        """
        <div class="choices"><label class="choice"><input type="checkbox" name="\(TypedSessions.swapField)" value="yes"\
        \("checked", if: typed.swaps)><span><span class="choice-title">Swap me if a place opens</span>
        <span class="choice-more">If you are on a waiting list and also have a place at that time, you are moved as soon \
        as it is your turn, and your other place goes to somebody else. Without this you keep both: your place, and your \
        turn in the list.</span></span></label></div>
        """
    }

    /// What is wrong with blocks that are a question and got no answer.
    var unanswered: [FieldProblem] {
        typed.unanswered(in: blocks).map { block in
            FieldProblem(
                field: block.field, sentence: "Choose a workshop for \(block.hours(time)), or none of these.")
        }
    }
}

extension FieldProblem {
    /// The refusal in words, beside the field that can mend it.
    init(_ refusal: RegistrationRefusal, in content: EventProgramme, blocks: [WorkshopBlock]) {
        func block(of session: Session) -> String? {
            blocks.first { block in block.offers.contains { $0.session.id == session.id } }?.field
        }
        let field: String? =
            switch refusal {
            case .field(let problem) where problem.field == .sessions: nil
            case .field(let problem): problem.field.rawValue
            case .answer(let problem): QuestionFields.field(problem.slug)
            case .addressTaken: RegistrationForm.Field.email.rawValue
            case .sessionFull(let session), .notBookable(let session): block(of: session)
            case .clash(let clash): block(of: clash.first)
            case .notYetOpen, .closed, .eventFull, .unknownSession, .changesClosed, .cancelled,
                .needsPurged:
                nil
            }
        self.init(
            field: field, sentence: refusal.sentence(in: LocalTime(content.event)),
            contact: content.event.contact)
    }
}
