extension Reading {
    /// How large the database's file is, without its log.
    public func fileBytes() throws -> Int {
        try connection.first("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") {
            $0.count(0)
        } ?? 0
    }
}

extension Store {
    /// Writes the whole file anew and empties the log, so that neither has anything left of what was deleted or
    /// changed before, not in unused parts of pages either. Everybody else's writes wait meanwhile.
    ///
    /// What was copied elsewhere before, and what a disk keeps of blocks that a file gave back, is beyond it.
    public func writeAnew() async throws {
        // All of it blocks, so it is done on a reader's thread.
        try await read { [path] in try $0.emptyLog(path, writingAnew: true) }
    }
}
