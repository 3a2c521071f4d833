import FoundationEssentials
import Glibc
public import Testing

/// Gives a test a disk that is soon full: a tmpfs, in name spaces of its own, as any account may have them and
/// not root alone.
///
/// A process with threads can't enter a name space of users, so the test runs once more in a process of its own
/// that begins in it, and the first process tells how that went.
public struct SmallDisk: TestTrait, TestScoping {
    let kibibytes: Int

    /// Names a folder: in it the disk is mounted, and the test that has it notes there that it ran.
    private static let variable = "LANYARD_SMALL_DISK"

    /// Where the disk is, for a test with this trait.
    public static var path: String {
        get throws {
            guard let folder = getenv(variable) else {
                throw SmallDiskFailure(what: "a test without the trait .smallDisk asked for its disk")
            }
            return String(cString: folder) + "/disk"
        }
    }

    public func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        if getenv(SmallDisk.variable) != nil {
            try "".write(toFile: SmallDisk.path + "/../ran", atomically: false, encoding: .utf8)
            try await function()
        } else {
            try await runInside(test)
        }
    }

    private func runInside(_ test: Test) async throws {
        let folder = try TemporaryFolder()
        try folder.makeFolder("disk")
        let here = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let script = """
            "$0" -t tmpfs -o size=\(kibibytes)k tmpfs "\(folder.path("disk"))" && exec "$@"
            """
        let location = test.sourceLocation
        let outcome = try await Program.outcome(
            of: "unshare",
            arguments: (getuid() == 0 ? [] : ["--map-root-user"]) + [
                "--mount", "sh", "-c", script, try Program.path(of: "mount"), here, "--testing-library",
                "swift-testing", "--filter", "\(location.fileName):\(location.line):",
            ], environment: [SmallDisk.variable: folder.path], withinSeconds: 50)
        let written = outcome.errorOutput + outcome.output
        guard folder.contains("ran") else {
            throw SmallDiskFailure(
                what: """
                    this account can't make a small disk. Either let accounts have name spaces of users (sysctl \
                    user.max_user_namespaces and kernel.unprivileged_userns_clone, or the container's seccomp \
                    profile) or run the tests as root: \(written)
                    """)
        }
        guard outcome.status == .exited(0) else {
            throw SmallDiskFailure(
                what: "on the small disk the test ended with \(outcome.status): \(written)")
        }
    }
}

struct SmallDiskFailure: Error, CustomStringConvertible {
    var what: String
    var description: String { what }
}

extension Trait where Self == SmallDisk {
    /// A disk of this size is at `SmallDisk.path`.
    public static func smallDisk(kibibytes: Int) -> Self { Self(kibibytes: kibibytes) }
}
