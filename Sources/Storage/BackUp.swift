internal import Glibc

extension Store {
    /// Copies the database as it is at one moment into a new file that this user alone may read, beside readers
    /// and the writer; false if there is such a file already. The copy appears under its name once all of it is
    /// on disk.
    ///
    /// - Throws: `UnusableFolder` where the file would stand in a folder that isn't there or isn't this user's to write
    ///   to, or `StorageFault`.
    public func backUp(to path: String) async throws -> Bool {
        // All of it blocks, so it is done on a reader's thread.
        try await read { try $0.backUp(to: path) }
    }
}

extension Snapshot {
    fileprivate func backUp(to path: String) throws -> Bool {
        guard access(path, F_OK) != 0 else { return false }
        let folder = DurableFiles.folder(of: path)
        if access(folder + "/", F_OK) != 0, errno == ENOENT || errno == ENOTDIR {
            throw UnusableFolder(path: folder, isMissing: true)
        }
        if access(folder, W_OK) != 0, errno == EACCES || errno == EROFS {
            throw UnusableFolder(path: folder, isMissing: false)
        }
        let unfinished = try DurableFiles.make(beside: path)
        defer { unlink(unfinished) }
        // A copy is a statement of its own, outside the reader's transaction.
        try connection.execute("COMMIT")
        defer { try? connection.execute("BEGIN") }
        try connection.copy(into: unfinished)
        guard link(unfinished, path) == 0 else {
            guard errno == EEXIST else { throw StorageFault(errno: errno, action: "link") }
            return false
        }
        try DurableFiles.syncFolder(of: path)
        return true
    }
}

extension Connection {
    /// Copies the whole database into an empty file, and returns once that is on disk.
    func copy(into path: String) throws {
        try run("VACUUM INTO $1", .text(path))
        // A name must not be given to it before the content is safe.
        try DurableFiles.sync(file: path)
    }
}

/// A folder that a file can't be written into.
public struct UnusableFolder: Error, Hashable, Sendable, CustomStringConvertible {
    public let path: String
    /// Otherwise it is there, and not this user's to write to.
    public let isMissing: Bool

    public var description: String {
        isMissing
            ? "There is no folder \(path). Make it, or name a file in another one."
            : "The folder \(path) is not yours to write to. Name a file in another one."
    }
}
