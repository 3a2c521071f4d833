import Registration

extension Role {
    /// What somebody with this role may do.
    var allows: String {
        switch self {
        case .reception: "looks people up, checks them in and prints badges"
        case .organiser: "does what reception does, and sees and changes everything of the events"
        case .admin: "does what organisers do, and sees and ends other people's sign-ins"
        }
    }

    /// A line for each role.
    static var explained: String {
        let width = Role.allCases.map(\.rawValue.count).max() ?? 0
        let lines = Role.allCases.map { role in
            "  " + role.rawValue + String(repeating: " ", count: width - role.rawValue.count + 2)
                + role.allows
        }
        return (["Roles:"] + lines).joined(separator: "\n")
    }
}
