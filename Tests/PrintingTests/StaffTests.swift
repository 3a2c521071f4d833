import Operations
import Registration
import TestPeers
import Testing

@testable import Printing

/// What people at reception do about badges that don't come out.
@Suite(.takesTurns, .timeLimit(.minutes(2)))
struct StaffTests {
    @Test func `a badge cancelled while it waits at CUPS does not come out`() async throws {
        let printer = try await VirtualIPPPrinter()
        let cups = try await PrivateCUPS()
        try await cups.addQueue("desk", to: printer)
        let shop = try await PrintShop([("desk", .queue("desk"))], cups: cups)
        try printer.setSecondsPerSheet(1)
        let jobs = [try await shop.ask("desk"), try await shop.ask("desk"), try await shop.ask("desk")]
        shop.open()
        // All three are at CUPS; the first is printing.
        try await shop.wait(jobs[2], .sent)

        _ = try await shop.front.cancelPrintJob(jobs[1].id)

        try await shop.wait(jobs[0], .printed)
        try await shop.wait(jobs[2], .printed)
        #expect(try printer.sheets.map(\.job) == [jobs[0], jobs[2]].map(shop.name(of:)))
        #expect(try await shop.state(jobs[1]).state == .cancelled)
        try await eventually("it is known to be off CUPS") {
            try await shop.state(jobs[1]).spooledAs == nil ? true : nil
        }
    }

    @Test func `a badge cancelled while no worker runs is taken off CUPS at the next start`() async throws {
        let printer = try await VirtualIPPPrinter()
        let cups = try await PrivateCUPS()
        try await cups.addQueue("desk", to: printer)
        let shop = try await PrintShop([("desk", .queue("desk"))], cups: cups)
        try printer.runOutOfPaper()
        let jobs = [try await shop.ask("desk"), try await shop.ask("desk")]
        shop.open()
        try await shop.wait(jobs[1], .held, "The printer is out of paper")
        await shop.close()
        _ = try await shop.front.cancelPrintJob(jobs[1].id)

        shop.open()

        try await eventually("it is off CUPS") { try await shop.state(jobs[1]).spooledAs == nil ? true : nil }
        try printer.clear()
        try await shop.wait(jobs[0], .printed)
        #expect(try printer.sheets.map(\.job) == [shop.name(of: jobs[0])])
    }

    @Test func `a badge cancelled at the print server is cancelled here`() async throws {
        let cups = try await PrivateCUPS()
        let zebra = try ZebraPrinter()
        zebra.set(.stuck)
        try await cups.addQueue("desk", to: zebra)
        let shop = try await PrintShop([("desk", .queue("desk"))], cups: cups)
        shop.open()
        let job = try await shop.ask("desk")
        try await shop.wait(job, .sent)
        try await cups.run("cancel", "-a", "desk")
        try await shop.wait(job, .cancelled, "Cancelled at the print server")
    }

    @Test func `badges of a stopped printer are given to another and come out there alone`() async throws {
        let (broken, good) = (try await VirtualIPPPrinter(), try await VirtualIPPPrinter())
        let cups = try await PrivateCUPS()
        try await cups.addQueue("broken", to: broken)
        try await cups.addQueue("good", to: good)
        try await cups.pause("broken")
        let shop = try await PrintShop([("broken", .queue("broken")), ("good", .queue("good"))], cups: cups)
        shop.open()
        let job = try await shop.ask("broken")
        try await shop.wait(job, .held, "The queue is stopped")

        _ = try await shop.front.retryPrintJob(job.id, printer: "good")

        try await shop.wait(job, .printed)
        try await cups.resume("broken")
        try await shop.wait(try await shop.ask("broken"), .printed)
        #expect(try good.sheets.map(\.job) == [shop.name(of: job)])
        #expect(try broken.sheets.count == 1)
    }

    @Test func `another try asked for is made at once, however long the wait has become`() async throws {
        let printer = try await VirtualIPPPrinter()
        let cups = try await PrivateCUPS()
        try await cups.addQueue("desk", to: printer)
        await cups.stop()
        let shop = try await PrintShop([("desk", .queue("desk"))], cups: cups)
        shop.open()
        let job = try await shop.ask("desk")
        try await shop.wait(job, .held, "The print server does not answer")
        try await cups.start()
        _ = try await shop.front.retryPrintJob(job.id)
        try await shop.wait(job, .printed, seconds: 10)
        #expect(try printer.sheets.count == 1)
    }
}
