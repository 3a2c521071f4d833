import TestPeers
import Testing

@testable import Storage

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct ConnectionTests {
    private func connection() throws -> Connection { try Connection(path: ":memory:", mode: .create) }

    @Test func `values are bound by the number behind the dollar, whatever the order`() throws {
        let connection = try connection()
        let row = try connection.first(
            "SELECT $2, $1, $2, $3", .text("one"), .text("two"), .integer(3)
        ) { [$0.text(0), $0.text(1), $0.text(2), $0.text(3)] }
        #expect(row == ["two", "one", "two", "3"])
    }

    @Test(arguments: ["", "a", "NUL \0 inside", "𝔘 👩‍👩‍👧‍👦 e\u{301}", String(repeating: "long", count: 100_000)])
    func `a text comes back as it was given, and an empty one is no null`(text: String) throws {
        let connection = try connection()
        try connection.execute("CREATE TABLE t (x TEXT NOT NULL) STRICT")
        try connection.run("INSERT INTO t (x) VALUES ($1)", .text(text))
        let found = try connection.first("SELECT x FROM t") { $0.text(0) }
        #expect(found.map { Array($0.utf8) } == Array(text.utf8))
    }

    @Test func `numbers keep all 64 bits, and a null is none`() throws {
        let connection = try connection()
        let row = try connection.first(
            "SELECT $1, $2, $3", .integer(Int64.min), .integer(Int64.max), .null
        ) { ($0.integer(0), $0.integer(1), $0.optionalCount(2)) }
        #expect(row?.0 == .min && row?.1 == .max && row?.2 == nil)
    }

    @Test func `a folded text has small letters without marks, in every alphabet`() throws {
        let connection = try connection()
        let folded = try connection.first(
            "SELECT fold($1), fold($2), fold('')", .text("ÉLODIE O’Brien ΣΟΦΊΑ"), .null
        ) { ($0.text(0), $0.isNull(1), $0.isNull(2)) }
        #expect(folded?.0 == "elodie o brien σοφια elodie obrien σοφια")
        #expect(folded?.1 == true && folded?.2 == false)
    }

    @Test func `a fault names the statement and none of its values`() throws {
        let connection = try connection()
        try connection.execute("CREATE TABLE t (x TEXT NOT NULL UNIQUE) STRICT")
        try connection.run("INSERT INTO t (x) VALUES ($1)", .text("Ada Lovelace"))
        let fault = #expect(throws: StorageFault.self) {
            try connection.run("INSERT INTO t (x) VALUES ($1)", .text("Ada Lovelace"))
        }
        #expect(fault?.isConstraint == true)
        #expect(fault.map { "\($0)" }?.contains("INSERT INTO t") == true)
        #expect(fault.map { "\($0)" }?.contains("Ada") == false)
    }

    @Test func `a statement whose reading was broken off is good for the next time`() throws {
        let connection = try connection()
        for _ in 0..<2 {
            #expect(throws: Deliberate.self) {
                try connection.all("SELECT 1 UNION SELECT 2") { _ in throw Deliberate() }
            }
        }
        try connection.execute("BEGIN; COMMIT")
    }
}
