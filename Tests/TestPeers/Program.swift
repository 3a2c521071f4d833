/// Runs programs that tests look at the world with: `pdfinfo`, `zbarimg`, `lpadmin`…
public enum Program {
    /// How a program ended and what it wrote, both as UTF-8 with what is none of it replaced.
    public struct Outcome: Sendable {
        public var status: ExitStatus
        public var output: String
        public var errorOutput: String
    }

    public enum ExitStatus: Hashable, Sendable {
        case exited(Int32)
        case signalled(Int32)
    }

    /// Runs a program to its end and returns what it wrote on its standard output.
    ///
    /// Throws ``ProgramFailure`` if it is not installed, ends with another status than 0, or is not done
    /// within `seconds`, after which it is killed.
    @discardableResult
    public static func run(
        _ name: String, arguments: [String] = [], environment: [String: String] = [:],
        folder: String? = nil, withinSeconds seconds: Double = 20
    ) async throws -> String {
        let outcome = try await outcome(
            of: name, arguments: arguments, environment: environment, folder: folder,
            withinSeconds: seconds)
        guard outcome.status == .exited(0) else { throw ProgramFailure.failed(name, outcome) }
        return outcome.output
    }

    /// The same for whoever wants to look at the status: throws only if the program can't be run or is late.
    public static func outcome(
        of name: String, arguments: [String] = [], environment: [String: String] = [:],
        folder: String? = nil, withinSeconds seconds: Double = 20
    ) async throws -> Outcome {
        let program = try RunningProgram(
            name, arguments: arguments, environment: environment, folder: folder)
        let status = try await program.exit(withinSeconds: seconds)
        return Outcome(status: status, output: program.output, errorOutput: program.errorOutput)
    }
}

/// Why a program that a test needs did not do its work.
public enum ProgramFailure: Error, CustomStringConvertible {
    case missing(String, package: String)
    case notStarted(String, errno: Int32)
    case failed(String, Program.Outcome)
    case late(String, seconds: Double, output: String)

    public var description: String {
        switch self {
        case .missing(let name, let package):
            "\(name) is not installed: apt-get install \(package)"
        case .notStarted(let name, let errno):
            "\(name) could not be started: error \(errno)"
        case .failed(let name, let outcome):
            "\(name) ended with \(outcome.status): \(outcome.errorOutput)\(outcome.output)"
        case .late(let name, let seconds, let output):
            "\(name) was not done within \(seconds) s: \(output)"
        }
    }
}
