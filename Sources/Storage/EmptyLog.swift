extension Store {
    /// Copies all of the write-ahead log into the database file and cuts it to nothing, so that nothing that was
    /// deleted is left in it. Throws where somebody reads for longer than all writes may wait.
    ///
    /// What was copied elsewhere before, and what a disk keeps of blocks that a file gave back, is beyond it.
    public func emptyLog() async throws {
        // All of it blocks, so it is done on a reader's thread.
        try await read { [path] in try $0.emptyLog(path, writingAnew: false) }
    }
}

extension Snapshot {
    func emptyLog(_ path: String, writingAnew: Bool) throws {
        // The log can't be cut while this reader's own transaction looks into it.
        try connection.execute("COMMIT")
        defer { try? connection.execute("BEGIN") }
        let emptying = try Connection(path: path, mode: .readWrite)
        defer { emptying.close() }
        try emptying.execute("PRAGMA synchronous = FULL")
        // "Running VACUUM will clean the database of all traces of deleted content" (sqlite.org/lang_vacuum.html).
        if writingAnew { try emptying.execute("VACUUM") }
        try emptying.emptyLog()
    }
}
