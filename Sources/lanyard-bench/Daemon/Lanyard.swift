import Glibc

/// An installation of its own in a new folder: configuration, event, token and, while it runs, the daemon.
final class Lanyard {
    let folder: String
    let program: String
    let port: UInt16
    let doorPorts: [UInt16]
    /// An admin's.
    private(set) var token = ""
    private var daemon: ChildProcess?

    /// - Parameter writesLetters: whether attendees get letters, which are written to a folder.
    init(below parent: String, program: String, writesLetters: Bool = false) throws {
        self.program = program
        folder = try makeFolder(below: parent)
        Leftovers.note(folder: folder)
        let ports = try freePorts(BenchEvent.doors + 1)
        port = ports[0]
        doorPorts = Array(ports.dropFirst())
        let mail = "[mail]\nfrom = \"bench@example.org\"\nfolder = \"\(folder)/letters\"\n"
        try writeFile(
            "\(folder)/lanyard.toml",
            Lanyard.configuration(folder, port, doorPorts) + (writesLetters ? mail : ""))
        try writeFile("\(folder)/event.toml", BenchEvent.file)
        try run("event", "import", "\(folder)/event.toml")
        token = try run("token", "create", "--role", "admin").trimmingLineEnd
    }

    deinit {
        daemon?.stop()
        removeFolder(folder)
    }

    var process: ChildProcess {
        get throws {
            guard let daemon else { throw Failure("the daemon does not run") }
            return daemon
        }
    }

    var database: String { "\(folder)/lanyard.db" }
    private var log: String { "\(folder)/log.txt" }

    /// Starts the daemon and answers how long it took until it was ready, in seconds.
    @discardableResult
    func start() throws -> Double {
        let began = now()
        let daemon = try ChildProcess(
            [program, "serve", "--config", "\(folder)/lanyard.toml"], output: log)
        self.daemon = daemon
        while now() - began < 20 {
            if isTaken(port),
                try HTTPLoad.ask(port, "GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", { $0.status })
                    == 200
            {
                return now() - began
            }
            if daemon.hasEnded { break }
            usleep(500)
        }
        throw Failure("the daemon did not become ready. Its log:\n\(try readFile(log))")
    }

    /// Stops the daemon as its operator would.
    func stop() throws {
        guard let status = daemon?.stop() else { return }
        daemon = nil
        guard status == 0 else {
            throw Failure("the daemon ended with \(status). Its log:\n\(try readFile(log))")
        }
    }

    /// Runs a verb of `lanyard` to its end and answers what it said.
    @discardableResult
    func run(_ verb: String...) throws -> String {
        let output = "\(folder)/verb.txt"
        unlink(output)
        let status = try ChildProcess(
            [program] + verb + ["--config", "\(folder)/lanyard.toml"], output: output
        ).wait()
        let said = try readFile(output)
        guard status == 0 else { throw Failure("lanyard \(verb.joined(separator: " ")) failed: \(said)") }
        return said
    }
}

extension Lanyard {
    /// Everything arrives from one address here, so the limits that keep one address modest are out of the way.
    private static func configuration(_ folder: String, _ port: UInt16, _ doors: [UInt16]) -> String {
        let blocks = zip(doors, BenchEvent.points).map { port, point in
            """

            [[door]]
            name = "\(point)"
            listen = "127.0.0.1:\(port)"
            event = "\(BenchEvent.slug)"
            point = "\(point)"

            """
        }
        return """
            [storage]
            url = "sqlite:\(folder)/lanyard.db"
            [http]
            listen = "127.0.0.1:\(port)"
            [log]
            level = "warning"
            [[printer]]
            name = "folder"
            folder = "\(folder)/badges"
            [limits]
            http_connections_per_address = 4096
            public_registrations_per_minute = 1000000

            """ + blocks.joined()
    }
}
