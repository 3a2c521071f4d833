import FoundationEssentials
import TestPeers

/// A message as Python's `email` reads it, another implementation than the one that wrote it.
struct ReadMail {
    let path: String
    let text: String

    init(path: String) throws {
        self.path = path
        text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    /// A field of the head as it stands, unfolded.
    func field(_ name: String) throws -> String {
        let head = text.replacing("\r\n ", with: " ").split(separator: "\r\n\r\n")[0]
        let line = head.split(separator: "\r\n").first { $0.hasPrefix("\(name): ") }
        return line.map { String($0.dropFirst(name.count + 2)) } ?? ""
    }

    /// What a script finds that has the message as `message`.
    func ask(_ script: String) async throws -> String {
        let program = """
            import email, email.policy, email.utils, sys
            with open(sys.argv[1], "rb") as file:
                message = email.message_from_binary_file(file, policy=email.policy.default)
            def part(kind):
                return next(part for part in message.walk() if part.get_content_type() == kind)
            \(script)
            """
        return try await Program.run("/usr/bin/python3", arguments: ["-c", program, path])
    }
}
