import Configuration
import Doors
import FoundationEssentials
import HTTPServer
import Operations
import Registration

/// The sample event on this machine, with everything it needs under one folder.
struct Demo {
    let settings: Settings
    private let folder: String
    private let event: EventFile

    /// What was found or made before the daemon runs.
    struct Prepared: Sendable {
        var signIns: [DemoSignIn]
        /// Of somebody to be let in at the door; nil where nobody is registered.
        var code: String?
    }

    init(folder: String, http: String, door: String) throws {
        self.folder = absolutePath(folder)
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw Failure("\(folder) can't be made. Name another folder with --state DIR.")
        }
        event = try EventFile(path: try SharedFiles.find("Config/events/active-connections-2024.toml"))
        var settings = Settings()
        settings.database = .sqlite(path: "\(self.folder)/lanyard.db")
        settings.printers = [Settings.Printer(name: "folder", destination: .folder("\(self.folder)/badges"))]
        settings.mail = Settings.Mail(
            outlet: .folder("\(self.folder)/letters"), senderName: event.title,
            senderAddress: "events@example.org")
        do {
            settings.http.listen = try Configuration.ListenAddress(http)
            settings.doors = [
                Settings.Door(
                    name: "north", listen: try Configuration.ListenAddress(door), event: event.slug,
                    printer: "folder",
                    allow: Settings.Door.loopback)
            ]
        } catch {
            throw UsageError("an address \(error)")
        }
        if case .tcp(let host, let port) = settings.http.listen, port > 0 {
            let address = Configuration.ListenAddress.tcp(host: OwnAddresses.openable(host), port: port)
            settings.http.publicURL = "http://\(address)"
        }
        self.settings = settings
    }

    /// Puts the event on tomorrow, with doors that opened half an hour ago, and adds staff and, the first time,
    /// attendees.
    func prepare(_ front: FrontOfHouse) async throws -> Prepared {
        let now = SystemClock.now()
        let today = event.zone.moment(milliseconds: now.rawValue).wallClock.day
        let plan = EventPlan(try event.moved(to: today.following), now: now)
        var moved = plan.event
        moved.doorsOpen = now.adding(seconds: -30 * 60)
        moved.registrationOpens = moved.doorsOpen
        let outcome = try await front.importEvent(
            moved, sessions: plan.sessions, questions: plan.questions)
        if case .refused(let refusals) = outcome {
            throw Failure(refusals.map(\.sentence).joined(separator: "\n"))
        }
        let people = DemoAttendees(front, event: event.slug)
        try await people.registerFirst()
        return Prepared(
            signIns: try await DemoSignIn.all(keptIn: passwordFile, front), code: try await people.nextCode())
    }

    /// Where to go and how to sign in.
    func welcome(_ daemon: Daemon, _ prepared: Prepared) -> String {
        let pages = daemon.pages.first.map { "http://\(openable($0))" } ?? ""
        let signIns = prepared.signIns.map { "    \($0.line)" }.joined(separator: "\n")
        return """

            The sample event is open:  \(pages)/e/\(event.slug)

              Register          \(pages)/e/\(event.slug)/register
              Reception desk    \(pages)/desk/\(event.slug)
              Live attendance   \(pages)/organise/\(event.slug)
              Badges            \(folder)/badges  (PDF files)
              Letters           \(folder)/letters  (what attendees would be sent, for a mail program to open)

              Sign in with one of these (kept in \(passwordFile)):
            \(signIns)

              Door “north”      \(daemon.doors.addresses.first.map(\.description) ?? "")  (a line with a code is a scan)
            \(scan(daemon, prepared.code))

              Other verbs       \(quoted(CommandLine.arguments[0])) event list --database \(quoted("sqlite:\(folder)/lanyard.db"))

            Ctrl-C ends it. Everything stays in \(folder) for the next time.
            """
    }

    /// How to let somebody in, as a line to copy.
    private func scan(_ daemon: Daemon, _ code: String?) -> String {
        guard let code else { return "    Nobody is registered yet: who registers sees their code." }
        switch daemon.doors.addresses.first {
        case .tcp(let host, let port):
            // The door lets this machine alone in.
            let host = OwnAddresses.isAll(host) ? OwnAddresses.loopback(host) : host
            return "    printf '%s\\n' \(code) | nc -q 1 \(host) \(port)"
        case .unix(let path): return "    printf '%s\\n' \(code) | nc -q 1 -U \(quoted(path))"
        case .descriptor, nil: return "    \(code)"
        }
    }

    private func openable(_ address: HTTPServer.ListenAddress) -> HTTPServer.ListenAddress {
        guard case .tcp(let host, let port) = address else { return address }
        return .tcp(host: OwnAddresses.openable(host), port: port)
    }

    /// As a shell takes it for one word.
    private func quoted(_ text: String) -> String {
        let isPlain = text.wholeMatch(of: /[A-Za-z0-9_.:\/-]+/) != nil
        return isPlain ? text : "'" + text.replacing("'", with: "'\\''") + "'"
    }

    private var passwordFile: String { "\(folder)/sign-in.txt" }
}
