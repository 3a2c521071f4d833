import FoundationEssentials
import Glibc
import TestPeers
import Testing
import Working

@Suite(.timeLimit(.minutes(1)))
struct WholeFileTests {
    @Test func `a file is whole, has its name alone, and replaces the one before`() throws {
        let folder = try TemporaryFolder()
        try writeWhole(Array("first".utf8), to: "a.txt", in: folder.path, mode: 0o640)
        try writeWhole(Array("second".utf8), to: "a.txt", in: folder.path, mode: 0o640)
        #expect(try folder.names() == ["a.txt"])
        #expect(try folder.text(of: "a.txt") == "second")
    }

    @Test func `a folder that is not there is told by its number, and nothing is left behind`() throws {
        let folder = try TemporaryFolder()
        let failure = #expect(throws: WritingFailure.self) {
            try writeWhole([1], to: "a.txt", in: folder.path("none"), mode: 0o640)
        }
        #expect(failure?.number == ENOENT)
        try folder.makeFolder("a.txt")
        #expect(throws: WritingFailure.self) {
            try writeWhole([1], to: "a.txt", in: folder.path, mode: 0o640)
        }
        #expect(try folder.names() == ["a.txt"])
    }
}
