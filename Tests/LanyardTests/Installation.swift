import FoundationEssentials
import TestPeers

/// The program as it was built with the tests, with a configuration and a database of its own.
final class Installation: Sendable {
    let folder: TemporaryFolder
    let httpPort: UInt16
    let doorPort: UInt16

    /// - Parameters:
    ///   - printers: what stands in the configuration for printers; the door prints on `desk`.
    ///   - mail: what stands below `[mail]`; nil for none.
    init(
        cupsServer: String = "", printers: String? = nil, mail: String? = nil, limits: String = ""
    ) async throws {
        folder = try TemporaryFolder()
        httpPort = try FreePort.find()
        doorPort = try FreePort.find()
        let badges = try folder.makeFolder("badges")
        let printers = printers ?? "[[printer]]\nname = \"desk\"\nfolder = \"\(badges)\""
        try folder.write(
            """
            [storage]
            url = "sqlite:\(folder.path("lanyard.db"))"
            [http]
            listen = "127.0.0.1:\(httpPort)"
            [printing]
            server = "\(cupsServer)"
            \(printers)
            [[door]]
            name = "north"
            listen = "127.0.0.1:\(doorPort)"
            event = "day"
            printer = "desk"
            \(mail.map { "[mail]\n\($0)" } ?? "")
            [limits]
            public_registrations_per_minute = 1000000
            http_connections_per_address = 1000
            \(limits)
            """, to: "lanyard.toml")
    }

    /// The built program, beside the bundle of the tests.
    static var program: String {
        get throws {
            let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            let arguments = CommandLine.arguments + [bundle]
            let candidates = arguments.flatMap { path in
                [folder(of: path), folder(of: folder(of: path))].map { $0 + "/lanyard" }
            }
            guard let found = candidates.first(where: FileManager.default.isExecutableFile) else {
                throw ProgramFailure.missing("lanyard", package: "none: build it with swift build")
            }
            return found
        }
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }

    /// Runs a verb on this installation to its end.
    @discardableResult
    func lanyard(_ arguments: String...) async throws -> String {
        try await Program.run(
            try Installation.program, arguments: arguments + ["--config", folder.path("lanyard.toml")])
    }

    /// Puts the sample day on a date in the past or future whose doors and registration are open now.
    func importDay(capacity: Int = 1_000, workshop: Int = 500) async throws {
        try folder.write(SampleDay.file(capacity: capacity, workshop: workshop), to: "day.toml")
        try await lanyard("event", "import", folder.path("day.toml"))
    }

    /// Starts the daemon and returns once it is ready.
    func serve(environment: [String: String] = [:]) async throws -> RunningProgram {
        let daemon = try RunningProgram(
            try Installation.program, arguments: ["serve", "--config", folder.path("lanyard.toml")],
            environment: environment)
        do {
            try await eventually("the daemon is ready", withinSeconds: 20) {
                if !daemon.isRunning { throw ProgramFailure.missing(daemon.errorOutput, package: "") }
                return daemon.errorOutput.contains("Ready")
            }
        } catch {
            await daemon.kill()
            throw error
        }
        return daemon
    }
}
