import HTTP
import Registration

/// What somebody typed into the form, as it came.
struct TypedRegistration: Equatable {
    var form = RegistrationForm()
    /// The fields of the blocks in which "none of these" was chosen.
    var declined: Set<String> = []

    init() {}

    init(_ fields: FormFields) {
        func text(_ field: RegistrationForm.Field) -> String { fields[field.rawValue] ?? "" }
        form = RegistrationForm(
            name: text(.name), email: text(.email), organisation: text(.organisation), role: text(.role),
            accessNeeds: text(.accessNeeds), dietaryNeeds: text(.dietaryNeeds))
        for field in fields.fields where field.name.hasPrefix(WorkshopBlock.fieldPrefix) {
            if field.value == WorkshopBlock.none {
                declined.insert(field.name)
            } else if !field.value.isEmpty {
                form.sessions.append(field.value)
            }
        }
    }

    /// The blocks that are a question and got no answer.
    func unanswered(in programme: Programme) -> [WorkshopBlock] {
        WorkshopBlock.all(in: programme).filter { block in
            block.isQuestion && !declined.contains(block.field)
                && !block.offers.contains { form.sessions.contains($0.session.slug) }
        }
    }
}
