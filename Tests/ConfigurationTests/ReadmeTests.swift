import Foundation
import Testing

@testable import Configuration

@Suite(.timeLimit(.minutes(1)))
struct ReadmeTests {
    /// The keys in the first column of README.md's tables under a heading's first line and before the next.
    private func keys(after start: String, before end: String) throws -> Set<String> {
        let file = URL(filePath: #filePath).appending(path: "../../../README.md").standardized
        let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        let from = try #require(text.range(of: start)).upperBound
        let part = try text[from..<(#require(text.range(of: end, range: from..<text.endIndex)).lowerBound)]
        var keys: Set<String> = []
        for row in part.split(separator: "\n") where row.hasPrefix("| `") {
            let cell = row.dropFirst().prefix { $0 != "|" }
            keys.formUnion(cell.matches(of: /`(\w+)`/).map { String($0.1) })
        }
        return keys
    }

    @Test func `README.md has every key of an event's file`() throws {
        let notes = ReadingNotes(file: "day.toml")
        let sample = try Shipped.bytes("events/active-connections-2024.toml")
        _ = EventFile.read(try parseTOML(sample, file: "day.toml"), notes)
        func known(in table: String) -> Set<String> {
            Set(
                notes.known.filter { $0.hasPrefix(table + " ") }.map { String($0.dropFirst(table.count + 1)) }
            )
        }
        let ofEvents = notes.known.filter { !$0.hasPrefix("[[") }.subtracting(["question", "session"])
        #expect(try keys(after: "### Event files", before: "Each `[[question]]`") == ofEvents)
        #expect(
            try keys(after: "Each `[[question]]`", before: "Each `[[session]]` has")
                == known(in: "[[question]]"))
        #expect(try keys(after: "Each `[[session]]` has", before: "### Doors") == known(in: "[[session]]"))
    }
}
