internal import Glibc

/// Brings a database file to the tables that this program knows.
enum Migration {
    /// What a Lanyard database calls itself (`PRAGMA application_id`): "LANY".
    static let applicationID = 0x4C41_4E59
    /// Pages of 1 KiB: a registration changes a few small places, and each changed page goes to the log whole.
    static let pageBytes = 1_024

    /// The migrations, the first of which makes an empty file a database. Only ever append.
    static let all: [String] = [
        Schema.first, Schema.letters, Schema.changes, Schema.afterTheDay, Schema.printing, Schema.scanIDs,
        Schema.staffAddresses, Schema.waitingOrder, Schema.consents, Schema.mailings, Schema.repeatedScans,
        Schema.erasing, Schema.cancelledAddresses, Schema.addressLetters, Schema.eventCapacity,
        Schema.programmeLetters,
    ]

    /// - Parameter creates: whether a file that isn't there, or is empty, becomes a database.
    static func bringUpToDate(path: String, creates: Bool) throws {
        do {
            try lookAtFile(path, creates: creates)
            try look(at: path)
            try migrate(path, creates: creates)
        } catch let fault as StorageFault {
            throw UnusableDatabase(path: path, fault) ?? fault
        }
    }

    private static func lookAtFile(_ path: String, creates: Bool) throws {
        var file = stat()
        if stat(path, &file) == 0 {
            // SQLite takes a file of one byte for an empty one, and would write over it.
            if file.st_size == 1 { throw UnusableDatabase.notADatabase(path: path) }
        } else if !creates, errno == ENOENT || errno == ENOTDIR {
            throw UnusableDatabase.missing(path: path)
        }
    }

    /// Refuses what is to be refused through a connection that can't write: one that can would copy the log of
    /// a crashed program into the file as it closes.
    private static func look(at path: String) throws {
        do {
            let connection = try Connection(path: path, mode: .readOnly)
            _ = try FoundDatabase(connection, path: path)
        } catch let fault as StorageFault where fault.isOfOpening || fault.isReadOnly {
            // There is none yet, or one that must be written to before it can be read.
        }
    }

    private static func migrate(_ path: String, creates: Bool) throws {
        let connection = try Connection(path: path, mode: creates ? .create : .readWrite)
        let found = try FoundDatabase(connection, path: path)
        if found.isEmpty {
            guard creates else { throw UnusableDatabase.missing(path: path) }
            try connection.execute("PRAGMA page_size = \(pageBytes); PRAGMA auto_vacuum = NONE;")
        }
        try connection.useWriteAheadLog()
        try connection.execute(
            "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;")
        guard found.version < all.count else { return }
        try connection.execute("BEGIN IMMEDIATE")
        // Another process may have migrated it while this one waited.
        let reached = try FoundDatabase(connection, path: path).version
        for statements in all.dropFirst(reached) { try connection.execute(statements) }
        try connection.makeKeys()
        try connection.execute(
            "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(all.count); COMMIT;")
    }
}

/// What a file holds that may become or is a database of ours.
struct FoundDatabase {
    let version: Int
    let isEmpty: Bool

    /// Throws `UnusableDatabase` where it is neither. One statement reads all, so that it can't be half of what
    /// another process is making.
    init(_ connection: Connection, path: String) throws {
        let found = try connection.first(
            """
            SELECT (SELECT user_version FROM pragma_user_version),
                (SELECT application_id FROM pragma_application_id), (SELECT count(*) FROM sqlite_schema)
            """
        ) { ($0.count(0), $0.count(1), $0.count(2)) }
        let (version, application, tables) = found ?? (0, 0, 0)
        self.version = version
        isEmpty = tables == 0
        guard application == Migration.applicationID || (isEmpty && application == 0) else {
            throw UnusableDatabase.notOurs(path: path)
        }
        guard version <= Migration.all.count else {
            throw UnusableDatabase.newer(path: path, version: version, known: Migration.all.count)
        }
    }
}

/// A file that is left as it is, since this program can't keep its data in it.
public enum UnusableDatabase: Error, Hashable, Sendable {
    /// It was made by a later version of Lanyard.
    case newer(path: String, version: Int, known: Int)
    /// It is some other program's database.
    case notOurs(path: String)
    /// It is a file of another kind.
    case notADatabase(path: String)
    /// There is none, and none was to be made.
    case missing(path: String)
    /// There is none and none can be made, or this process may not read it.
    case notOpened(path: String)
    /// This process may read it and not write.
    case notWritable(path: String)
    /// What is in it does not hold together.
    case damaged(path: String)

    var isNewer: Bool {
        if case .newer = self { true } else { false }
    }
}

extension UnusableDatabase {
    /// What a fault of opening means for the operator; nil where it is another kind of fault.
    init?(path: String, _ fault: StorageFault) {
        if fault.isNotADatabase {
            self = .notADatabase(path: path)
        } else if fault.isDamage {
            self = .damaged(path: path)
        } else if fault.isOfOpening {
            self = .notOpened(path: path)
        } else if fault.isReadOnly {
            self = .notWritable(path: path)
        } else {
            return nil
        }
    }
}

extension UnusableDatabase: CustomStringConvertible {
    /// What is wrong and what to do about it.
    public var description: String {
        switch self {
        case .newer(let path, let version, let known):
            "\(path) was made by a later version of Lanyard (tables \(version), known here up to \(known))."
                + " It was left as it is. Install that version."
        case .notOurs(let path):
            "\(path) is another program's database. It was left as it is. Name another file."
        case .notADatabase(let path):
            "\(path) is not a database. Name another file, or move this one away. If it was Lanyard's, lanyard restore"
                + " FILE goes back to a copy."
        case .missing(let path):
            "There is no database \(path). Name the right one, or make it with lanyard event import."
        case .notOpened(let path):
            "\(path) can't be opened or made. Make its folder, and let this user read and write there."
        case .notWritable(let path):
            "\(path) can't be written to. Let this user write to it and to its folder."
        case .damaged(let path):
            "\(path) is damaged. Go back to a copy with lanyard restore FILE, which keeps this one under another name."
        }
    }
}

extension Connection {
    /// Asks again while another process does the same: SQLite does not wait for the lock that this takes
    /// (sqlite.org/c3ref/busy_handler.html).
    fileprivate func useWriteAheadLog() throws {
        let pauseMilliseconds: Int32 = 5
        for _ in 0..<(Connection.busyTimeoutMilliseconds / pauseMilliseconds) {
            do {
                return try execute("PRAGMA journal_mode = WAL")
            } catch let fault as StorageFault where fault.isBusy {
                usleep(UInt32(pauseMilliseconds) * 1_000)
            }
        }
        try execute("PRAGMA journal_mode = WAL")
    }
}
