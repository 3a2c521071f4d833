import FoundationEssentials
import TestPeers
import Testing

@testable import Storage

/// A second engine is to run the same statements, so none may be in SQLite's own dialect.
@Suite(.takesTurns, .timeLimit(.minutes(2)))
struct PostgreSQLTests {
    /// What steers SQLite itself, which another engine does in its own way.
    private static let ofTheEngine = [
        "PRAGMA", "BEGIN", "COMMIT", "SAVEPOINT", "ROLLBACK", "RELEASE", "VACUUM",
    ]

    /// Every statement that the sources of Storage give to `run`, `first`, `all` or `insert`, each on one line.
    private func statements() throws -> [String] {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/Storage").path
        let call = #/[.\s](?:run|first|all|insert)\(\s*(?:"""\n(.*?)"""|"([^"\n]*)")/#.dotMatchesNewlines()
        return try FileManager.default.subpathsOfDirectory(atPath: sources).filter { $0.hasSuffix(".swift") }
            .sorted().flatMap { file in
                String(decoding: try Data(contentsOf: URL(filePath: "\(sources)/\(file)")), as: UTF8.self)
                    .matches(of: call)
                    .map { match in
                        (match.1 ?? match.2 ?? "").split(whereSeparator: \.isWhitespace)
                            .joined(separator: " ")
                    }
            }
            .filter { statement in
                !PostgreSQLTests.ofTheEngine.contains(where: statement.hasPrefix)
                    && !statement.contains("pragma_")
            }
    }

    /// The tables as PostgreSQL takes them: its own words for a number of 64 bits, and without what only SQLite
    /// has to be told. Triggers are another language in each.
    private var tables: String {
        Migration.all.joined(separator: "\n")
            .replacing(#/(CREATE TRIGGER.*?END|DROP TRIGGER \w+);/#.dotMatchesNewlines(), with: "")
            .replacing(") STRICT, WITHOUT ROWID;", with: ");").replacing(") STRICT;", with: ");")
            .replacing(" INTEGER", with: " BIGINT").replacing(" AUTOINCREMENT", with: "")
            .replacing(" BLOB", with: " BYTEA")
            // A table may be named before it is made.
            .replacing(#/ REFERENCES \w+ \(\w+\)/#, with: "")
            // Each engine is given this function by us.
            + "\nCREATE FUNCTION fold(text) RETURNS text LANGUAGE sql AS 'SELECT lower($1)';"
    }

    private func prepared(_ statements: [String]) -> String {
        statements.enumerated().map { "PREPARE s\($0) AS \($1);\n" }.joined()
    }

    @Test func `PostgreSQL takes every statement`() async throws {
        let server = try await PrivatePostgreSQL()
        let aboutTables = try await server.complaints(about: tables)
        #expect(aboutTables == "")
        // What only SQLite takes is found.
        let dialect = prepared(["SELECT sum(status = 'confirmed') FROM booking"])
        #expect(try await server.complaints(about: dialect).contains("ERROR"))
        let statements = try statements()
        #expect(statements.count > 110)
        let aboutStatements = try await server.complaints(about: prepared(statements))
        #expect(aboutStatements == "")
    }
}
