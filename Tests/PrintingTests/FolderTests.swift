import FoundationEssentials
import Glibc
import Log
import Operations
import Registration
import TestPeers
import Testing

@testable import Printing

/// Badges on their way into a folder.
@Suite(.takesTurns, .timeLimit(.minutes(2)))
struct FolderTests {
    @Test func `each badge is a PDF file named by its job and reference, at its size, with its code`()
        async throws
    {
        let folder = try TemporaryFolder()
        let shop = try await PrintShop([("folder", .folder(folder.path))])
        shop.open()
        let jobs = [try await shop.ask("folder"), try await shop.ask("folder")]
        for job in jobs { try await shop.wait(job, .printed) }

        let names = try folder.names()
        #expect(names.count == 2)
        for (job, name) in zip(jobs, names) {
            let path = folder.path(name)
            #expect(name.hasPrefix("\(job.id)-") && name.hasSuffix(".pdf"))
            #expect(try await pageSize(path).isNear(PaperSize(width: 10_500, height: 14_800)))
            #expect(try await scan(path) == shop.code(of: job))
        }
    }

    @Test func `a folder that is missing is named, and the badges come out in order once it is there`()
        async throws
    {
        let folder = try TemporaryFolder()
        let shop = try await PrintShop([("folder", .folder(folder.path("badges")))])
        shop.open()
        let jobs = [try await shop.ask("folder"), try await shop.ask("folder")]
        let missing = FolderPrinter.Failure(number: ENOENT).reason
        for job in jobs { try await shop.wait(job, .held, missing) }
        try folder.makeFolder("badges")
        for job in jobs { try await shop.wait(job, .printed) }
        #expect(try folder.names(in: "badges").count == 2)
    }

    @Test(.smallDisk(kibibytes: 256))
    func `a full disk holds the badge until there is room`() async throws {
        let disk = try SmallDisk.path
        try Data(count: 250_000).write(to: URL(filePath: disk + "/filler"))
        let shop = try await PrintShop([("folder", .folder(disk))])
        shop.open()
        let job = try await shop.ask("folder")
        try await shop.wait(job, .held, "The badge folder's disk is full")

        try FileManager.default.removeItem(atPath: disk + "/filler")

        try await shop.wait(job, .printed)
        let names = try FileManager.default.contentsOfDirectory(atPath: disk)
        #expect(names.count == 1 && names.allSatisfy { $0.hasSuffix(".pdf") })
    }

    @Test func `badges of a printer that was taken out of the configuration are warned of at start`()
        async throws
    {
        let folder = try TemporaryFolder()
        let shop = try await PrintShop([("old", .folder(folder.path))])
        for _ in 1...2 { try await shop.ask("old") }
        let file = open(folder.path("log"), O_WRONLY | O_CREAT, 0o600)
        defer { close(file) }
        let worker = PrintWorker(
            shop.front, printers: [], server: shop.server, log: Logger(threshold: .warning, descriptor: file))
        let working = Task { await worker.run() }
        defer { working.cancel() }
        try await eventually("the log has a line", isTrue: { try folder.text(of: "log").hasSuffix("\n") })
        let line = try folder.text(of: "log")
        #expect(line.contains("no longer configured") && line.contains("printer=old badges=2"))
    }

    @Test func `a badge written again after a crash is the same file`() async throws {
        let folder = try TemporaryFolder()
        let shop = try await PrintShop([("folder", .folder(folder.path))])
        let job = try await shop.ask("folder")
        let reference = try #require(try await shop.front.badge(for: job)?.reference)
        // What a worker left behind that was killed before it noted the badge, and one killed while writing.
        try folder.write("half", to: "\(job.id)-\(reference).pdf")
        try folder.write("half", to: ".\(job.id)-\(reference).pdf.part")
        shop.open()
        try await shop.wait(job, .printed)
        #expect(try folder.names() == ["\(job.id)-\(reference).pdf"])
        #expect(try await scan(folder.path("\(job.id)-\(reference).pdf")) == shop.code(of: job))
    }

    @Test func `a badge without a template waits for it`() async throws {
        let folder = try TemporaryFolder()
        let shop = try await PrintShop([("folder", .folder(folder.path))], hasTemplate: false)
        shop.open()
        let job = try await shop.ask("folder")
        try await shop.wait(job, .held, "The printer's template is missing")
        shop.putTemplate()
        try await shop.wait(job, .printed)
    }
}
