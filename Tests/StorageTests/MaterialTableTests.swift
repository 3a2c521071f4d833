import Registration
import TestPeers
import Testing

@testable import Storage

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct MaterialTableTests {
    static let first = SessionID(rawValue: 1)

    /// A file with these pieces, shown.
    static func keep(
        _ pieces: [[UInt8]], as name: String = "slides.pdf", in transaction: Transaction
    ) throws -> MaterialID {
        let id = try transaction.beginFile(name, session: first, event: Sample.eventID, at: Sample.hour(1))
        for (number, piece) in pieces.enumerated() {
            try transaction.add(piece, number: number, to: id, at: Sample.hour(1))
        }
        try transaction.finishFile(id, at: Sample.hour(2))
        return id
    }

    @Test func `bytes of every kind come back as they were, also none`() async throws {
        let test = try await TestStore(isFilled: true)
        let pieces: [[UInt8]] = [Array(0...255), [], [0], [UInt8](repeating: 0xFF, count: 300_000)]
        let id = try await test.store.write { try MaterialTableTests.keep(pieces, in: $0) }
        let found = try await test.store.read { snapshot in try (0..<4).map { try snapshot.chunk($0, of: id) }
        }
        #expect(found == pieces)
        #expect(try await test.store.read { try $0.chunk(4, of: id) } == nil)
        let file = try await test.store.read { try $0.findMaterial(id) }
        #expect(file?.content == .file(bytes: 300_257) && file?.name == "slides.pdf")
    }

    @Test func `a file is seen when it is whole and until it is hidden`() async throws {
        let test = try await TestStore(isFilled: true)
        let id = try await test.store.write { transaction in
            let id = try transaction.beginFile(
                "a.pdf", session: MaterialTableTests.first, event: Sample.eventID, at: Sample.hour(1))
            try transaction.add([1, 2], number: 0, to: id, at: Sample.hour(1))
            return id
        }
        func seen() async throws -> [MaterialID] {
            try await test.store.read { snapshot in
                #expect(
                    try snapshot.findMaterial(id)?.id == snapshot.materials(of: Sample.eventID).first?.id)
                return try snapshot.materials(of: Sample.eventID).map(\.id)
            }
        }
        #expect(try await seen().isEmpty)
        #expect(try await test.store.read { try $0.materialBytes(of: Sample.eventID) } == 2)
        try await test.store.write { try $0.finishFile(id, at: Sample.hour(2)) }
        #expect(try await seen() == [id])
        await #expect(throws: MissingRow.self) {
            try await test.store.write { try $0.add([3], number: 1, to: id, at: Sample.hour(2)) }
        }
        try await test.store.write { try $0.hideFile(id) }
        #expect(try await seen().isEmpty)
        #expect(try await test.store.read { try $0.materialBytes(of: Sample.eventID) } == 0)
    }

    @Test func `a hidden file is taken out some pieces at a time, and its number is never given again`()
        async throws
    {
        let test = try await TestStore(isFilled: true)
        let pieces = [[UInt8]](repeating: [7], count: MaterialChunk.removedAtOnce + 1)
        let id = try await test.store.write { try MaterialTableTests.keep(pieces, in: $0) }
        // What is shown is not touched.
        _ = try await test.store.write { try $0.discard(id) }
        #expect(try await test.store.read { try $0.breaches(at: Sample.hour(3)) }.isEmpty)
        #expect(try await test.store.read { try $0.findMaterial(id) } != nil)
        try await test.store.write { try $0.hideFile(id) }
        #expect(try await test.store.write { try $0.discard(id) } == false)
        #expect(try await test.store.read { try $0.leftoverMaterials(before: Sample.hour(0)) } == [id])
        #expect(try await test.store.write { try $0.discard(id) })
        #expect(try await test.store.read { try $0.leftoverMaterials(before: Sample.hour(9)) }.isEmpty)
        let next = try await test.store.write { try MaterialTableTests.keep([[1]], in: $0) }
        #expect(next.rawValue > id.rawValue)
    }

    @Test func `what never arrived whole is left over once its time has passed`() async throws {
        let test = try await TestStore(isFilled: true)
        let id = try await test.store.write {
            try $0.beginFile(
                "a", session: MaterialTableTests.first, event: Sample.eventID, at: Sample.hour(1))
        }
        #expect(try await test.store.read { try $0.leftoverMaterials(before: Sample.hour(1)) }.isEmpty)
        let later = Sample.hour(1).adding(milliseconds: 1)
        #expect(try await test.store.read { try $0.leftoverMaterials(before: later) } == [id])
    }

    @Test func `a copy of the database has the files`() async throws {
        let test = try await TestStore(isFilled: true)
        let piece = [UInt8](repeating: 0xA5, count: 100_000)
        let id = try await test.store.write { try MaterialTableTests.keep([piece, piece], in: $0) }
        let path = test.folder.path("copy.db")
        #expect(try await test.store.backUp(to: path))
        let copy = try Snapshot(Connection(path: path, mode: .readWrite))
        #expect(try copy.chunk(1, of: id) == piece)
        #expect(try copy.breaches(at: Sample.hour(3)).isEmpty)
    }

    @Test(arguments: [
        "DELETE FROM material_chunk WHERE number = 0", "DELETE FROM material_chunk WHERE number = 1",
        "UPDATE material_chunk SET bytes = x'00' WHERE number = 1", "DELETE FROM material_chunk",
        "UPDATE material SET bytes = bytes + 1",
    ])
    func `verify finds a file of which something is missing`(tampering: String) async throws {
        let test = try await TestStore(isFilled: true)
        _ = try await test.store.write { try MaterialTableTests.keep([[1, 2], [3, 4]], in: $0) }
        #expect(try await test.store.read { try $0.breaches(at: Sample.hour(3)) }.isEmpty)
        try test.beside().execute(tampering)
        let breaches = try await test.store.read { try $0.breaches(at: Sample.hour(3)) }
        #expect(breaches.count == 1 && breaches.first?.text.hasPrefix("file 1 should have") == true)
    }

    static let attempts = [
        SchemaTests.Attempt(
            "two files of one name", "UPDATE material SET name = 'a' WHERE address IS NULL"),
        SchemaTests.Attempt("a link with bytes", "UPDATE material SET bytes = 1 WHERE address IS NOT NULL"),
        SchemaTests.Attempt("a state that is none", "UPDATE material SET state = 'lost'"),
        SchemaTests.Attempt("a piece of no file", "INSERT INTO material_chunk VALUES (99, 0, x'00')"),
        SchemaTests.Attempt("a piece twice", "INSERT INTO material_chunk VALUES (1, 0, x'00')"),
        SchemaTests.Attempt("a piece that is text", "UPDATE material_chunk SET bytes = 'a'"),
        SchemaTests.Attempt("a file taken from above its pieces", "DELETE FROM material"),
        SchemaTests.Attempt("a session taken from above its files", "DELETE FROM session WHERE id = 1"),
        SchemaTests.Attempt("a rating past the best", "UPDATE feedback SET rating = 6"),
        SchemaTests.Attempt("a rating below the worst", "UPDATE feedback SET rating = 0"),
        SchemaTests.Attempt(
            "a second answer on a session",
            "INSERT INTO feedback SELECT NULL, event_id, attendee_id, session_id, 1, '', '', '', 1 "
                + "FROM feedback WHERE session_id = 1"),
        SchemaTests.Attempt(
            "a second answer on the day",
            "INSERT INTO feedback SELECT NULL, event_id, attendee_id, session_id, 1, '', '', '', 1 "
                + "FROM feedback WHERE session_id IS NULL"),
        SchemaTests.Attempt("consent to publish nothing", "UPDATE feedback SET quote = '', consent = 'Yes'"),
    ]

    @Test(arguments: attempts)
    func `the schema refuses`(attempt: SchemaTests.Attempt) async throws {
        let test = try await TestStore(isFilled: true)
        try await test.store.write { transaction in
            _ = try MaterialTableTests.keep([[1]], as: "a", in: transaction)
            _ = try MaterialTableTests.keep([[1]], as: "b", in: transaction)
            _ = try transaction.addLink(
                "a", to: "https://example.org", session: MaterialTableTests.first, event: Sample.eventID,
                at: Sample.hour(1))
            for session in [nil, MaterialTableTests.first] {
                try transaction.keep(
                    FeedbackAnswer(quote: "Good"), rating: 4, consent: "", on: session, of: Sample.ada,
                    event: Sample.eventID, at: Sample.hour(18))
            }
        }
        let fault = await #expect(throws: StorageFault.self) {
            try await test.store.write { try $0.connection.execute(attempt.sql) }
        }
        #expect(fault?.isConstraint == true)
    }
}
