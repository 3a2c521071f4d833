internal import Glibc

extension Store {
    /// Copies the database as it is at one moment into a new file that this user alone may read, beside readers
    /// and the writer; false if there is such a file already. The copy appears under its name once all of it is
    /// on disk.
    public func backUp(to path: String) async throws -> Bool {
        // All of it blocks, so it is done on a reader's thread.
        try await read { try $0.backUp(to: path) }
    }
}

extension Snapshot {
    fileprivate func backUp(to path: String) throws -> Bool {
        guard access(path, F_OK) != 0 else { return false }
        let unfinished = try makeFile(beside: path)
        defer { unlink(unfinished) }
        // A copy is a statement of its own, outside the reader's transaction.
        try connection.execute("COMMIT")
        defer { try? connection.execute("BEGIN") }
        try connection.run("VACUUM INTO $1", .text(unfinished))
        // The name must not be seen before the content is safe, nor be lost after.
        try sync(unfinished, O_RDONLY)
        guard link(unfinished, path) == 0 else {
            guard errno == EEXIST else { throw StorageFault(errno: errno, action: "link") }
            return false
        }
        try sync(path.folder, O_RDONLY | O_DIRECTORY)
        return true
    }

    /// Makes an empty file, which SQLite takes for a new one, under a name that nobody has.
    private func makeFile(beside path: String) throws -> String {
        var template = Array((path + ".unfinished-XXXXXX").utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw StorageFault(errno: errno, action: "make the copy's file") }
        close(descriptor)
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private func sync(_ path: String, _ flags: Int32) throws {
        let descriptor = open(path, flags | O_CLOEXEC)
        guard descriptor >= 0 else { throw StorageFault(errno: errno, action: "sync") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw StorageFault(errno: errno, action: "sync") }
    }
}

extension String {
    fileprivate var folder: String {
        guard let slash = lastIndex(of: "/") else { return "." }
        return slash == startIndex ? "/" : String(self[..<slash])
    }
}
