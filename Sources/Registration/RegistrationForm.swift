/// What somebody asks for when they register, as they typed it.
public struct RegistrationForm: Hashable, Sendable {
    public var name: String
    public var email: String
    public var organisation: String
    public var role: String
    public var accessNeeds: String
    public var dietaryNeeds: String
    /// The slugs of the sessions they want a place in.
    public var sessions: [String]
    public var ifFull: IfFull
    /// The slugs of those that they would wait for, whatever `ifFull` says of the others.
    public var waitsFor: Set<String>
    /// Whether a booking may be given up for a session that is waited for and overlaps with it.
    public var swaps: Bool
    public var consents: Set<Consent>
    /// By the questions' slugs.
    public var answers: [String: Answer]

    public init(
        name: String = "", email: String = "", organisation: String = "", role: String = "",
        accessNeeds: String = "", dietaryNeeds: String = "", sessions: [String] = [],
        ifFull: IfFull = .refuse, waitsFor: Set<String> = [], swaps: Bool = false,
        consents: Set<Consent> = [], answers: [String: Answer] = [:]
    ) {
        self.name = name
        self.email = email
        self.organisation = organisation
        self.role = role
        self.accessNeeds = accessNeeds
        self.dietaryNeeds = dietaryNeeds
        self.sessions = sessions
        self.ifFull = ifFull
        self.waitsFor = waitsFor
        self.swaps = swaps
        self.consents = consents
        self.answers = answers
    }

    public enum Field: String, CaseIterable, Hashable, Sendable {
        case name, email, organisation, role
        case accessNeeds = "access_needs"
        case dietaryNeeds = "dietary_needs"
        case sessions

        /// How many characters it may have.
        public var limit: Int {
            switch self {
            case .name, .organisation, .role: 120
            case .email: 254
            case .accessNeeds, .dietaryNeeds: 2_000
            case .sessions: 500
            }
        }

        /// Whether it takes an answer of several lines.
        public var isProse: Bool { self == .accessNeeds || self == .dietaryNeeds }
    }

    /// What is wrong with one field.
    public struct Problem: Hashable, Sendable {
        public enum Kind: Hashable, Sendable {
            case missing
            case tooLong
            case notAnAddress
            case controlCharacters
        }

        public var field: Field
        public var kind: Kind

        public init(_ field: Field, _ kind: Kind) {
            self.field = field
            self.kind = kind
        }
    }

    /// Whether it says anything of access or food.
    public var hasNeeds: Bool { !accessNeeds.isEmpty || !dietaryNeeds.isEmpty }

    /// The form without the white space around its answers.
    public var trimmed: RegistrationForm {
        var form = self
        form.name = name.trimmed
        form.email = email.trimmed
        form.organisation = organisation.trimmed
        form.role = role.trimmed
        form.accessNeeds = accessNeeds.trimmed
        form.dietaryNeeds = dietaryNeeds.trimmed
        form.answers = answers.mapValues(\.trimmed)
        return form
    }

    /// Every field that can't be accepted, in the order of the form; empty if all can.
    public var problems: [Problem] { problems(address: EmailAddress(email)) }

    /// - Parameter address: what was read of `email`.
    func problems(address: EmailAddress?) -> [Problem] {
        var problems: [Problem] = []
        if check(name, .name, isNeeded: true, &problems), !name.isVisible {
            problems.append(Problem(.name, .missing))
        }
        if check(email, .email, isNeeded: true, &problems), address == nil {
            problems.append(Problem(.email, .notAnAddress))
        }
        check(organisation, .organisation, &problems)
        check(role, .role, &problems)
        check(accessNeeds, .accessNeeds, &problems)
        check(dietaryNeeds, .dietaryNeeds, &problems)
        if sessions.count > Field.sessions.limit { problems.append(Problem(.sessions, .tooLong)) }
        return problems
    }

    /// Notes what is wrong with a text; whether it has one and nothing is.
    @discardableResult
    private func check(
        _ text: String, _ field: Field, isNeeded: Bool = false, _ problems: inout [Problem]
    ) -> Bool {
        if text.isEmpty {
            if isNeeded { problems.append(Problem(field, .missing)) }
        } else if text.isLonger(than: field.limit) {
            problems.append(Problem(field, .tooLong))
        } else if text.hasUnprintables(isProse: field.isProse)
            || (field == .email && text.hasIgnorables)
        {
            problems.append(Problem(field, .controlCharacters))
        } else {
            return true
        }
        return false
    }
}
