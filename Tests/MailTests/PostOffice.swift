import FoundationEssentials
import Log
import Registration
import Storage
import Synchronization
import TestPeers
import Working

@testable import Mail
@testable import Operations

/// A front of house with an event, people who are written to, and a mail worker that can be stopped and started.
final class PostOffice: Sendable {
    let front: FrontOfHouse
    let folder: TemporaryFolder
    let sender: Sender
    let templates: LetterTemplates
    /// The event's, in its order.
    let sessions: [Session]
    private let outlet: MailOutlet
    private let pace: MailPace
    private let working = Mutex<Task<Void, Never>?>(nil)

    static let templateFolder = URL(filePath: #filePath).appending(path: "../../../Config/letters")
        .standardized
        .path

    /// A pace at which tests need not wait.
    static var quick: MailPace {
        var pace = MailPace()
        pace.letters = RetrySchedule(firstMilliseconds: 20, longestMilliseconds: 200)
        pace.server = RetrySchedule(firstMilliseconds: 20, longestMilliseconds: 200)
        return pace
    }

    /// - Parameter letters: whether operations write letters too, besides the tests.
    init(
        _ outlet: MailOutlet, pace: MailPace = PostOffice.quick, day: Day = Day(), letters: Bool = false
    ) async throws {
        folder = try TemporaryFolder()
        self.outlet = outlet
        self.pace = pace
        guard let mailbox = Mailbox("events@example.org") else { throw CocoaError(.featureUnsupported) }
        sender = Sender(name: "Events team", mailbox: mailbox)
        templates = try LetterTemplates(folder: PostOffice.templateFolder)
        var settings = FrontOfHouse.Settings(publicURL: "https://events.example.org")
        settings.letters = letters
        front = try await FrontOfHouse(
            database: folder.path("lanyard.db"), creates: true,
            settings: settings,
            clock: { Timestamp(rawValue: Int64(Date.now.timeIntervalSince1970 * 1_000)) },
            onFault: { fault in preconditionFailure("\(fault)") })
        _ = try await front.importEvent(day.event(now: front.now), sessions: day.sessions(now: front.now))
        sessions = try await front.programme(event: "day")?.programme.offers.map(\.session) ?? []
    }

    deinit {
        working.withLock { $0 }?.cancel()
        front.close()
    }

    convenience init(
        _ server: MailServer, pace: MailPace = PostOffice.quick, day: Day = Day(), letters: Bool = false
    ) async throws {
        try await self.init(
            .server(PostOffice.address(of: server)), pace: pace, day: day, letters: letters)
    }

    /// What notes how letters end.
    func desk(pace: MailPace) -> MailDesk {
        MailDesk(
            front: front, sender: sender, templates: { [templates] in templates }, pace: pace, jitter: { 0 },
            log: .silent)
    }

    static func address(
        of server: MailServer, encryption: SMTPServer.Encryption = .none, login: SMTPServer.Login? = nil
    ) -> SMTPServer {
        var address = SMTPServer(host: "127.0.0.1", port: server.port, encryption: encryption, login: login)
        if encryption != .none { address.authorities = server.authorities }
        return address
    }

    /// Opens the office: from now on letters are sent.
    func open() {
        let worker = MailWorker(
            front, outlet: outlet, sender: sender, templates: { [templates] in templates }, log: .silent,
            jitter: { 0 }, pace: pace)
        working.withLock { $0 = Task { await worker.run() } }
    }

    /// Stops the worker and returns when it has stopped.
    func close() async {
        let task = working.withLock { $0 }
        task?.cancel()
        await task?.value
    }

    /// Somebody who is registered.
    func person(_ name: String = "Ada Lovelace", _ email: String = "ada@example.org") async throws -> Attendee
    {
        let form = RegistrationForm(name: name, email: email)
        guard case .registered(let person) = try await front.register(form, event: "day", idempotencyKey: nil)
        else { throw CocoaError(.featureUnsupported) }
        return person.attendee
    }

    /// Puts a letter into the outbox.
    @discardableResult
    func write(
        _ kind: LetterKind = .registered, to person: Attendee, sequence: Int = 1,
        _ fill: @Sendable (inout NewLetter) -> Void = { _ in }
    ) async throws -> Letter {
        var letter = NewLetter(kind: kind, event: person.event, attendee: person.id, sequence: sequence)
        fill(&letter)
        let (told, now) = (letter, front.now)
        try await front.store.write { try $0.write(told, at: now) }
        // The newest: these tests write one after the other.
        let due = try await front.store.read { try $0.dueLetters(at: .init(rawValue: .max), limit: .max) }
        guard let written = due.max(by: { $0.id.rawValue < $1.id.rawValue }) else {
            throw CocoaError(.fileNoSuchFile)
        }
        return written
    }

    /// Writes a letter to somebody new.
    @discardableResult
    func write(toNew email: String) async throws -> Letter {
        try await write(to: try await person("Person \(email.prefix { $0 != "@" })", email))
    }

    /// The message that a letter becomes.
    func message(of letter: Letter) async throws -> Message {
        guard let contents = try await front.contents(of: letter), let mailbox = Mailbox(contents.address)
        else {
            throw CocoaError(.fileNoSuchFile)
        }
        return try Message(contents, to: mailbox, from: sender, templates: templates)
    }

    /// Waits until so many letters are in the state.
    func wait(_ count: Int, _ state: LetterState, seconds: Double = 20) async throws {
        var counts: [LetterState: Int] = [:]
        try await eventually("\(count) letters are \(state), not \(counts)", withinSeconds: seconds) {
            counts = try await front.letterCounts()
            return counts[state] == count ? true : nil
        }
    }

    /// Why letters were refused for good, the newest first.
    func refusals() async throws -> [String] {
        try await front.outbox(event: "day", limit: 100)?.refusals.map(\.letter.reason) ?? []
    }

    /// How often each letter was tried in vain, and why last, by its number.
    func waiting() async throws -> [Letter] {
        try await front.store.read { try $0.dueLetters(at: .init(rawValue: .max), limit: .max) }
    }
}

/// An event some days ahead.
struct Day: Sendable {
    var title = "The Day"
    var zone = "Europe/London"
    var contact = "desk@example.org"
    /// Nought for an event that began an hour ago.
    var startsInDays: Int64 = 3
    var days: Int64 = 1
    var capacity = 1_000

