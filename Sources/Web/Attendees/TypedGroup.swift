import HTTP
import Operations
import Registration

/// A group as it was typed.
struct TypedGroup {
    /// Fewer register by the other form.
    static let least = 2

    var people = [RegistrationForm](repeating: RegistrationForm(), count: least)

    init() {}

    init(_ fields: FormFields, _ questions: [Question]) {
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
            return form
        }
        // As the form was shown and sent: nobody waits for what was full only later.
        let waits = fields[TypedRegistration.ifFullField] == IfFull.wait.rawValue
        let placed = waits ? 0 : fields["do"].flatMap(TypedGroup.placed) ?? count
        for index in people.indices { people[index].ifFull = index < placed ? .refuse : .wait }
    }

    /// What the button says that registers the first so many and has the others wait.
    static func press(first count: Int) -> String { "first.\(count)" }

    private static func placed(_ press: String) -> Int? {
        press.hasPrefix("first.") ? Int(press.dropFirst("first.".count)) : nil
    }

    static func name(_ field: String, _ index: Int) -> String { "\(field).\(index + 1)" }

    private static func ownName(_ name: String, _ index: Int) -> String? {
        let ending = ".\(index + 1)"
        return name.hasSuffix(ending) ? String(name.dropLast(ending.count)) : nil
    }

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
