import FoundationEssentials
import Glibc
import TestPeers
import Testing

@testable import Printing

@Suite(.takesTurns, .timeLimit(.minutes(2)))
struct FolderPrinterTests {
    @Test func `a badge is one file, whole, and a repeat overwrites it`() throws {
        let folder = try TemporaryFolder()
        let printer = FolderPrinter(folder: folder.path)
        try printer.write(Array("first".utf8), name: "badge-1")
        try printer.write(Array("second".utf8), name: "badge-1")
        #expect(try folder.names() == ["badge-1.pdf"])
        #expect(try folder.text(of: "badge-1.pdf") == "second")
    }

    @Test func `a badge can be read by its folder's group and by nobody else, whatever the umask`() throws {
        let folder = try TemporaryFolder()
        let before = umask(0o077)
        defer { umask(before) }
        try FolderPrinter(folder: folder.path).write([1], name: "badge-1")
        var status = stat()
        #expect(stat(folder.path("badge-1.pdf"), &status) == 0)
        #expect(status.st_mode & 0o777 == 0o640)
    }

    @Test func `a folder that is missing or no folder is told in plain words`() throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: "file")
        for path in [folder.path("none"), folder.path("file")] {
            let failure = #expect(throws: FolderPrinter.Failure.self) {
                try FolderPrinter(folder: path).write([1], name: "badge-1")
            }
            #expect(
                failure?.reason.hasPrefix("The badge folder does not exist. Print on another printer") == true
            )
        }
    }

    @Test(.smallDisk(kibibytes: 64))
    func `a full disk leaves neither half a badge nor the badge before it damaged`() async throws {
        let disk = try SmallDisk.path
        let file = disk + "/badge-1.pdf"
        let size = 48 << 10
        try Data(count: size).write(to: URL(filePath: file))

        let failure = #expect(throws: FolderPrinter.Failure.self) {
            try FolderPrinter(folder: disk).write([UInt8](repeating: 1, count: size), name: "badge-1")
        }

        #expect(failure?.reason == "The badge folder's disk is full")
        #expect(fileSize(file) == size)
        #expect(try await Program.run("ls", arguments: ["-A", disk]) == "badge-1.pdf\n")
    }

    private func fileSize(_ path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : nil
    }
}
