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

    /// Writes a file in it, all at once for whoever reads it, and returns its path.
    ///
    /// Programs that other tests start at that moment don't keep the file open for writing once they run, as with
    /// Foundation's own way: the kernel refuses to run such a file (execve(2), ETXTBSY).
    @discardableResult
    public func write(_ text: String, to name: String, isExecutable: Bool = false) throws -> String {
        let unfinished = path("\(name).unfinished")
        let handle = open(unfinished, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard handle >= 0 else { throw ProgramFailure.notStarted("writing \(unfinished)", errno: errno) }
        defer { close(handle) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(handle, $0.baseAddress, $0.count) }
            guard count > 0 else { throw ProgramFailure.notStarted("writing \(unfinished)", errno: errno) }
            rest = rest.dropFirst(count)
        }
        fchmod(handle, isExecutable ? 0o755 : 0o644)
        guard rename(unfinished, path(name)) == 0 else {
            throw ProgramFailure.notStarted("writing \(name)", errno: errno)
        }
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
