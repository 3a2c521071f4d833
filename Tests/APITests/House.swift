import HTTP
import Operations
import Registration
import Synchronization
import TestPeers
import Testing

@testable import API

/// A conference in a database of its own, a clock that is set by hand, and the API over them.
///
/// Every answer is held against the API's own description.
final class House: Sendable {
    let front: FrontOfHouse
    let router: Router
    let clock = HandClock()
    private let folder: TemporaryFolder
    private let description: Description

    init(
        registrationsPerMinute: Int = 0, waitingWrites: Int = 10_000, letters: Bool = false,
        registersWithoutToken: Bool = true
    ) async throws {
        folder = try TemporaryFolder()
        var settings = FrontOfHouse.Settings(
            publicURL: "https://events.example.org", printers: ["desk", "back"])
        settings.waitingWrites = waitingWrites
        settings.letters = letters
        let clock = clock
        front = try await FrontOfHouse(
            database: folder.path("lanyard.db"), creates: true, settings: settings, clock: { clock.now },
            onFault: { Issue.record("\($0)") })
        var router = Router()
        router.mount(
            api(
                front,
                settings: APISettings(
                    registrations: RateLimit(perMinute: registrationsPerMinute),
                    registersWithoutToken: registersWithoutToken,
                    certificate: { Array("%PDF-1.7 \($0.code)".utf8) },
                    noteFault: { fault, _ in Issue.record("\(fault)") })), at: APISettings.path)
        self.router = router
        description = try await Description(router)
    }

    deinit { front.close() }

    /// The conference: four workshops for two people each, of which the first two overlap, and a keynote.
    @discardableResult
    func open(
        _ slug: String = "conference", capacity: Int = 10, questions: [Question] = []
    ) async throws -> Event {
        let (event, sessions) = Conference.plan(slug, capacity: capacity)
        let outcome = try await front.importEvent(event, sessions: sessions, questions: questions)
        guard case .created(let created) = outcome else { throw Unexpected("not imported") }
        return created
    }

    func token(_ role: Role, event: String? = nil) async throws -> String {
        guard case .created(let token) = try await front.createToken(role: role, event: event) else {
            throw Unexpected("no token")
        }
        return token
    }

    /// Sends a request below the API's path and checks that the answer is one that the description promises.
    func ask(
        _ method: Method, _ target: String, token: String? = nil, body: JSON? = nil, raw: [UInt8]? = nil,
        upload: UploadReader? = nil, headers: Headers = [:], from address: String = "192.0.2.1"
    ) async throws -> Answer {
        var headers = headers
        let bytes = raw ?? body?.bytes ?? []
        if !bytes.isEmpty, headers["Content-Type"] == nil { headers.add("Content-Type", "application/json") }
        if let token { headers.add("Authorization", "Bearer " + token) }
        var request = Request(
            method, APISettings.path + target, headers: headers, body: bytes, remoteAddress: address)
        request.upload = upload ?? UploadReader(bytes.isEmpty ? [] : [.bytes(bytes)])
        let response = await router.respond(to: request)
        var answer = Answer(status: response.status.rawValue, headers: response.headers, json: .null)
        let type = response.headers["Content-Type"] ?? ""
        if type == "application/json" || type == "application/problem+json" {
            answer.json = try JSON(parsing: try await response.body.collected())
        } else {
            answer.body = try await response.body.collected()
        }
        for breach in description.breaches(in: answer, to: request, router) {
            Issue.record("\(method) \(target): \(breach)")
        }
        return answer
    }

    /// The response itself, for what does not end.
    func stream(_ target: String, token: String, headers: Headers = [:]) async -> Response {
        var headers = headers
        headers.add("Authorization", "Bearer " + token)
        headers.add("Accept", "text/event-stream")
        return await router.respond(to: Request(.get, APISettings.path + target, headers: headers))
    }

    /// Registers somebody with an address made of the name; returns the reference.
    @discardableResult
    func register(_ name: String, sessions: [JSON] = [], event: String = "conference") async throws
        -> (reference: String, code: String)
    {
        let form = RegistrationForm(
            name: name, email: "\(name.filter { $0 != " " })@example.org",
            sessions: JSON.list(sessions).list.compactMap {
                if case .text(let slug) = $0 { slug } else { nil }
            })
        guard case .registered(let person) = try await front.register(form, event: event) else {
            throw Unexpected("not registered")
        }
        return (person.attendee.reference.description, person.attendee.code.description)
    }
}

struct Answer {
    var status: Int
    var headers: Headers
    var json: JSON
    /// What is no JSON.
    var body: [UInt8] = []

    /// The end of a problem's type.
    var problem: String? {
        json.text("type").map { String($0.dropFirst("urn:lanyard:problem:".count)) }
    }

    /// The fields that a problem names.
    var fields: [String] { json["errors"]?.list.compactMap { $0.text("field") } ?? [] }
}

extension JSON {
    var list: [JSON] { if case .list(let items) = self { items } else { [] } }
    var number: Int64? { if case .integer(let number) = self { number } else { nil } }
}

final class HandClock: Sendable {
    private let moment = Mutex(Conference.hour(-24))

    var now: Timestamp {
        get { moment.withLock { $0 } }
        set { moment.withLock { $0 = newValue } }
    }
}

/// A day on 4 December 2024 in London, where local time is UTC.
enum Conference {
    static func hour(_ hour: Int64) -> Timestamp {
        Timestamp(rawValue: 1_733_270_400_000).adding(seconds: hour * 3_600)
    }

    static func plan(_ slug: String, capacity: Int) -> (Event, [Session]) {
        let event = Event(
            id: EventID(rawValue: 0), slug: slug, title: "The “Conference”", venue: "Hall",
            timeZone: "Europe/London", starts: hour(9), ends: hour(17), capacity: capacity,
            contact: "desk@example.org", summary: "", registrationOpens: hour(-48),
            registrationCloses: hour(9), doorsOpen: hour(8), doorsClose: hour(17))
        return (
            event,
            [
                session("keynote", .keynote, 9, 10, nil), session("first", .workshop, 10, 11, 2),
                session("second", .workshop, 10, 12, 2), session("third", .workshop, 12, 13, 2),
            ]
        )
    }

    private static func session(
        _ slug: String, _ kind: Session.Kind, _ starts: Int64, _ ends: Int64, _ capacity: Int?
    ) -> Session {
        Session(
            id: SessionID(rawValue: 0), slug: slug, kind: kind, title: "The \(slug) session",
            speakers: ["A. Speaker"], room: "Room \(starts)", starts: hour(starts), ends: hour(ends),
            capacity: capacity, abstract: "", materials: [])
    }
}

struct Unexpected: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}
