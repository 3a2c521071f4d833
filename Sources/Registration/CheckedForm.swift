/// A form with all that can be said of it before anything is looked up, so that the transaction, which others
/// wait for, need not.
public struct CheckedForm: Sendable {
    /// Without white space around its answers.
    public let form: RegistrationForm
    /// Nil if the form has no address that could exist; then it is among the problems.
    public let address: EmailAddress?
    public let problems: [RegistrationForm.Problem]

    public init(_ typed: RegistrationForm) {
        form = typed.trimmed
        address = EmailAddress(form.email)
        problems = form.problems(address: address)
    }
}
