public import Log
public import Operations
internal import Working

/// Carries out the print jobs: renders each badge, gives it to its printer, and follows it until it is out.
///
/// Each printer has a lane of its own, so one that is stopped keeps nobody else waiting. There must be one
/// worker for a database.
public struct PrintWorker: Sendable {
    private let front: FrontOfHouse
    private let printers: [Printer]
    private let server: CUPSServer
    private let log: Logger
    private let jitter: @Sendable () -> Double

    /// - Parameter jitter: gives a number from 0 to 1 that spreads the tries after a failure.
    public init(
        _ front: FrontOfHouse, printers: [Printer], server: CUPSServer, log: Logger,
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }
    ) {
        self.front = front
        self.printers = printers
        self.server = server
        self.log = log
        self.jitter = jitter
    }

    /// Works until the task is cancelled or the front of house is closed, then finishes what is being handed
    /// to a printer and returns, within 8 s.
    public func run() async {
        let changes = front.badgeChanges()
        await warnOfPrintersGone()
        await withTaskGroup { group in
            let bells = printers.map { _ in Bell() }
            for (printer, bell) in zip(printers, bells) {
                group.addTask { await work(on: printer, bell: bell) }
            }
            for await _ in changes { for bell in bells { bell.ring() } }
            for bell in bells { bell.silence() }
        }
    }

    /// Badges of a printer that was taken out of the configuration would wait without a word.
    private func warnOfPrintersGone() async {
        do {
            let known = Set(printers.map(\.name))
            let gone = try await front.openPrintJobCounts().filter { !known.contains($0.key) }
            for (name, count) in gone.sorted(by: { $0.key < $1.key }) {
                log.warning(
                    "Badges wait for a printer that is no longer configured: put it back, or print them anew",
                    ["printer": name, "badges": count])
            }
        } catch {
            log.error("The waiting badges can't be counted", ["error": "\(error)"])
        }
    }

    private func work(on printer: Printer, bell: Bell) async {
        let log = log.with(["printer": printer.name])
        let desk = PrintDesk(front: front, printer: printer, log: log)
        switch printer.output {
        case .queue(let queue):
            var lane = QueueLane(desk: desk, server: server, queue: queue, jitter: jitter)
            await work(bell: bell, log: log) { try await lane.round() }
        case .folder(let folder):
            var lane = FolderLane(desk: desk, folder: FolderPrinter(folder: folder), jitter: jitter)
            await work(bell: bell, log: log) { try await lane.round() }
        }
    }

    private func work(bell: Bell, log: Logger, round: () async throws -> Int64?) async {
        await bell.makeRounds(
            pause: { PrintLimits.retries.milliseconds(afterFailures: $0, jitter: jitter()) },
            onFault: { log.error("Printing can't go on", ["error": "\($0)", "retry_ms": $1]) }, round)
    }
}
