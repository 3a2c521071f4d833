import Glibc
import Synchronization

/// A CUPS server of the test's own: its own folders, port and socket. The system's is never touched.
///
/// It allows everything to everybody. It ends with the last reference to it.
public final class PrivateCUPS: Sendable {
    /// What the tests set differently.
    public struct Settings: Sendable {
        /// Whether finished jobs can still be asked for, as by default.
        public var keepsHistory = true
        /// How soon a job of a queue with the policy `retry-job` is tried again; CUPS's own default is 30.
        public var retrySeconds = 1
        /// How long after a job was created its document may come; CUPS's own default is 300.
        public var documentSeconds = 300

        public init() {}
    }

    public let port: UInt16
    public let folder: TemporaryFolder
    private let daemon = Held<RunningProgram>()
    private let printers = Mutex<[VirtualIPPPrinter]>([])

    /// What `CUPS_SERVER` and `[printing] server` take.
    public var server: String { "127.0.0.1:\(port)" }
    public var socketPath: String { folder.path("cups.sock") }

    /// Starts it and returns when it answers.
    public init(_ settings: Settings = Settings()) async throws {
        port = try FreePort.find()
        folder = try TemporaryFolder()
        for name in ["spool", "tmp", "cache", "state", "ppd"] {
            let path = try folder.makeFolder(name)
            if let printing = getpwnam("lp"), getuid() == 0 {
                chown(path, printing.pointee.pw_uid, printing.pointee.pw_gid)
            }
        }
        try folder.write(filesConfiguration, to: "cups-files.conf")
        try folder.write(configuration(settings), to: "cupsd.conf")
        try await start()
    }

    /// Starts it again after ``stop()`` or ``kill()``; what was in its queues is there again.
    public func start() async throws {
        let program = try RunningProgram(
            "cupsd", arguments: ["-f", "-c", folder.path("cupsd.conf"), "-s", folder.path("cups-files.conf")])
        daemon.set(program)
        try await eventually("cupsd listens") {
            if !program.isRunning {
                throw ProgramFailure.late("cupsd", seconds: 0, output: program.errorOutput + log)
            }
            return FreePort.isTaken(port)
        }
    }

    /// Ends it as an administrator would; returns when it has ended.
    public func stop() async { await daemon.value?.stop() }

    /// Ends it as a power cut would.
    public func kill() async { await daemon.value?.kill() }

    /// Lets it hang: connections are taken, nothing is answered until ``thaw()``.
    public func freeze() { daemon.value?.send(signal: SIGSTOP) }
    public func thaw() { daemon.value?.send(signal: SIGCONT) }

    /// Whether somebody is connected to its port, hanging or not.
    public func hasVisitor() async throws -> Bool {
        // proc(5): local and remote address in hexadecimal, then the state, of which 01 is established.
        let digits = String(port, radix: 16, uppercase: true)
        let remote = "0100007F:\(String(repeating: "0", count: 4 - digits.count))\(digits) 01 "
        return try await Program.run("cat", arguments: ["/proc/net/tcp"]).contains(remote)
    }

    public func restart() async throws {
        await stop()
        try await start()
    }

    /// What it logged, for the words of a failing test.
    public var log: String { (try? folder.text(of: "error_log")) ?? "" }

    /// The last that it and the printers behind its queues logged, for the words of a failing test.
    public var story: String {
        let logs = [("cupsd", log)] + printers.withLock { $0 }.map { ($0.name, $0.log) }
        return logs.map { "\($0):\n" + $1.split(separator: "\n").suffix(400).joined(separator: "\n") }
            .joined(separator: "\n")
    }

    /// Has a printer's log told in ``story``.
    func note(_ printer: VirtualIPPPrinter) { printers.withLock { $0.append(printer) } }

    /// Runs one of CUPS's own commands against this server.
    @discardableResult
    public func run(_ name: String, _ arguments: String...) async throws -> String {
        try await Program.run(name, arguments: arguments, environment: ["CUPS_SERVER": server])
    }

    private var filesConfiguration: String {
        let path = folder.path
        let owner = getuid() == 0 ? "User lp\nGroup lp\nSystemGroup root\n" : ""
        return owner + """
            ServerRoot \(path)
            RequestRoot \(path)/spool
            TempDir \(path)/tmp
            CacheDir \(path)/cache
            StateDir \(path)/state
            AccessLog \(path)/access_log
            ErrorLog \(path)/error_log
            PageLog \(path)/page_log
            Printcap

            """
    }

    private func configuration(_ settings: Settings) -> String {
        """
        LogLevel debug
        Listen 127.0.0.1:\(port)
        Listen \(socketPath)
        Browsing Off
        WebInterface No
        DefaultAuthType None
        IdleExitTimeout 0
        MaxLogSize 0
        PreserveJobHistory \(settings.keepsHistory ? "Yes" : "No")
        JobRetryInterval \(settings.retrySeconds)
        MultipleOperationTimeout \(settings.documentSeconds)
        <Location />
          Order allow,deny
          Allow all
        </Location>
        <Policy default>
          <Limit All>
            Order deny,allow
          </Limit>
        </Policy>

        """
    }
}
