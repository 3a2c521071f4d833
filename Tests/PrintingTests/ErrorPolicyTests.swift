import Operations
import Registration
import TestPeers
import Testing

@testable import Printing

/// What CUPS does with a badge that its printer did not take, under each policy that a queue may have.
@Suite(.takesTurns, .timeLimit(.minutes(2)))
struct ErrorPolicyTests {
    /// - Parameters:
    ///   - state: what becomes of a badge that was not taken, with the reason.
    private func shop(
        _ policy: QueueErrorPolicy, _ state: PrintState, _ reason: String
    ) async throws -> (PrintShop, PrivateCUPS, ZebraPrinter, PrintJob) {
        let zebra = try ZebraPrinter()
        var settings = PrivateCUPS.Settings()
        // Long enough that the worker sees the badge wait.
        settings.retrySeconds = 5
        let cups = try await PrivateCUPS(settings)
        try await cups.addQueue("labels", to: zebra, errorPolicy: policy)
        let shop = try await PrintShop([("labels", .queue("labels"))], cups: cups)
        zebra.set(.hangingUp)
        shop.open()
        // CUPS takes a label for printed of which all was on its way when the printer hung up, and small ones may be:
        // another is asked for until one is not taken.
        for _ in 0..<20 {
            let job = try await shop.ask("labels")
            let end = try await eventually("CUPS is done with it", withinSeconds: 20) {
                let now = try await shop.state(job)
                return now.state == .printed || (now.state == state && now.reason == reason) ? now.state : nil
            }
            if end != .printed { return (shop, cups, zebra, job) }
        }
        throw NothingFailed()
    }

    @Test func `retry-job: the badge waits with the reason and comes out once`() async throws {
        let (shop, _, zebra, job) = try await shop(
            .retryJob, .held, "The printer did not take the badge; the print server tries again")
        zebra.set(.accepting)
        try await shop.wait(job, .printed, seconds: 45)
        #expect(zebra.labels.count == 1)
    }

    @Test func `a badge that CUPS begins again since the printer was busy comes out once`() async throws {
        let printer = try await VirtualIPPPrinter()
        try printer.setSecondsPerSheet(3)
        let cups = try await PrivateCUPS()
        for queue in ["desk", "other"] { try await cups.addQueue(queue, to: printer) }
        let shop = try await PrintShop([("desk", .queue("desk"))], cups: cups)
        let file = try cups.folder.write("%!PS\n100 100 moveto 200 200 lineto stroke showpage\n", to: "a.ps")
        try await cups.run("lp", "-d", "other", "-t", "other", file)
        try await eventually("the printer is busy", isTrue: { printer.sheetUnderWay == "other" })
        shop.open()
        let job = try await shop.ask("desk")
        let first = try await eventually("CUPS has begun it") { try await shop.state(job).begunAt }
        let printed = try await shop.wait(job, .printed, seconds: 45)
        #expect(printed.begunAt != first)
        #expect(try printer.sheets.map(\.job) == ["other", shop.name(of: job)])
    }

    @Test func `stop-printer: the badge waits until the queue is resumed and comes out once`() async throws {
        let (shop, cups, zebra, job) = try await shop(.stopPrinter, .held, "The queue is stopped")
        zebra.set(.accepting)
        // Until it goes on: CUPS stops it once more if the try that failed ends only after it was resumed.
        try await eventually("the badge is printed", withinSeconds: 30) {
            try await cups.resume("labels")
            return try await shop.state(job).state == .printed ? true : nil
        }
        #expect(zebra.labels.count == 1)
    }

    @Test func `abort-job: the badge is failed with the reason, and another try prints it once`() async throws
    {
        let (shop, _, zebra, job) = try await shop(
            .abortJob, .failed,
            "The printer did not take the badge and the queue threw it away; print it again if it did not come out"
        )
        zebra.set(.accepting)
        _ = try await shop.front.retryPrintJob(job.id)
        try await shop.wait(job, .printed)
        #expect(zebra.labels.count == 1)
    }
}

/// CUPS took every label for printed that its printer did not take.
private struct NothingFailed: Error {}
