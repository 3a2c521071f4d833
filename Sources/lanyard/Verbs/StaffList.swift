import Operations
import Registration

extension Verb {
    static let staffList = Verb(
        "staff list", "Names those who sign in, one a line: e-mail address, role, what it allows.",
        options: databaseOptions, notes: Role.explained
    ) { options in
        for member in try await options.withFrontOfHouse({ try await $0.staff() }) {
            Console.tell("\(member.email)\t\(member.role.rawValue)\t\(member.role.allows)")
        }
    }
}
