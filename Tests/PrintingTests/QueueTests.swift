import Registration
import TestPeers
import Testing

@testable import Printing

/// Badges on their way through a real CUPS to printers that misbehave as printers do.
@Suite(.takesTurns, .timeLimit(.minutes(2)))
struct QueueTests {
    /// A shop with the printer `desk`, a queue of the same name, and a printer behind it.
    private func shop(_ settings: PrivateCUPS.Settings = .init(), errorPolicy: QueueErrorPolicy = .retryJob)
        async throws -> (PrintShop, PrivateCUPS, VirtualIPPPrinter)
    {
        let printer = try await VirtualIPPPrinter()
        let cups = try await PrivateCUPS(settings)
        try await cups.addQueue("desk", to: printer, errorPolicy: errorPolicy)
        return (try await PrintShop([("desk", .queue("desk"))], cups: cups), cups, printer)
    }

    @Test func `a badge comes out once, at its size, and its code can be scanned`() async throws {
        let (shop, _, printer) = try await shop()
        shop.open()
        let job = try await shop.ask("desk")

        try await shop.wait(job, .printed)

        let sheets = try printer.sheets
        #expect(sheets.map(\.job) == [shop.name(of: job)])
        #expect(try await pageSize(sheets[0].path).isNear(PaperSize(width: 10_500, height: 14_800)))
        #expect(try await scan(sheets[0].path) == shop.code(of: job))
    }

    @Test func `many badges come out in the order in which they were asked for`() async throws {
        let (shop, _, printer) = try await shop()
        var jobs: [PrintJob] = []
        for _ in 0..<8 { jobs.append(try await shop.ask("desk")) }
        shop.open()
        for _ in 0..<4 { jobs.append(try await shop.ask("desk")) }

        for job in jobs { try await shop.wait(job, .printed, seconds: 40) }

        #expect(try printer.sheets.map(\.job) == jobs.map(shop.name(of:)))
    }

    @Test func `out of paper, the badge waits with the reason, and comes out once when there is paper`()
        async throws
    {
        let (shop, _, printer) = try await shop()
        shop.open()
        try printer.runOutOfPaper()
        let job = try await shop.ask("desk")
        try await shop.wait(job, .held, "The printer is out of paper")
        let behind = try await shop.ask("desk")
        try await shop.wait(behind, .held, "The printer is out of paper")

        try printer.clear()

        try await shop.wait(job, .printed)
        try await shop.wait(behind, .printed)
        #expect(try printer.sheets.map(\.job) == [job, behind].map(shop.name(of:)))
    }

    @Test func `a printer that was gone and is back prints the badge once`() async throws {
        let (shop, _, printer) = try await shop()
        shop.open()
        await printer.vanish()
        let job = try await shop.ask("desk")
        try await shop.wait(job, .held, "The printer does not answer")

        try await printer.comeBack()

        try await shop.wait(job, .printed, seconds: 30)
        #expect(try printer.sheets.map(\.job) == [shop.name(of: job)])
    }

    @Test func `a stopped queue is given nothing until it is resumed`() async throws {
        let (shop, cups, printer) = try await shop()
        try await cups.pause("desk")
        shop.open()
        let job = try await shop.ask("desk")
        try await shop.wait(job, .held, "The queue is stopped")
        #expect(try await shop.state(job).spooledAs == nil)

        try await cups.resume("desk")

        try await shop.wait(job, .printed)
        #expect(try printer.sheets.map(\.job) == [shop.name(of: job)])
    }

    @Test func `a queue that takes no jobs, or is not there, is named, and the badge comes out after`()
        async throws
    {
        let (shop, cups, printer) = try await shop()
        try await cups.reject("desk")
        shop.open()
        let job = try await shop.ask("desk")
        try await shop.wait(job, .held, "The queue takes no jobs at the moment")
        try await cups.removeQueue("desk")
        try await shop.wait(job, .held, "The print server has no queue “desk”")

        try await cups.addQueue("desk", to: printer)

        try await shop.wait(job, .printed)
        #expect(try printer.sheets.map(\.job) == [shop.name(of: job)])
    }

    @Test func `a queue without paper of the badge's size says so`() async throws {
        let printer = try await VirtualIPPPrinter(papers: [.init(width: 210, height: 297)])
        let cups = try await PrivateCUPS()
        try await cups.addQueue("desk", to: printer)
        let shop = try await PrintShop([("desk", .queue("desk"))], cups: cups)
        shop.open()
        try await shop.wait(try await shop.ask("desk"), .held, "The queue has no paper of 105 × 148 mm")
        #expect(try printer.sheets.isEmpty)
    }

    @Test func `a printer that is stuck keeps no other printer waiting`() async throws {
        let (stuck, good) = (try await VirtualIPPPrinter(), try await VirtualIPPPrinter())
        let cups = try await PrivateCUPS()
        try await cups.addQueue("stuck", to: stuck)
        try await cups.addQueue("good", to: good)
        let shop = try await PrintShop([("stuck", .queue("stuck")), ("good", .queue("good"))], cups: cups)
        shop.open()
        try stuck.runOutOfPaper()
        let waiting = try await shop.ask("stuck")
        try await shop.wait(waiting, .held)

        try await shop.wait(try await shop.ask("good"), .printed, seconds: 5)

        #expect(try await shop.state(waiting).state == .held)
    }

    @Test func `a Zebra gets the badge at the label's size through CUPS's own filters`() async throws {
        let zebra = try ZebraPrinter()
        let cups = try await PrivateCUPS()
        try await cups.addQueue("labels", to: zebra)
        let shop = try await PrintShop(
            [("labels", .queue("labels"))], template: "label-89x36", cups: cups)
        shop.open()
        try await shop.wait(try await shop.ask("labels"), .printed)

        try await eventually("the label arrives", isTrue: { zebra.labels.count == 1 })
        let label = try #require(zebra.labels.first)
        // 89 mm are 711 dots at 203 dots an inch, which is 89 bytes a line; 36 mm are 288 lines.
        #expect(label.hasPrefix("~DGR:CUPS.GRF,25632,89,"))
        #expect(label.contains("^XZ"))
    }
}
