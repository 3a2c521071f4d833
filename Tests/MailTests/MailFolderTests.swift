import FoundationEssentials
import Glibc
import Operations
import Registration
import TestPeers
import Testing

@testable import Mail

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct MailFolderTests {
    @Test func `each letter is a file named by its number and kind, whole, for the folder's group`()
        async throws
    {
        let folder = try TemporaryFolder()
        let office = try await PostOffice(.folder(folder.path))
        office.open()
        let first = try await office.write(toNew: "ada@example.org")
        let second = try await office.write(.link, to: try await office.person("Grace", "grace@example.org"))
        try await office.wait(2, .sent)
        let names = ["\(first.id)-registered.eml", "\(second.id)-link.eml"]
        #expect(try folder.names() == names)
        #expect(try ReadMail(path: folder.path(names[0])).field("To") == "\"Person ada\" <ada@example.org>")
        var status = stat()
        #expect(stat(folder.path(names[0]), &status) == 0 && status.st_mode & 0o777 == 0o640)
    }

    @Test func `letters wait for a folder that is missing`() async throws {
        let folder = try TemporaryFolder()
        let office = try await PostOffice(.folder(folder.path("letters")))
        office.open()
        try await office.write(toNew: "ada@example.org")
        try await office.write(toNew: "grace@example.org")
        try await eventually("it is tried") {
            try await office.front.letterCounts()[.queued] == 2 ? true : nil
        }
        try folder.makeFolder("letters")
        try await office.wait(2, .sent)
        #expect(try folder.names(in: "letters").count == 2)
    }
}
