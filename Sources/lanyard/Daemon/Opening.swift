import API
import Badges
import Configuration
import Doors
import FoundationEssentials
import HTTP
import HTTPServer
import Log
import Operations
import Printing
import Registration
import Web

/// Turns the settings into the parts that a daemon is started from.
struct Opening {
    private let settings: Settings
    private let front: FrontOfHouse
    private let templates: TemplateShelf
    private let instruments: Instruments
    private let log: Logger

    init(
        _ settings: Settings, _ front: FrontOfHouse, _ templates: TemplateShelf, _ instruments: Instruments,
        _ log: Logger
    ) {
        self.settings = settings
        self.front = front
        self.templates = templates
        self.instruments = instruments
        self.log = log
    }

    /// The pages, the API and what operators ask.
    var router: Router {
        let registrations = RateLimit(perMinute: settings.limits.publicRegistrationsPerMinute)
        let noteFault: @Sendable (any Error, String) -> Void = { [log] fault, request in
            log.error("A request failed", ["request": request, "error": "\(fault)"])
        }
        let badge: @Sendable (RegisteredAttendee) async throws -> [UInt8] = { [front, templates] attendee in
            try await templates.ownBadge(of: front.badge(of: attendee))
        }
        let certificate: @Sendable (Certificate) async throws -> [UInt8] = {
            [settings, templates] certificate in
            let fields = CertificateFields(certificate, publicURL: settings.publicURL)
            let template = templates.certificate
            return try await Drawing.run { try template.pdf(of: fields) }
        }
        var router = pages(
            front,
            settings: WebSettings(
                registrations: registrations, badge: badge, certificate: certificate, noteFault: noteFault))
        router.mount(
            api(
                front,
                settings: APISettings(
                    registrations: registrations,
                    registersWithoutToken: settings.http.registersWithoutToken, certificate: certificate,
                    noteFault: noteFault)),
            at: APISettings.path)
        router.mount(instruments.routes(front: front))
        return router
    }

    func pageAddress(_ sockets: [String: Int32]) throws -> HTTPServer.ListenAddress {
        if let descriptor = sockets["http"] { return .descriptor(descriptor) }
        return switch settings.http.listen {
        case .tcp(let host, let port): .tcp(host: host, port: port)
        case .unix(let path): .unix(path: path)
        }
    }

    func doors(_ sockets: [String: Int32]) throws -> [Door] {
        settings.doors.map { door in
            let address: DoorAddress =
                if let descriptor = sockets["door-\(door.name)"] {
                    .descriptor(descriptor)
                } else {
                    switch door.listen {
                    case .tcp(let host, let port): .tcp(host: host, port: port)
                    case .unix(let path): .unix(path: path)
                    }
                }
            return Door(
                name: door.name, event: door.event, point: door.point, address: address,
                printer: door.printer, allows: { door.allow.contain($0) }, connections: door.connectionLimit,
                endAfterMilliseconds: door.endAfterMilliseconds, fileMode: door.socketMode)
        }
    }

    var checkIn: CheckIn {
        { [front, instruments, faults = DoorFaults(log)] scan, whenDone in
            front.checkIn(scan) { result in
                instruments.noteScan(result)
                if case .failure(let fault) = result { faults.note(fault) }
                whenDone(result)
            }
        }
    }

    func printWorker() throws -> PrintWorker {
        let printers = try settings.printers.map { printer in
            let output: Printer.Output =
                switch printer.destination {
                case .queue(let queue): .queue(queue)
                case .folder(let folder): .folder(try madeFolder(folder))
                }
            return Printer(name: printer.name, output: output) { [templates] in templates[printer.template] }
        }
        return PrintWorker(front, printers: printers, server: try settings.printServer(), log: log)
    }

    /// A socket that systemd passed and nothing here listens on would leave scanners without an answer.
    func warnOfUnknownSockets(_ sockets: [String: Int32]) {
        let known = Set(["http"] + settings.doors.map { "door-\($0.name)" })
        for name in sockets.keys.sorted() where !known.contains(name) {
            log.warning("A socket was passed that nothing is configured for", ["socket": name])
        }
    }

    private func madeFolder(_ folder: String) throws -> String {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw Failure("The printer's folder \(folder) can't be made. Name one that is yours to write to.")
        }
        return folder
    }

    /// Refuses to serve an event whose times would be told wrong.
    func checkTimeZones() async throws {
        let zones = try await front.unreadableTimeZones()
        guard zones.isEmpty else {
            throw Failure(
                "The time zone \(zones.joined(separator: ", ")) can't be read. Install Debian's package tzdata."
            )
        }
    }

    /// A door of an event that is not there yet opens all the same, since the event may be imported any time.
    func warnOfUnknownPoints() async throws {
        for door in settings.doors {
            let points = try await front.programme(event: door.event)?.points
            guard points?.contains(where: { $0.slug == door.point }) != true else { continue }
            log.warning(
                "A door has no such check-in point yet",
                ["door": door.name, "event": door.event, "point": door.point])
        }
    }
}

extension TemplateShelf {
    /// A badge for people to print themselves, drawn off Swift's own threads.
    fileprivate func ownBadge(of contents: BadgeContents) async throws -> [UInt8] {
        guard let template = self[Settings.Printer.defaultTemplate] else {
            throw Failure("There is no template “\(Settings.Printer.defaultTemplate)”.")
        }
        return try await Drawing.run { try template.pdf(of: BadgeFields(contents)) }
    }
}