    func event(now: Timestamp) -> Event {
        let starts = starts(now)
        return Event(
            id: EventID(rawValue: 0), slug: "day", title: title, venue: "Town Hall", timeZone: zone,
            starts: starts, ends: starts.adding(seconds: (days - 1) * 86_400 + 7 * 3_600), capacity: capacity,
            contact: contact,
            summary: "", registrationOpens: starts.adding(seconds: -7 * 86_400),
            registrationCloses: starts.adding(seconds: 7 * 3_600),
            doorsOpen: starts, doorsClose: starts.adding(seconds: 7 * 3_600))
    }

    func sessions(now: Timestamp) -> [Session] {
        ["Walking groups", "Active hospitals", "Cycling & health"].enumerated().map { index, title in
            let starts = starts(now).adding(seconds: Int64(index + 1) * 3_600)
            return Session(
                id: SessionID(rawValue: 0), slug: "workshop-\(index + 1)", kind: .workshop, title: title,
                speakers: [], room: "Room \(index + 1)", starts: starts,
                ends: starts.adding(seconds: 3_000), capacity: 20, abstract: "", materials: [])
        }
    }

    /// That day, at nine o'clock in UTC.
    private func starts(_ now: Timestamp) -> Timestamp {
        guard startsInDays > 0 else { return now.adding(seconds: -3_600) }
        let day: Int64 = 86_400_000
        return Timestamp(rawValue: (now.rawValue / day + startsInDays) * day + 9 * 3_600_000)
    }
}
