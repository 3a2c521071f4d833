import Glibc
import Synchronization

/// A program that runs beside the test: a daemon, a printer.
///
/// It ends when the last reference to this goes, when ``stop(withinSeconds:)`` is called, and, by the kernel's
/// hand, when the process of the tests itself ends, however that ends. What it started is killed when it has ended.
public final class RunningProgram: Sendable {
    public let name: String
    private let child: Child

    /// Starts it with the test's own environment and what is given added to it, and nothing on its standard
    /// input.
    public init(
        _ name: String, arguments: [String] = [], environment: [String: String] = [:], folder: String? = nil
    ) throws {
        self.name = name
        let command =
            [
                try Program.path(of: "setpriv"), "--pdeathsig", "KILL", "--",
                try Program.path(of: "env"), "--chdir=\(folder ?? ".")", try Program.path(of: name),
            ] + arguments
        child = Child(Spawning(command: command, environment: environment))
        if let number = try child.start() { throw ProgramFailure.notStarted(name, errno: number) }
    }

    deinit { child.signal(SIGKILL) }

    /// Nil once it has ended.
    public var processID: Int32? { child.state.withLock(\.processID) }
    public var isRunning: Bool { processID != nil }

    /// What it has written so far; what comes after the first 16 MiB is dropped.
    public var output: String { child.state.withLock { String(decoding: $0.output, as: UTF8.self) } }
    public var errorOutput: String {
        child.state.withLock { String(decoding: $0.errorOutput, as: UTF8.self) }
    }

    /// Sends a signal; nothing happens if the program has ended.
    public func send(signal: Int32) { child.signal(signal) }

    /// Waits for its end; past the deadline kills it and throws.
    @discardableResult
    public func exit(withinSeconds seconds: Double = 20) async throws -> Program.ExitStatus {
        do {
            return try await eventually("\(name) ends", withinSeconds: seconds) {
                child.state.withLock(\.status)
            }
        } catch is Overdue {
            child.signal(SIGKILL)
            throw ProgramFailure.late(name, seconds: seconds, output: errorOutput + output)
        }
    }

    /// Asks it to end (SIGTERM), waits, and past the deadline kills it. Returns when it has ended.
    public func stop(withinSeconds seconds: Double = 5) async {
        child.signal(SIGTERM)
        do {
            try await exit(withinSeconds: seconds)
        } catch {
            await kill()
        }
    }

    /// Kills it (SIGKILL) and returns when it has ended.
    public func kill() async {
        child.signal(SIGKILL)
        // The kernel ends it whatever it does, so this can't be late for long.
        while isRunning { try? await Task.sleep(for: .milliseconds(2)) }
    }

    /// Waits until the text has been written to standard output or error, past the deadline throws.
    public func wrote(_ text: String, withinSeconds seconds: Double = 10) async throws {
        try await eventually("\(name) writes “\(text)”", withinSeconds: seconds) {
            if output.contains(text) || errorOutput.contains(text) { return true }
            if !isRunning { throw ProgramFailure.late(name, seconds: 0, output: errorOutput + output) }
            return nil
        }
    }
}
