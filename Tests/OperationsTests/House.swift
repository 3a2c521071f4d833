import FoundationEssentials
import Glibc
import Operations
import Registration
import Synchronization

/// A front of house with a database of its own and a clock that is set by hand.
final class House: Sendable {
    let front: FrontOfHouse
    let clock: HandClock
    let folder: String

    /// - Parameter letters: whether letters are written.
    init(letters: Bool = false) async throws {
        var template = Array("/tmp/lanyard-test-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw CocoaError(.fileWriteUnknown) }
        folder = String(cString: made)
        clock = HandClock()
        front = try await House.open(folder, clock, letters: letters)
    }

    static func open(
        _ folder: String, _ clock: HandClock, letters: Bool = false
    ) async throws -> FrontOfHouse {
        var settings = FrontOfHouse.Settings(
            publicURL: "https://events.example.org", printers: ["desk", "back"])
        settings.signInsPerMinute = 3
        settings.letters = letters
        return try await FrontOfHouse(
            database: folder + "/lanyard.db", creates: true, settings: settings, clock: { clock.now },
            onFault: { fault in preconditionFailure("\(fault)") })
    }

    deinit {
        front.close()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// The sample day: an entrance, three workshops of which the first two overlap, and a keynote for all.
    @discardableResult
    func importDay(
        capacity: Int = 100, workshop: Int = 10, slug: String = "day", questions: [Question] = []
    ) async throws -> Event {
        let (event, sessions) = Day.plan(slug: slug, capacity: capacity, workshop: workshop)
        let outcome = try await front.importEvent(event, sessions: sessions, questions: questions)
        guard case .created(let created) = outcome else { throw CocoaError(.featureUnsupported) }
        return created
    }

    func register(
        _ name: String, email: String? = nil, sessions: [String] = [], key: String? = nil
    ) async throws -> RegistrationOutcome {
        let form = RegistrationForm(
            name: name, email: email ?? "\(name.lowercased().filter { $0 != " " })@example.org",
            sessions: sessions)
        return try await front.register(form, event: "day", idempotencyKey: key)
    }

    func registered(_ name: String, sessions: [String] = []) async throws -> RegisteredAttendee {
        guard case .registered(let attendee) = try await register(name, sessions: sessions) else {
            throw CocoaError(.featureUnsupported)
        }
        return attendee
    }
}

extension House {
    func change(
        _ change: AttendeeChange, of person: RegisteredAttendee, byStaff: Bool = false
    ) async throws -> ChangeOutcome {
        try await front.change(event: "day", reference: person.attendee.reference, change, byStaff: byStaff)
    }
}

extension ChangeOutcome {
    /// Why a change was refused; none if it was carried out.
    var refusals: [RegistrationRefusal] {
        if case .refused(let refusals) = self { refusals } else { [] }
    }
}

final class HandClock: Sendable {
    private let moment = Mutex(Day.doorsOpen.adding(seconds: -24 * 60 * 60))

    var now: Timestamp {
        get { moment.withLock { $0 } }
        set { moment.withLock { $0 = newValue } }
    }

    func advance(seconds: Int64) {
        moment.withLock { $0 = $0.adding(seconds: seconds) }
    }
}

/// An event on 4 December 2024 in London, where local time is UTC.
enum Day {
    static let midnight = Timestamp(rawValue: 1_733_270_400_000)
    static let doorsOpen = hour(8)

    static func hour(_ hour: Int64) -> Timestamp { midnight.adding(seconds: hour * 3_600) }

    static func plan(slug: String, capacity: Int, workshop: Int) -> (Event, [Session]) {
        let event = Event(
            id: EventID(rawValue: 0), slug: slug, title: "The Day", venue: "Hall", timeZone: "Europe/London",
            starts: hour(9), ends: hour(17), capacity: capacity, contact: "desk@example.org", summary: "",
            registrationOpens: hour(-48), registrationCloses: hour(9), doorsOpen: doorsOpen,
            doorsClose: hour(17))
        return (
            event,
            [
                session("keynote", .keynote, 9, 10, nil), session("first", .workshop, 10, 11, workshop),
                session("second", .workshop, 10, 12, workshop), session("third", .workshop, 12, 13, workshop),
            ]
        )
    }

    static func session(
        _ slug: String, _ kind: Session.Kind, _ starts: Int64, _ ends: Int64, _ capacity: Int?
    ) -> Session {
        Session(
            id: SessionID(rawValue: 0), slug: slug, kind: kind, title: "The \(slug) session", speakers: [],
            room: "Room \(starts)", starts: hour(starts), ends: hour(ends), capacity: capacity, abstract: "",
            materials: [])
    }
}

extension RegistrationOutcome {
    var isRegistered: Bool { if case .registered = self { true } else { false } }

    /// The kinds of refusal, without what they carry.
    enum RefusalKind {
        case field, notYetOpen, closed, addressTaken, eventFull, sessionFull, unknownSession, notBookable,
            clash, changesClosed, cancelled, answer, needsPurged
    }

    var refusals: [RefusalKind] {
        guard case .refused(let refusals) = self else { return [] }
        return refusals.map {
            switch $0 {
            case .field: .field
            case .answer: .answer
            case .needsPurged: .needsPurged
            case .notYetOpen: .notYetOpen
            case .closed: .closed
            case .addressTaken: .addressTaken
            case .eventFull: .eventFull
            case .sessionFull: .sessionFull
            case .unknownSession: .unknownSession
            case .notBookable: .notBookable
            case .clash: .clash
            case .changesClosed: .changesClosed
            case .cancelled: .cancelled
            }
        }
    }
}

extension House {
    /// Scans a text at a point of the event `day`.
    @discardableResult
    func scan(
        _ text: some CustomStringConvertible, at point: String = "entrance", door: String = "north",
        id: String? = nil, printer: String? = nil, scannedAt: Timestamp? = nil
    ) async throws -> ScanAnswer {
        try await front.checkIn(
            ScanRequest(
                id: id, text: text.description, point: PointAddress(event: "day", point: point), door: door,
                printer: printer, scannedAt: scannedAt))
    }

    /// Takes the person's next badge out of the printer.
    func printBadge(_ person: RegisteredAttendee, as state: PrintState = .printed) async throws {
        let outcome = try await front.printBadge(event: "day", reference: person.attendee.reference)
        guard case .requested(var job) = outcome else { throw CocoaError(.featureUnsupported) }
        job.state = state
        _ = try await front.notePrintWork(job)
    }
}
