import Operations
import Registration
import TestPeers
import Testing
import Working

@testable import Printing

/// Whatever breaks off in between, a badge comes out once, or it is said that nobody can know.
@Suite(.takesTurns, .timeLimit(.minutes(2)))
struct CrashTests {
    private func shop(_ settings: PrivateCUPS.Settings = .init()) async throws
        -> (PrintShop, PrivateCUPS, VirtualIPPPrinter)
    {
        let printer = try await VirtualIPPPrinter()
        let cups = try await PrivateCUPS(settings)
        try await cups.addQueue("desk", to: printer)
        return (try await PrintShop([("desk", .queue("desk"))], cups: cups), cups, printer)
    }

    /// Leaves things as a crash does between CUPS taking a badge and the note of it.
    private func sendWithoutNoting(_ job: PrintJob, _ shop: PrintShop) async throws {
        let badge = try await shop.badge(of: job)
        let name = shop.name(of: job)
        _ = try await BlockingThread().withConnection(to: shop.server) { connection throws(CUPSError) in
            let medium = Medium(size: PaperSize(width: 10_500, height: 14_800), margins: .none)
            return try connection.print(badge, named: name, on: medium, queue: "desk")
        }
    }

    @Test(arguments: [false, true])
    func `a badge sent but not noted before a crash is found at CUPS, restarted or not`(restarted: Bool)
        async throws
    {
        let (shop, cups, printer) = try await shop()
        try await cups.pause("desk")
        let job = try await shop.ask("desk")
        try await sendWithoutNoting(job, shop)
        if restarted { try await cups.restart() }

        shop.open()
        try await shop.wait(job, .held, "The queue is stopped")
        try await cups.resume("desk")

        try await shop.wait(job, .printed)
        let after = try await shop.ask("desk")
        try await shop.wait(after, .printed)
        #expect(try printer.sheets.map(\.job) == [job, after].map(shop.name(of:)))
    }

    @Test func `a badge that came out before the crash was noted is not printed again`() async throws {
        let (shop, cups, printer) = try await shop()
        let job = try await shop.ask("desk")
        try await sendWithoutNoting(job, shop)
        try await eventually("CUPS is done") { try await cups.run("lpstat", "-o").isEmpty ? true : nil }
        #expect(try printer.sheets.count == 1)
        try await cups.restart()

        shop.open()

        try await shop.wait(job, .printed)
        #expect(try printer.sheets.count == 1)
    }

    @Test func `a worker stopped with badges at CUPS follows them when it starts again`() async throws {
        let (shop, _, printer) = try await shop()
        try printer.runOutOfPaper()
        shop.open()
        let job = try await shop.ask("desk")
        try await shop.wait(job, .held, "The printer is out of paper")
        await shop.close()
        try printer.clear()
        let whileClosed = try await shop.ask("desk")

        shop.open()

        try await shop.wait(job, .printed)
        try await shop.wait(whileClosed, .printed)
        #expect(try printer.sheets.map(\.job) == [job, whileClosed].map(shop.name(of:)))
    }

    @Test func `while CUPS is away badges wait, and come out once when it is back`() async throws {
        let (shop, cups, printer) = try await shop()
        await cups.stop()
        shop.open()
        let jobs = [try await shop.ask("desk"), try await shop.ask("desk")]
        for job in jobs { try await shop.wait(job, .held, "The print server does not answer") }

        try await cups.start()

        for job in jobs { try await shop.wait(job, .printed) }
        #expect(try printer.sheets.map(\.job) == jobs.map(shop.name(of:)))
    }

    @Test func `a badge that CUPS was printing when it was stopped is left to whoever looks`() async throws {
        let (shop, cups, printer) = try await shop()
        try printer.runOutOfPaper()
        shop.open()
        let job = try await shop.ask("desk")
        try await shop.wait(job, .held, "The printer is out of paper")
        await cups.stop()
        await printer.vanish()
        try printer.clear()
        try await printer.comeBack()
        try await cups.start()

        try await shop.wait(
            job, .failed,
            "The print server was stopped while it printed the badge; print it again if it did not come out")
        _ = try await shop.front.retryPrintJob(job.id)

        try await shop.wait(job, .printed)
        #expect(try printer.sheets.map(\.job) == [shop.name(of: job)])
    }

