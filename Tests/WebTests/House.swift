import HTTP
import Operations
import Registration
import Synchronization
import TestPeers
import Web

/// The sample event in a database of its own, a clock that is set by hand, and the pages over them.
final class House: Sendable {
    let front: FrontOfHouse
    let router: Router
    let clock: HandClock
    let faults = Faults()
    private let folder: TemporaryFolder
    private let isClosed = Atomic(false)

    /// - Parameter event: nil for no event at all.
    init(
        publicURL: String = "http://127.0.0.1", registrationsPerMinute: Int = 0, signInsPerMinute: Int = 0,
        event: Event? = Sample.event, letters: Bool = false, questions: [Question] = [],
        printers: [String] = ["front-desk", "back <office>"]
    ) async throws {
        let clock = HandClock()
        let faults = faults
        folder = try TemporaryFolder()
        self.clock = clock
        var settings = FrontOfHouse.Settings(publicURL: publicURL, printers: printers)
        settings.signInsPerMinute = signInsPerMinute
        settings.letters = letters
        front = try await FrontOfHouse(
            database: folder.path("lanyard.db"), creates: true, settings: settings, clock: { clock.now },
            onFault: { faults.note("\($0)") })
        router = pages(
            front,
            settings: WebSettings(
                registrations: RateLimit(perMinute: registrationsPerMinute),
                badge: { Array("%PDF-1.7 \($0.attendee.name)".utf8) },
                certificate: { Array("%PDF-1.7 \($0.attendee.name) \($0.code)".utf8) },
                noteFault: { fault, _ in faults.note("\(fault)") }))
        if let event {
            _ = try await front.importEvent(
                event, sessions: Sample.programme.offers.map { $0.session }, questions: questions)
        }
    }

    deinit { close() }

    func close() {
        if !isClosed.exchange(true, ordering: .relaxed) { front.close() }
    }

    /// The pages over the same database as they are while as much waits for the writer as may.
    func overloadedPages() async throws -> Router {
        var settings = FrontOfHouse.Settings(publicURL: "http://127.0.0.1")
        settings.waitingWrites = 0
        let clock = clock
        let busy = try await FrontOfHouse(
            database: folder.path("lanyard.db"), creates: true, settings: settings, clock: { clock.now },
            onFault: { _ in })
        return pages(busy, settings: .forTests)
    }

    /// From now on the database takes no registration, as if its disk had died.
    func breakRegistrations() async throws {
        try await Program.run(
            "sqlite3",
            arguments: [
                folder.path("lanyard.db"),
                "CREATE TRIGGER dead BEFORE INSERT ON attendee BEGIN SELECT RAISE(FAIL, 'dead'); END;",
            ])
    }

    func register(_ form: RegistrationForm) async throws -> RegisteredAttendee {
        switch try await front.register(form, event: Sample.event.slug) {
        case .registered(let person): return person
        case let outcome: throw Unexpected("\(outcome)")
        }
    }

    /// Somebody with a name, and an address that nobody else has.
    func register(_ name: String, sessions: [String] = []) async throws -> RegisteredAttendee {
        try await register(
            RegistrationForm(name: name, email: "\(faults.next)@example.org", sessions: sessions))
    }

    /// Books a workshop until it is full, or so many places are left.
    func fill(_ slug: String, leaving left: Int = 0) async throws {
        let capacity = Sample.programme[slug]?.session.capacity ?? 0
        for number in 0..<(capacity - left) { _ = try await register("Guest \(number)", sessions: [slug]) }
    }

    func password(of email: String, role: Role) async throws -> String {
        switch try await front.addStaff(email, role: role) {
        case .added(_, let password), .changed(_, let password): return password
        case .notAnAddress: throw Unexpected("no staff member was added")
        }
    }

    func admit(_ person: RegisteredAttendee, at point: String = CheckInPoint.entrance) async throws {
        let point = PointAddress(event: Sample.event.slug, point: point)
        let scan = ScanRequest(text: person.attendee.code.description, point: point, door: "north")
        _ = try await front.checkIn(scan)
    }
}

final class HandClock: Sendable {
    private let moment = Mutex(Sample.before)

    var now: Timestamp {
        get { moment.withLock { $0 } }
        set { moment.withLock { $0 = newValue } }
    }

    func advance(seconds: Int64) { moment.withLock { $0 = $0.adding(seconds: seconds) } }
}

/// What went wrong that no page may hide, and a number that is never the same.
final class Faults: Sendable {
    private let noted = Mutex<[String]>([])
    private let counter = Mutex(0)

    var all: [String] { noted.withLock { $0 } }

    func note(_ fault: String) { noted.withLock { $0.append(fault) } }

    var next: Int {
        counter.withLock { counter in
            counter += 1
            return counter
        }
    }
}

struct Unexpected: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}

extension WebSettings {
    /// For what never asks.
    static let forTests = WebSettings(
        registrations: RateLimit(perMinute: 0), badge: { _ in [] }, certificate: { _ in [] },
        noteFault: { _, _ in })
}
