/// Brings a database file to the tables that this program knows.
enum Migration {
    /// What a Lanyard database calls itself (`PRAGMA application_id`): "LANY".
    static let applicationID = 0x4C41_4E59
    /// Pages of 1 KiB: a registration changes a few small places, and each changed page goes to the log whole.
    static let pageBytes = 1_024

    /// The migrations, the first of which makes an empty file a database. Only ever append.
    static let all: [String] = [Schema.first]

    static func bringUpToDate(path: String) throws {
        let connection = try Connection(path: path, mode: .create)
        let version = try number(of: "PRAGMA user_version", connection)
        let application = try number(of: "PRAGMA application_id", connection)
        let isEmpty = try number(of: "SELECT count(*) FROM sqlite_schema", connection) == 0
        guard isEmpty || application == applicationID else { throw UnusableDatabase.notOurs(path: path) }
        guard version <= all.count else {
            throw UnusableDatabase.newer(path: path, version: version, known: all.count)
        }
        if isEmpty {
            try connection.execute("PRAGMA page_size = \(pageBytes); PRAGMA auto_vacuum = NONE;")
        }
        try connection.execute(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")
        guard version < all.count else { return }
        try connection.execute("BEGIN IMMEDIATE")
        // Another process may have migrated it while this one waited.
        let reached = try number(of: "PRAGMA user_version", connection)
        for statements in all.dropFirst(reached) { try connection.execute(statements) }
        try connection.makeKeys()
        try connection.execute(
            "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(all.count); COMMIT;")
    }

    private static func number(of sql: StaticString, _ connection: Connection) throws -> Int {
        try connection.first(sql) { $0.count(0) } ?? 0
    }
}

/// A file that is left as it is, since this program can't keep its data in it.
public enum UnusableDatabase: Error, Hashable, Sendable {
    /// It was made by a later version of Lanyard.
    case newer(path: String, version: Int, known: Int)
    /// It is some other program's database.
    case notOurs(path: String)
}
