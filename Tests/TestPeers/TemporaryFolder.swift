import FoundationEssentials
import Glibc
import Synchronization

/// A folder of a test's own under `/tmp`, gone with everything in it when the last reference goes.
///
/// Its path is short enough for Unix sockets in it. Others may look into it, as daemons that give up root must.
public final class TemporaryFolder: Sendable {
    public let path: String

    public init() throws {
        var template = Array("/tmp/lanyard-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else {
            throw ProgramFailure.notStarted("mkdtemp", errno: errno)
        }
        path = String(cString: made)
        chmod(path, 0o755)
        _ = TemporaryFolder.sweep
        TemporaryFolder.paths.withLock { _ = $0.insert(path) }
    }

    deinit {
        // What is left is only rubbish in /tmp, and a failing deinit has nobody to tell.
        try? FileManager.default.removeItem(atPath: path)
        TemporaryFolder.paths.withLock { _ = $0.remove(path) }
    }

    private static let paths = Mutex<Set<String>>([])

    /// Removes, when the tests end, what something that lives as long as they do still holds.
    private static let sweep: Void = {
        atexit {
            for path in TemporaryFolder.paths.withLock({ $0 }) {
                try? FileManager.default.removeItem(atPath: path)
            }
        }
    }()

    /// The path of something in the folder.
    public func path(_ name: String) -> String { "\(path)/\(name)" }

    /// Makes a folder in it and returns its path.
    @discardableResult
    public func makeFolder(_ name: String) throws -> String {
        try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
        return path(name)
    }

    /// Writes a file in it and returns its path.
    @discardableResult
    public func write(_ text: String, to name: String, isExecutable: Bool = false) throws -> String {
        try text.write(toFile: path(name), atomically: true, encoding: .utf8)
        chmod(path(name), isExecutable ? 0o755 : 0o644)
        return path(name)
    }

    /// The text of a file in it.
    public func text(of name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path(name))), as: UTF8.self)
    }

    public func contains(_ name: String) -> Bool { access(path(name), F_OK) == 0 }

    /// The names of what is in it, or in a folder of it, sorted.
    public func names(in name: String = ".") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path(name)).sorted()
    }

    public func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: path(name))
    }
}
