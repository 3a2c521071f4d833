import Doors
import HTTP
import HTTPServer
import Metrics
import Operations
import Registration
import Synchronization

/// What the daemon counts and times for its operator, and the three addresses where they ask.
final class Instruments: Sendable {
    private let exposition = Exposition()
    private let requests: Family<Counter>
    private let latencies: Family<Histogram>
    private let scans: Family<Counter>
    private let commits: Histogram
    private let readiness = Atomic(false)
    /// What is counted with each answer, looked up once for each kind; routes, methods and statuses are all few.
    private let byKind = Mutex<[AnswerKind: (Counter, Histogram)]>([:])

    private struct AnswerKind: Hashable {
        var pattern: String?
        var method: String
        var status: Int
    }

    init() {
        requests = exposition.counters(
            "lanyard_http_requests_total", "Answered HTTP requests.", labels: ["route", "method", "status"])
        latencies = exposition.histograms(
            "lanyard_http_request_seconds", "Time from a request's first line to its answer.",
            labels: ["route"])
        scans = exposition.counters(
            "lanyard_scans_total", "Scans by verdict.", labels: ["verdict", "reason"])
        commits = exposition.histogram(
            "lanyard_commit_writes", "How many writes one commit held.",
            bounds: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512])
    }

    /// Whether people and scanners are to be sent here.
    var isReady: Bool {
        get { readiness.load(ordering: .relaxed) }
        set { readiness.store(newValue, ordering: .relaxed) }
    }

    func noteResponse(_ answered: AnsweredRequest) {
        let kind = AnswerKind(
            pattern: answered.pattern, method: answered.method.label, status: answered.status.rawValue)
        let (count, latency) = byKind.withLock { kept -> (Counter, Histogram) in
            if let known = kept[kind] { return known }
            let route = kind.pattern ?? "none"
            let new = (requests[route, kind.method, String(kind.status)], latencies[route])
            kept[kind] = new
            return new
        }
        count.add()
        latency.observe(answered.seconds)
    }

    func noteScan(_ result: Result<ScanAnswer, any Error>) {
        switch result {
        case .success(let answer): scans[answer.verdict.word, answer.verdict.reason?.rawValue ?? ""].add()
        case .failure: scans["error", ""].add()
        }
    }

    func noteCommit(writes: Int) {
        commits.observe(Double(writes))
    }

    /// Adds what is read from the parts when somebody asks, and lets people in.
    func watch(front: FrontOfHouse, server: Server, doors: OpenDoors) {
        exposition.gauge("lanyard_writer_queue", "Writes waiting for the writer.") {
            Double(front.waitingWrites)
        }
        exposition.gauge("lanyard_http_connections", "Open HTTP connections.") { [weak server] in
            Double(server?.openConnections ?? 0)
        }
        exposition.gauge("lanyard_door_connections", "Open connections at all doors.") { [weak doors] in
            Double(doors?.openConnections ?? 0)
        }
        isReady = true
    }

    /// `/healthz`, `/readyz` and `/metrics`.
    func routes(front: FrontOfHouse) -> Router {
        let jobs = exposition.gauges("lanyard_print_jobs", "Print jobs by state.", labels: ["state"])
        let letters = exposition.gauges("lanyard_letters", "Letters by state.", labels: ["state"])
        var router = Router()
        router.on(.get, "/healthz", isBrief: true) { _, _ in
            do {
                try await front.answers()
                return .text("ok\n")
            } catch is Overloaded {
                var busy = Response.text("busy\n", status: .serviceUnavailable)
                busy.headers.add("Retry-After", "1")
                return busy
            }
        }
        router.on(.get, "/readyz") { [self] _, _ in
            isReady ? .text("ready\n") : .text("not ready\n", status: .serviceUnavailable)
        }
        router.on(.get, "/metrics") { [exposition] _, _ in
            let counts = try await front.printJobCounts()
            for state in PrintState.allCases { jobs[state.rawValue].set(counts[state] ?? 0) }
            let letterCounts = try await front.letterCounts()
            for state in LetterState.allCases { letters[state.rawValue].set(letterCounts[state] ?? 0) }
            return .bytes(Array(exposition.render().utf8), type: Exposition.contentType)
        }
        return router
    }
}
