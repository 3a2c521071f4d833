import Foundation
import Registration
import Testing

@testable import Doors

@Suite(.timeLimit(.minutes(1)))
struct ReadmeTests {
    /// The words in the first column of README.md's table with a heading.
    private func words(under heading: String) throws -> Set<String> {
        let file = URL(filePath: #filePath).appending(path: "../../../README.md").standardized
        let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        let from = try #require(text.range(of: heading)).upperBound
        let table = text[from...].components(separatedBy: "\n\n")[0]
        return Set(
            table.split(separator: "\n").dropFirst().flatMap { row in
                row.dropFirst().prefix { $0 != "|" }.matches(of: /`([a-z-]+)`/).map { String($0.1) }
            })
    }

    @Test func `README.md has every word that can come after DENY and after ERROR`() throws {
        #expect(try words(under: "| `DENY` | |\n") == Set(DenyReason.allCases.map(\.rawValue)))
        let errors: [Reply] = [
            .lineTooLong, .emptyScan, .notText, .notAllowed, .busy, .unknownPoint, .failed,
            .tooManyConnections(limit: 1),
        ]
        let kinds = errors.compactMap { if case .error(let kind, _) = $0 { kind } else { nil } }
        #expect(try words(under: "| `ERROR` | |\n") == Set(kinds))
    }
}
