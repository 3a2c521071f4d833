import Badges
import FoundationEssentials
import Log
import Operations
import Registration
import Synchronization
import TestPeers

@testable import Printing

/// A front of house with an event, people who want badges, and a worker that can be stopped and started again.
final class PrintShop: Sendable {
    let front: FrontOfHouse
    let server: CUPSServer
    /// Held on to, as it ends with the last reference.
    private let cups: PrivateCUPS?
    private let folder: TemporaryFolder
    private let printers: [Printer]
    private let design: BadgeTemplate
    private let present: Held<BadgeTemplate>
    /// Called when the worker has looked at CUPS and is about to give it a badge.
    let beforeRendering: Held<@Sendable () -> Void>
    private let working = Mutex<Task<Void, Never>?>(nil)
    private let people = Mutex(0)

    /// - Parameter outputs: the printers by name.
    init(
        _ outputs: [(name: String, output: Printer.Output)], template: String = "conference-a6",
        hasTemplate: Bool = true, cups: PrivateCUPS? = nil
    ) async throws {
        folder = try TemporaryFolder()
        design = try BadgeTemplate(file: "\(PrintShop.templates)/\(template).svg")
        let present = Held(hasTemplate ? design : nil)
        let beforeRendering = Held<@Sendable () -> Void>()
        self.present = present
        self.beforeRendering = beforeRendering
        printers = outputs.map { output in
            Printer(name: output.name, output: output.output) {
                beforeRendering.value?()
                return present.value
            }
        }
        guard let server = CUPSServer(cups?.server ?? "127.0.0.1:1") else {
            throw CocoaError(.featureUnsupported)
        }
        self.server = server
        self.cups = cups
        front = try await FrontOfHouse(
            database: folder.path("lanyard.db"), creates: true,
            settings: .init(publicURL: "https://events.example.org", printers: outputs.map(\.name)),
            clock: { Timestamp(rawValue: Int64(Date.now.timeIntervalSince1970 * 1_000)) },
            onFault: { fault in preconditionFailure("\(fault)") })
        let now = front.now
        let event = Event(
            id: EventID(rawValue: 0), slug: "day", title: "The Day", venue: "Hall",
            timeZone: "Europe/London", starts: now.adding(seconds: 3_600), ends: now.adding(seconds: 7_200),
            capacity: 1_000, contact: "desk@example.org", summary: "",
            registrationOpens: now.adding(seconds: -60), registrationCloses: now.adding(seconds: 3_600),
            doorsOpen: now, doorsClose: now.adding(seconds: 7_200))
        _ = try await front.importEvent(event, sessions: [])
    }

    deinit {
        working.withLock { $0 }?.cancel()
        front.close()
    }

    static let templates = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Badges").path

    /// Opens the shop: from now on badges are printed.
    func open() {
        let worker = PrintWorker(front, printers: printers, server: server, log: .silent, jitter: { 0 })
        working.withLock { $0 = Task { await worker.run() } }
    }

    /// Puts the template back where it was missing.
    func putTemplate() { present.set(design) }

    /// Stops the worker and returns when it has stopped.
    func close() async {
        let task = working.withLock { $0 }
        task?.cancel()
        await task?.value
    }

    /// Registers somebody and asks for their badge.
    @discardableResult
    func ask(_ printer: String) async throws -> PrintJob {
        let number = people.withLock { people in
            people += 1
            return people
        }
        let form = RegistrationForm(name: "Person \(number)", email: "person\(number)@example.org")
        guard
            case .registered(let person) = try await front.register(form, event: "day", idempotencyKey: nil),
            case .requested(let job) = try await front.printBadge(
                event: "day", reference: person.attendee.reference, printer: printer)
        else { throw CocoaError(.featureUnsupported) }
        return job
    }

    func state(_ job: PrintJob) async throws -> PrintJob {
        guard let now = try await front.printJob(job.id) else { throw CocoaError(.fileNoSuchFile) }
        return now
    }

    /// Waits until the job is in the state, with the reason if one is given.
    @discardableResult
    func wait(_ job: PrintJob, _ state: PrintState, _ reason: String? = nil, seconds: Double = 40)
        async throws -> PrintJob
    {
        var last = job
        return try await eventually(
            "badge \(job.id) is \(state) \(reason ?? ""), not \(last.state) \(last.reason)\n\(cups?.story ?? "")",
            withinSeconds: seconds
        ) {
            last = try await self.state(job)
            return last.state == state && (reason == nil || last.reason == reason) ? last : nil
        }
    }

    /// What CUPS calls the job.
    func name(of job: PrintJob) -> String { "lanyard-\(front.installation)-\(job.id)" }

    /// What the QR code on the job's badge says.
    func code(of job: PrintJob) async throws -> String? { try await front.badge(for: job)?.code }

    /// The job's badge as a PDF.
    func badge(of job: PrintJob) async throws -> [UInt8] {
        guard let contents = try await front.badge(for: job), let printer = printers.first else { return [] }
        return try PrintDesk(front: front, printer: printer, log: .silent).render(contents).document
    }
}

/// What the QR code on a page of a PDF says, as zbarimg reads it.
func scan(_ pdf: String) async throws -> String {
    let folder = try TemporaryFolder()
    try await Program.run(
        "pdftoppm", arguments: ["-png", "-r", "200", "-singlefile", pdf, folder.path("page")])
    return try await Program.run("zbarimg", arguments: ["--raw", "--quiet", folder.path("page.png")])
        .split(separator: "\n").joined()
}
