import Registration

/// The fields for who somebody is.
struct PersonFields {
    var form: RegistrationForm
    var problems: [FieldProblem]
    var addressHint: String?

    /// Their names, in their order.
    static let names = [RegistrationForm.Field.name, .email, .organisation, .role].map(\.rawValue)

    var html: HTML {
        """
        \(field(.name, "Full name", hint: "As it should appear on the badge", \.name, "name", isRequired: true))
        \(field(.email, "E-mail address", kind: .email, hint: addressHint, \.email, "email", isRequired: true))
        \(field(.organisation, "Organisation (optional)", \.organisation, "organization"))
        \(field(.role, "Role (optional)", hint: "For example: practice nurse", \.role, "organization-title"))
        """
    }

    private func field(
        _ field: RegistrationForm.Field, _ label: String, kind: TextField.Kind = .text, hint: String? = nil,
        _ value: KeyPath<RegistrationForm, String>, _ autocomplete: String, isRequired: Bool = false
    ) -> HTML {
        TextField(
            id: field.rawValue, label: label, kind: kind, hint: hint, value: form[keyPath: value],
            autocomplete: autocomplete, isRequired: isRequired
        ).html(problems)
    }
}

/// The fields for what somebody needs on the day.
struct NeedsFields {
    var form: RegistrationForm
    var problems: [FieldProblem]

    /// Their names, in their order.
    static let names = [RegistrationForm.Field.accessNeeds, .dietaryNeeds].map(\.rawValue)

    var html: HTML {
        """
        \(field(.accessNeeds, "Access needs (optional)",
            hint: "For example: step-free access, a hearing loop, a seat near the front", form.accessNeeds))
        \(field(.dietaryNeeds, "Dietary needs (optional)", hint: "For example: vegan, halal, a nut allergy",
            form.dietaryNeeds))
        """
    }

    private func field(
        _ field: RegistrationForm.Field, _ label: String, hint: String, _ value: String
    ) -> HTML {
        TextField(
            id: field.rawValue, label: label, kind: .area, hint: hint, value: value, autocomplete: "off"
        )
        .html(problems)
    }
}
