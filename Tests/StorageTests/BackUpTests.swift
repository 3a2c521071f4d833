import FoundationEssentials
import Glibc
import TestPeers
import Testing

@testable import Storage

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct BackUpTests {
    @Test func `the copy has what was written, for its owner alone, and nothing is left beside it`()
        async throws
    {
        let test = try await TestStore(isFilled: true)
        try await test.store.write { try $0.note("one") }
        let copies = try test.folder.makeFolder("copies")
        #expect(try await test.store.backUp(to: copies + "/copy.db"))
        try await test.store.write { try $0.note("two") }
        #expect(try test.folder.names(in: "copies") == ["copy.db"])
        #expect(try mode(of: copies + "/copy.db") == 0o600)
        #expect(try TestStore.names(at: copies + "/copy.db") == ["one"])
        #expect(try await test.names() == ["one", "two"])
    }

    @Test func `whoever sees the copy's name sees all of it`() async throws {
        let test = try await TestStore()
        for number in 0..<100 {
            try await test.store.write { try $0.note("\(number)", FullDiskTests.large) }
        }
        let path = test.folder.path("copy.db")
        async let isDone = test.store.backUp(to: path)
        let seen = try await eventually("the copy is there") { size(of: path) }
        #expect(try await isDone)
        #expect(seen == size(of: path))
        #expect(try TestStore.names(at: path).count == 100)
    }

    @Test func `what was there before is left alone, under whatever name`() async throws {
        let test = try await TestStore()
        try test.folder.write("theirs", to: "copy.db.unfinished")
        let path = test.folder.path("copy.db")
        #expect(try await test.store.backUp(to: path))
        #expect(try test.folder.text(of: "copy.db.unfinished") == "theirs")
        try test.folder.write("ours", to: "second.db")
        #expect(try await test.store.backUp(to: test.folder.path("second.db")) == false)
        #expect(try test.folder.text(of: "second.db") == "ours")
    }

    @Test func `a folder that is not there is a fault, and readers go on`() async throws {
        let test = try await TestStore()
        for _ in 0..<3 {
            await #expect(throws: UnusableFolder(path: test.folder.path("missing"), isMissing: true)) {
                try await test.store.backUp(to: test.folder.path("missing/copy.db"))
            }
        }
        #expect(try await test.names().isEmpty)
    }

    /// In bytes; nil where there is no such file.
    private func size(of path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_size : nil
    }

    private func mode(of path: String) throws -> mode_t {
        var status = stat()
        try #require(stat(path, &status) == 0)
        return status.st_mode & 0o7777
    }
}