    @Test func `each badge that a printer has while CUPS is restarted is left to whoever looks`() async throws
    {
        let (shop, cups, printer) = try await shop()
        try printer.setSecondsPerSheet(3)
        shop.open()
        var jobs: [PrintJob] = []
        // At one restart CUPS 2.4.2 abandons the badge, and at the next it begins the badge anew.
        for _ in 0..<2 {
            let job = try await shop.ask("desk")
            try await eventually("it is noted that CUPS has begun it") { try await shop.state(job).begunAt }
            try await eventually("the printer has it", withinSeconds: 30) {
                printer.sheetUnderWay == shop.name(of: job) ? true : nil
            }
            try await cups.restart()
            let left = try await shop.wait(job, .failed)
            #expect(left.reason.hasPrefix("The print server was "), "\(left.reason)")
            jobs.append(job)
            try await eventually("the printer is done with it", isTrue: { printer.sheetUnderWay == nil })
        }
        let after = try await shop.ask("desk")
        try await shop.wait(after, .printed)
        for job in jobs {
            #expect(try printer.sheets.count { $0.job == shop.name(of: job) } <= 1)
        }
    }

    @Test func `a CUPS that hangs while it is given a badge, and takes it after all, prints it once`()
        async throws
    {
        let (shop, cups, printer) = try await shop()
        shop.open()
        let first = try await shop.ask("desk")
        try await shop.wait(first, .printed)
        shop.beforeRendering.set {
            cups.freeze()
            shop.beforeRendering.set(nil)
        }
        let job = try await shop.ask("desk")
        try await shop.wait(job, .held, "The print server does not answer")
        cups.thaw()

        try await shop.wait(job, .printed)
        let after = try await shop.ask("desk")
        try await shop.wait(after, .printed)
        #expect(try printer.sheets.map(\.job) == [first, job, after].map(shop.name(of:)))
    }

    @Test func `a badge cancelled while CUPS hangs with it does not come out when CUPS goes on`() async throws
    {
        let zebra = try ZebraPrinter()
        zebra.set(.stuck)
        let cups = try await PrivateCUPS()
        try await cups.addQueue("labels", to: zebra)
        let shop = try await PrintShop([("labels", .queue("labels"))], cups: cups)
        shop.beforeRendering.set {
            cups.freeze()
            shop.beforeRendering.set(nil)
        }
        shop.open()
        let job = try await shop.ask("labels")
        try await shop.wait(job, .held, "The print server does not answer")
        _ = try await shop.front.cancelPrintJob(job.id)
        cups.thaw()

        try await eventually("CUPS took it and was told to drop it") {
            let finished = try await cups.run("lpstat", "-W", "completed", "-o")
            return finished.isEmpty ? nil : true
        }
        zebra.set(.hangingUp)
        try await eventually("the printer dropped it too", isTrue: { !zebra.isConnected })
        zebra.set(.accepting)
        try await shop.wait(try await shop.ask("labels"), .printed)
        #expect(zebra.labels.count == 1)
    }

    @Test func `stopping does not wait for a CUPS that hangs`() async throws {
        let (shop, cups, _) = try await shop()
        cups.freeze()
        shop.open()
        try await shop.wait(try await shop.ask("desk"), .held, "The print server does not answer")
        let began = ContinuousClock.now
        await shop.close()
        #expect(began.duration(to: .now) < .seconds(2))
        cups.thaw()
    }

    @Test func `what a CUPS lost in a power cut comes out once, or is left to whoever looks`() async throws {
        let (shop, cups, printer) = try await shop()
        let first = try await shop.ask("desk")
        shop.open()
        try await shop.wait(first, .printed)
        // What CUPS has known for longer than that is on its disk.
        try await cups.restart()
        await shop.close()
        try printer.runOutOfPaper()
        let printing = try await shop.ask("desk")
        let waiting = try await shop.ask("desk")
        shop.open()
        try await shop.wait(printing, .held, "The printer is out of paper")
        try await shop.wait(waiting, .held, "The printer is out of paper")
        await cups.kill()
        await printer.vanish()
        try printer.clear()
        try await printer.comeBack()
        try await cups.start()

        try await shop.wait(
            printing, .failed, "The print server has lost the badge; print it again if it did not come out")
        try await shop.wait(waiting, .printed)
        #expect(try printer.sheets.map(\.job) == [first, waiting].map(shop.name(of:)))
    }

    @Test func `where CUPS forgets what is done, a badge that it printed counts as printed`() async throws {
        var settings = PrivateCUPS.Settings()
        settings.keepsHistory = false
        let (shop, _, printer) = try await shop(settings)
        shop.open()
        let job = try await shop.ask("desk")
        try await shop.wait(job, .printed)
        #expect(try printer.sheets.map(\.job) == [shop.name(of: job)])
    }
}
