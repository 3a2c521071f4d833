import HTTP
import Operations
import Registration

/// A group as it was typed.
struct TypedGroup {
    /// Fewer register by the other form.
    static let least = 2

    var people = [RegistrationForm](repeating: RegistrationForm(), count: least)

    init() {}

    init(_ fields: FormFields, _ questions: [Question], isFull: Bool) {
        let count = min(
            max(fields["people"].flatMap { Int($0) } ?? TypedGroup.least, TypedGroup.least),
            FrontOfHouse.groupLimit)
        people = (0..<count).map { index in
            // A person's fields are those of the form for one, with a number behind.
            let own = FormFields(
                fields.fields.compactMap { field in
                    guard let name = TypedGroup.ownName(field.name, index) else { return nil }
                    return FormFields.Field(name: name, value: field.value)
                })
            var form = TypedRegistration(own, questions).form
            // Nobody agrees to anything for others: each is asked on their own page.
            form.consents = []
            form.ifFull = isFull ? .wait : .refuse
            return form
        }
    }

    static func name(_ field: String, _ index: Int) -> String { "\(field).\(index + 1)" }

    private static func ownName(_ name: String, _ index: Int) -> String? {
        let ending = ".\(index + 1)"
        return name.hasSuffix(ending) ? String(name.dropLast(ending.count)) : nil
    }

    /// What a full event's refusal is followed by: it was not full when the form was shown.
    static let fullAdvice =
        " Register those for whom there are places; the others can then join the waiting list."

    /// Each address that an earlier person of the form has too. With letters the second of them would silently be taken
    /// for the first, who is registered already.
    var sharedAddresses: [FieldProblem] {
        var first: [String: Int] = [:]
        return people.enumerated().compactMap { index, person in
            guard let key = EmailAddress(person.email)?.key else { return nil }
            guard let other = first[key] else {
                first[key] = index
                return nil
            }
            return FieldProblem(
                field: TypedGroup.name(RegistrationForm.Field.email.rawValue, index),
                sentence:
                    "Person \(index + 1): Person \(other + 1) has this address. Give each an address of their own."
            )
        }
    }
}
