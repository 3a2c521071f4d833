public import Storage

/// How going back to a copy ended.
public typealias RestoreOutcome = Storage.RestoreOutcome

extension FrontOfHouse {
    /// Puts a copy in the place of a database that nobody has open, and keeps what was there under another name.
    /// Blocks its thread.
    public static func restore(database path: String, from copy: String) throws -> RestoreOutcome {
        try Store.restore(database: path, from: copy)
    }
}
