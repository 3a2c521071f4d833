import FoundationEssentials
import Glibc

/// A PostgreSQL server of the test's own, reached by a socket in its folder alone. The system's is never touched.
///
/// It ends with the last reference to it.
public final class PrivatePostgreSQL: Sendable {
    public let folder: TemporaryFolder
    private let server: RunningProgram
    private static let user = "lanyard"

    /// Makes an empty database and returns when it answers.
    public init() async throws {
        folder = try TemporaryFolder()
        let home = try folder.makeFolder("home")
        if getuid() == 0, let owner = getpwnam("postgres") {
            chown(home, owner.pointee.pw_uid, owner.pointee.pw_gid)
        }
        let programs = try PrivatePostgreSQL.programs
        try await Program.run(
            "setpriv",
            arguments: PrivatePostgreSQL.asItself + [
                "\(programs)/initdb", "--pgdata=\(home)/data", "--username=\(PrivatePostgreSQL.user)",
                "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync",
            ], folder: home, withinSeconds: 40)
        server = try RunningProgram(
            "setpriv",
            arguments: PrivatePostgreSQL.asItself + [
                "\(programs)/postgres", "-D", "\(home)/data", "-k", home, "-c", "listen_addresses=", "-c",
                "fsync=off",
            ], folder: home)
        try await server.wrote("ready to accept connections", withinSeconds: 20)
    }

    /// Carries out statements one after the other, and returns what it said of those that it refused.
    public func complaints(about script: String) async throws -> String {
        let file = try folder.write(script, to: "script.sql")
        return try await Program.outcome(
            of: "psql",
            arguments: [
                "-X", "-q", "-h", folder.path("home"), "-U", PrivatePostgreSQL.user, "-d", "postgres", "-f",
                file,
            ]
        ).errorOutput
    }

    /// PostgreSQL does not run as root, and gives up with whoever started it only if told so after the change.
    private static var asItself: [String] {
        let change = getuid() == 0 ? ["--reuid=postgres", "--regid=postgres", "--clear-groups"] : []
        return change + ["--pdeathsig", "KILL", "--"]
    }

    /// Where Debian keeps the newest version's programs, of which only `psql` is on the path.
    private static var programs: String {
        get throws {
            let all = "/usr/lib/postgresql"
            let versions = (try? FileManager.default.contentsOfDirectory(atPath: all)) ?? []
            guard let newest = versions.compactMap({ Int($0) }).max() else {
                throw ProgramFailure.missing("initdb", package: "postgresql")
            }
            return "\(all)/\(newest)/bin"
        }
    }
}
