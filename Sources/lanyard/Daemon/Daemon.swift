import Badges
import Configuration
import Doors
import Glibc
import HTTP
import HTTPServer
import Log
import Operations
import Printing
import Registration
import Web

extension ActivityRecord {
    /// One line a thing, by its ids.
    fileprivate func write(to log: Logger) {
        log.debug("Activity", ["event": event, "number": number, "kind": kind.rawValue, "detail": detail])
    }
}

/// Everything that runs: started in order, stopped in reverse.
final class Daemon: Sendable {
    /// How long the work under way may take once the daemon is told to stop, and then at least the database to
    /// close.
    static let stopSeconds = 8.0
    static let closeSeconds = 1.5

    /// One processor is left to the writer, whom all wait for; more than four serve no faster.
    private static let servingThreads = max(1, min(4, sysconf(Int32(_SC_NPROCESSORS_ONLN)) - 1))

    let front: FrontOfHouse
    let pages: [HTTPServer.ListenAddress]
    let doors: OpenDoors
    private let log: Logger
    private let templates: TemplateShelf
    private let server: Server
    private let printing: Task<Void, Never>
    /// Nil where no mail is configured.
    private let post: Post?
    private let deletions: Task<Void, Never>
    private let instruments: Instruments

    /// Starts everything; when this returns, people and scanners are answered.
    ///
    /// - Parameter sockets: listening sockets that were passed in, `http` and `door-NAME`.
    init(_ settings: Settings, log: Logger, sockets: [String: Int32] = [:]) async throws {
        self.log = log
        // Beside the opening of the database: looking through the machine’s fonts takes longer.
        async let shelf = BlockingWork.run {
            try TemplateShelf(folder: settings.badgeFolder(), printers: settings.printers)
        }
        post = try settings.mail.map { try Post($0, log: log) }
        let instruments = Instruments()
        self.instruments = instruments
        front = try await FrontOfHouse(
            database: settings.database.path, creates: true, settings: settings.operations,
            clock: SystemClock.now,
            onCommit: { writes, records in
                instruments.noteCommit(writes: writes)
                for record in records { record.write(to: log) }
            },
            onFault: { log.error("The database failed", ["error": "\($0)"]) })
        let opening: Opening
        do {
            templates = try await shelf
            opening = Opening(settings, front, templates, instruments, log)
            try await opening.checkTimeZones()
            try await front.noteSendsLetters()
            await Deletions.overwriteBeforeServing(front, log: log)
            server = try Server(
                opening.router, listeningOn: [try opening.pageAddress(sockets)],
                limits: settings.serverLimits,
                trustedProxies: TrustedProxies { settings.http.trustedProxies.contain($0) },
                threads: Daemon.servingThreads, onResponse: instruments.noteResponse)
            pages = server.addresses
            doors = try OpenDoors(
                try opening.doors(sockets), notice: { log.notice($0) }, checkIn: opening.checkIn)
            printing = Task { [worker = try opening.printWorker()] in await worker.run() }
            deletions = Deletions.start(front, log: log)
            post?.start(front)
            instruments.watch(front: front, server: server, doors: doors)
            try await opening.warnOfUnknownPoints()
        } catch {
            // What can't start leaves the database as a daemon that stopped does.
            front.close()
            throw error
        }
        opening.warnOfUnknownSockets(sockets)
        let addresses = (pages.map(\.description) + doors.addresses.map(\.description)).joined(separator: " ")
        log.notice("Ready", ["addresses": addresses, "printers": settings.printers.count])
    }

    /// Reads the templates of badges and letters again, off Swift's own threads; keeps the old ones if there is a
    /// mistake in the new.
    func reload() async {
        do {
            try await BlockingWork.run { [templates] in try templates.reload() }
            log.notice("The badge templates were read again")
        } catch {
            log.error("The badge templates stay as they were", ["error": "\(Failure(describing: error))"])
        }
        await post?.reload()
    }

    /// Takes no more work, finishes what is under way, and returns within 10 s.
    func stop() async {
        log.notice("Stopping")
        let ends = ContinuousClock.now + .seconds(Daemon.stopSeconds + Daemon.closeSeconds)
        instruments.isReady = false
        printing.cancel()
        post?.cancel()
        deletions.cancel()
        async let doorsClosed: Void = doors.stop(within: Int(Daemon.stopSeconds * 1_000))
        async let pagesClosed: Void = server.stop(withinSeconds: Daemon.stopSeconds)
        async let printingEnded: Void = printing.value
        async let postEnded: Void? = post?.end()
        _ = await (doorsClosed, pagesClosed, printingEnded, postEnded)
        // What the work did not use of its time is the database's, which may have much of its log to copy.
        let left = (ends - .now) / .seconds(1)
        if await BlockingWork.run(
            withinSeconds: max(left, Daemon.closeSeconds), { [front] in front.close() })
        {
            log.notice("Stopped")
        } else {
            // All that was answered is on disk, so nothing is lost by not waiting for whoever holds the file.
            log.warning("Stopped before the database was closed, which another program holds")
        }
    }
}
