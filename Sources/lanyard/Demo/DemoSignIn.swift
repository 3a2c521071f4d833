import FoundationEssentials
import Operations
import Registration

/// Somebody who signs in to the demo.
struct DemoSignIn: Sendable {
    let role: Role
    let email: String
    let password: String

    var line: String { "\(role.rawValue)  \(email)  \(password)" }

    private static let accounts = [
        (email: "desk@example.org", role: Role.reception), ("organiser@example.org", .organiser),
    ]

    /// Those of a file where they are true still; new ones, which the file then has, where somebody removed them or
    /// gave them another password.
    static func all(keptIn file: String, _ front: FrontOfHouse) async throws -> [DemoSignIn] {
        let kept = String(decoding: (try? Data(contentsOf: URL(filePath: file))) ?? Data(), as: UTF8.self)
        let before = kept.split(separator: "\n").compactMap { DemoSignIn(line: String($0)) }
        var all: [DemoSignIn] = []
        for (email, role) in accounts {
            let kept = before.first { $0.email == email && $0.role == role }
            if let kept, try await kept.isTrue(front) {
                all.append(kept)
            } else {
                all.append(try await made(email, role, front))
            }
        }
        let text = all.map { $0.line + "\n" }.joined()
        guard text != kept else { return all }
        guard
            FileManager.default.createFile(
                atPath: file, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        else { throw Failure("\(file) can't be written. Let this user write there, or name --state DIR.") }
        return all
    }

    private init(role: Role, email: String, password: String) {
        self.role = role
        self.email = email
        self.password = password
    }

    private init?(line: String) {
        let words = line.split(separator: " ").map(String.init)
        guard words.count == 3, let role = Role(rawValue: words[0]) else { return nil }
        self.init(role: role, email: words[1], password: words[2])
    }

    private func isTrue(_ front: FrontOfHouse) async throws -> Bool {
        try await front.hasStaff(email, role: role, password: password)
    }

    private static func made(_ email: String, _ role: Role, _ front: FrontOfHouse) async throws -> DemoSignIn
    {
        switch try await front.addStaff(email, role: role) {
        case .added(let member, let password), .changed(let member, let password):
            return DemoSignIn(role: role, email: member.email, password: password)
        case .notAnAddress: preconditionFailure("the demo's own addresses are addresses")
        }
    }
}
