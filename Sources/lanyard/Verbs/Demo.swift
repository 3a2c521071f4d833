import Configuration
import Doors
import FoundationEssentials
import Log
import Operations
import Registration

extension Verb {
    static let demo = Verb(
        "demo", "Runs the sample event, moved to tomorrow with its doors open, to try everything.",
        options: [
            Option(name: "state", value: "DIR", help: "where it keeps everything; .lanyard if not given"),
            Option(
                name: "http", value: "HOST:PORT", help: "where the pages are; 127.0.0.1:8080 if not given"),
            Option(name: "door", value: "HOST:PORT", help: "where the door is; 127.0.0.1:4001 if not given"),
        ]
    ) { options in
        let demo = try Demo(
            folder: options["state"] ?? ".lanyard", http: options["http"] ?? "127.0.0.1:8080",
            door: options["door"] ?? "127.0.0.1:4001")
        try await demo.settings.withFrontOfHouse(creates: true) { try await demo.prepare($0) }
        try await Daemon.run(demo.settings, log: Logger()) { daemon in
            Console.tell(try demo.welcome(daemon))
        }
    }
}

/// The sample event on this machine, with everything it needs under one folder.
struct Demo {
    let settings: Settings
    private let folder: String
    private let event: EventFile

    init(folder: String, http: String, door: String) throws {
        self.folder = folder
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw Failure("\(folder) can't be made. Name another folder with --state DIR.")
        }
        event = try EventFile(path: try SharedFiles.find("Config/events/active-connections-2024.toml"))
        var settings = Settings()
        settings.database = .sqlite(path: "\(folder)/lanyard.db")
        settings.printers = [Settings.Printer(name: "folder", destination: .folder("\(folder)/badges"))]
        settings.mail = Settings.Mail(
            outlet: .folder("\(folder)/letters"), senderName: event.title, senderAddress: "events@example.org"
        )
        do {
            settings.http.listen = try ListenAddress(http)
            settings.doors = [
                Settings.Door(
                    name: "north", listen: try ListenAddress(door), event: event.slug, printer: "folder",
                    allow: Settings.Door.loopback)
            ]
        } catch {
            throw UsageError("an address \(error)")
        }
        self.settings = settings
    }

    /// Puts the event on tomorrow, with doors that opened half an hour ago, and adds the staff.
    func prepare(_ front: FrontOfHouse) async throws {
        let now = SystemClock.now()
        let today = event.zone.moment(milliseconds: now.rawValue).wallClock.day
        let plan = EventPlan(try event.moved(to: today.following), now: now)
        var moved = plan.event
        moved.doorsOpen = now.adding(seconds: -30 * 60)
        moved.registrationOpens = moved.doorsOpen
        if case .refused(let refusals) = try await front.importEvent(moved, sessions: plan.sessions) {
            throw Failure(refusals.map(\.sentence).joined(separator: "\n"))
        }
        guard !FileManager.default.fileExists(atPath: passwordFile) else { return }
        var lines: [String] = []
        for (email, role) in [("desk@example.org", Role.reception), ("organiser@example.org", .organiser)] {
            guard case .added(let member, let password) = try await front.addStaff(email, role: role) else {
                continue
            }
            lines.append("\(role.rawValue)  \(member.email)  \(password)")
        }
        let text = Data((lines.joined(separator: "\n") + "\n").utf8)
        guard
            FileManager.default.createFile(
                atPath: passwordFile, contents: text, attributes: [.posixPermissions: 0o600])
        else { throw Failure("\(passwordFile) can't be written.") }
    }

    /// Where to go and how to sign in.
    func welcome(_ daemon: Daemon) throws -> String {
        let pages = daemon.pages.first.map { "http://\($0)" } ?? ""
        let door = daemon.doors.addresses.first.map(\.description) ?? ""
        let staff = String(decoding: try Data(contentsOf: URL(filePath: passwordFile)), as: UTF8.self)
            .split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
        return """

            The sample event is open:  \(pages)/e/\(event.slug)

              Register          \(pages)/e/\(event.slug)/register
              Reception desk    \(pages)/desk/\(event.slug)
              Live attendance   \(pages)/organise/\(event.slug)
              Door “north”      \(door)  (a line with a code is a scan; try it with nc)
              Badges            \(folder)/badges  (PDF files)
              Letters           \(folder)/letters  (what attendees would be sent, for a mail program to open)

              Sign in with one of these (kept in \(passwordFile)):
            \(staff)

            Ctrl-C ends it. Everything stays in \(folder) for the next time.
            """
    }

    private var passwordFile: String { "\(folder)/sign-in.txt" }
}
