import HTTP
import Registration

/// What somebody typed into the form, as it came.
struct TypedRegistration: Equatable {
    var form = RegistrationForm()
    var sessions = TypedSessions()
    /// Consents that were ticked under words that are not asked any more.
    var outdatedConsents: [Consent] = []

    init() {}

    init(_ fields: FormFields, _ questions: [Question] = []) {
        func text(_ field: RegistrationForm.Field) -> String { fields[field.rawValue] ?? "" }
        sessions = TypedSessions(fields)
        form = RegistrationForm(
            name: text(.name), email: text(.email), organisation: text(.organisation), role: text(.role),
            accessNeeds: text(.accessNeeds), dietaryNeeds: text(.dietaryNeeds), sessions: sessions.wished,
            ifFull: fields[TypedRegistration.ifFullField].flatMap(IfFull.init) ?? .refuse,
            waitsFor: sessions.waits, swaps: sessions.swaps,
            answers: QuestionFields.answers(fields, to: questions))
        (form.consents, outdatedConsents) = ConsentChoices.read(fields)
    }

    /// What the field is called that is there where the event is full, and says that a place is waited for.
    static let ifFullField = "if_full"
}
