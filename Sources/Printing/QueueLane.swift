internal import Badges
internal import Operations
internal import Registration
internal import Working

/// The lane of a printer that is a queue at a CUPS server.
///
/// CUPS's job bears the print job's own name, so that one that was sent but not noted before a crash is found
/// there again instead of being sent twice.
struct QueueLane {
    let desk: PrintDesk
    let server: CUPSServer
    let queue: String
    let jitter: @Sendable () -> Double
    let thread = BlockingThread()

    /// The newest job that there was when this lane began; it and those before may be at CUPS unnoted.
    var newestBefore: PrintJobID?
    /// Jobs that may be at CUPS although nothing says so.
    var doubtful: Set<PrintJobID> = []
    /// Jobs that this lane holds back; one of them that is queued again was given another try by somebody.
    private var heldBack: Set<PrintJobID> = []
    /// How each followed job was when it was last looked at.
    var lastSeen: [PrintJobID: QueuedJob.State] = [:]
    /// Held while CUPS has badges, to know whether it was restarted between two looks.
    var lifeline: Lifeline?
    /// Jobs at CUPS that belong to another printer by now, or to nobody.
    var strays: Set<Int> = []
    private var failures = 0
    private var nextLook: ContinuousClock.Instant = .now
    private var pace = PrintLimits.lookMilliseconds.lowerBound

    init(
        desk: PrintDesk, server: CUPSServer, queue: String, jitter: @escaping @Sendable () -> Double
    ) {
        self.desk = desk
        self.server = server
        self.queue = queue
        self.jitter = jitter
    }

    /// Looks at what CUPS has and gives it what it can take; answers after how many milliseconds to come
    /// again, nil for when told.
    mutating func round() async throws -> Int64? {
        if newestBefore == nil { newestBefore = try await newestOfAll() }
        let jobs = try await desk.openJobs()
        let followed = jobs.filter { $0.spooledAs != nil }
        let waiting = jobs.filter { $0.spooledAs == nil }
        guard !jobs.isEmpty || !strays.isEmpty || !doubtful.isEmpty else {
            forgetAll()
            return nil
        }
        if waiting.contains(where: { $0.state == .queued && heldBack.contains($0.id) }) {
            failures = 0
            nextLook = .now
        }
        let mayTake =
            waiting.contains { !heldBack.contains($0.id) } && failures == 0
            && followed.count < PrintLimits.badgesInFlight
        guard mayTake || ContinuousClock.now >= nextLook else { return millisecondsToNextLook }

        let changed: Bool
        do {
            changed = try await work(
                followed: followed, waiting: waiting, gone: doubtful.subtracting(jobs.map(\.id)))
            failures = 0
        } catch let error as CUPSError {
            guard !Task.isCancelled else { return nil }
            // Read again, as some may have been sent before it failed.
            let open = try await desk.openJobs()
            try await holdBack(open.lazy.filter { $0.state != .cancelled }, reason: reason(of: error))
            failures += 1
            let pause = PrintLimits.retries.milliseconds(afterFailures: failures, jitter: jitter())
            // What it was printing it may begin anew as it comes back, and that is to be stopped soon.
            let isPrinting = open.contains { $0.begunAt != nil }
            return look(after: isPrinting ? min(pause, PrintLimits.lookMilliseconds.upperBound) : pause)
        }
        let range = PrintLimits.lookMilliseconds
        pace = changed ? range.lowerBound : min(pace * 3 / 2, range.upperBound)
        return look(after: pace)
    }

    /// One visit at CUPS; answers whether anything is another than before.
    ///
    /// - Parameter gone: doubtful jobs that nobody waits for here any more.
    private mutating func work(
        followed: [PrintJob], waiting: [PrintJob], gone: Set<PrintJobID>
    ) async throws -> Bool {
        let view = try await look(at: followed, gone: gone)
        var changed = false
        var inFlight = 0
        for job in followed {
            let noted = try await follow(job, view)
            changed = changed || noted.state != job.state
            if noted.spooledAs != nil, !noted.state.isFinal { inFlight += 1 }
        }
        var obstacle = PrinterComplaint.obstacle(view.destination.status, inFlight: inFlight)
        var rest = waiting[...]
        while obstacle == nil, inFlight < PrintLimits.badgesInFlight, let job = rest.first {
            switch try await send(job, to: view.destination) {
            case .sent: inFlight += 1
            case .done: break
            case .obstacle(let reason):
                obstacle = reason
                continue
            }
            rest = rest.dropFirst()
            changed = true
        }
        if let obstacle {
            try await holdBack(rest, reason: obstacle)
        } else {
            heldBack = []
            for job in rest { try await desk.note(job, .queued) }
        }
        return changed
    }

    private mutating func holdBack(_ jobs: some Sequence<PrintJob>, reason: String) async throws {
        for job in jobs {
            try await desk.note(job, .held, reason: reason)
            if job.spooledAs == nil { heldBack.insert(job.id) }
        }
    }

    private mutating func look(after milliseconds: Int64) -> Int64 {
        nextLook = .now + .milliseconds(milliseconds)
        return milliseconds
    }

    private var millisecondsToNextLook: Int64 {
        let rest = ContinuousClock.now.duration(to: nextLook).components
        return max(1, rest.seconds * 1_000 + rest.attoseconds / 1_000_000_000_000_000)
    }

    private mutating func forgetAll() {
        heldBack = []
        lastSeen = [:]
        lifeline = nil
        failures = 0
        pace = PrintLimits.lookMilliseconds.lowerBound
    }

    private func newestOfAll() async throws -> PrintJobID {
        let all = try await desk.front.openPrintJobs(printer: desk.printer.name, limit: .max)
        return all.map(\.id).max { $0.rawValue < $1.rawValue } ?? PrintJobID(rawValue: 0)
    }

    private func reason(of error: CUPSError) -> String {
        switch error.code {
        case .notFound: "The print server has no queue “\(queue)”"
        case .notAccepting: "The queue takes no jobs at the moment"
        case .notAuthorised: "The print server does not let Lanyard print"
        case .serviceUnavailable: "The print server does not answer"
        default: "The print server refuses the badge: \(error.message)"
        }
    }
}
