import CSQLite
import Glibc

/// The rows of registrations, written as the daemon writes them but by nobody else's code: the same statements
/// with their savepoints in a copy of the daemon's own tables, as many to a commit, each commit on disk.
final class BareRows {
    private static let time: Int64 = 1_700_000_000_000

    private let database: OpaquePointer
    private var statements: [OpaquePointer] = []

    /// - Parameter path: a copy of the daemon's database.
    init(path: String) throws {
        var handle: OpaquePointer?
        guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK, let handle else {
            throw Failure("\(path) can't be opened")
        }
        database = handle
        // As the daemon sets them, but for the checkpoints, which it makes in a thread beside.
        try run(
            """
            PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;
            PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 16000; PRAGMA temp_store = MEMORY;
            PRAGMA trusted_schema = OFF;
            """)
        statements = try Statement.all.map(prepare)
    }

    deinit {
        for statement in statements { sqlite3_finalize(statement) }
        sqlite3_close(database)
    }

    /// Writes for so many seconds and prints how many registrations that were, the seconds, and those that
    /// the processor worked.
    static func run(path: String, seconds: Double, batch: Int) throws {
        let rows = try BareRows(path: path)
        let processor = ownProcessorSeconds()
        let driven = try rows.write(seconds: seconds, batch: batch)
        print(driven.answered, driven.seconds, ownProcessorSeconds() - processor)
    }

    private func write(seconds: Double, batch: Int) throws -> Driven {
        let (event, sessions) = try readEvent()
        let began = now()
        var count = 0
        while now() - began < seconds {
            try run("BEGIN IMMEDIATE")
            for _ in 0..<batch {
                try register(
                    count, event: event, sessions: [sessions[count % 2], sessions[2 + count / 2 % 2]])
                count += 1
            }
            try run("COMMIT")
        }
        return Driven(answered: count, seconds: now() - began)
    }

    private func register(_ number: Int, event: Int64, sessions: [Int64]) throws {
        let text = String(100_000_000 + number)
        let address = "b\(text)@example.org"
        try step(.savepoint)
        try step(.revision, event)
        try step(.eventPlaces, event)
        for session in sessions { try step(.sessionPlaces, session) }
        try step(.address, event, address)
        try step(
            .attendee, event, Int64.random(in: 0..<1 << 45), Int64.random(in: 0..<1 << 45), BareRows.time,
            address, address, "Ada Lovelace \(text)", "Analytical Engines", "Engineer", "", "")
        let attendee = sqlite3_last_insert_rowid(database)
        for session in sessions {
            try step(.booking, attendee, session)
            try step(.sessionCount, session)
        }
        try step(.eventCount, event)
        let activity = try step(.activityNumber, event)
        try step(
            .activity, event, activity, BareRows.time, "registered",
            #"{"reference":"K7QX2M4P","sessions":["active-medicine","long-term"]}"#)
        try step(.release)
    }

    private func readEvent() throws -> (event: Int64, sessions: [Int64]) {
        let event = try prepare("SELECT id FROM event")
        let session = try prepare("SELECT id FROM session WHERE kind = 'workshop' ORDER BY starts")
        defer { for statement in [event, session] { sqlite3_finalize(statement) } }
        guard sqlite3_step(event) == SQLITE_ROW else { throw Failure("there is no event") }
        var sessions: [Int64] = []
        while sqlite3_step(session) == SQLITE_ROW { sessions.append(sqlite3_column_int64(session, 0)) }
        guard sessions.count == 4 else { throw Failure("the event has not the four workshops") }
        return (sqlite3_column_int64(event, 0), sessions)
    }

    /// Runs a statement and answers the first column of its first row, 0 if it has none.
    @discardableResult
    private func step(_ statement: Statement, _ values: any Bindable...) throws -> Int64 {
        let handle = statements[statement.rawValue]
        for (index, value) in values.enumerated() { value.bind(to: Int32(index + 1), of: handle) }
        let code = sqlite3_step(handle)
        let result = code == SQLITE_ROW ? sqlite3_column_int64(handle, 0) : 0
        sqlite3_reset(handle)
        guard code == SQLITE_ROW || code == SQLITE_DONE else {
            throw failure(Statement.all[statement.rawValue])
        }
        return result
    }

    private func run(_ sql: String) throws {
        guard sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK else { throw failure(sql) }
    }

    private func prepare(_ sql: String) throws -> OpaquePointer {
        var handle: OpaquePointer?
        guard
            sqlite3_prepare_v3(database, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
                == SQLITE_OK,
            let handle
        else { throw failure(sql) }
        return handle
    }

    private func failure(_ sql: String) -> Failure {
        Failure("\(String(cString: sqlite3_errmsg(database))) in: \(sql)")
    }
}

/// What a statement's parameter may be.
private protocol Bindable {
    func bind(to index: Int32, of statement: OpaquePointer)
}

extension Int64: Bindable {
    fileprivate func bind(to index: Int32, of statement: OpaquePointer) {
        sqlite3_bind_int64(statement, index, self)
    }
}

extension String: Bindable {
    fileprivate func bind(to index: Int32, of statement: OpaquePointer) {
        // SQLITE_TRANSIENT, which Swift does not import: SQLite copies the text at once.
        let copiedAtOnce = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        sqlite3_bind_text(statement, index, self, Int32(utf8.count), copiedAtOnce)
    }
}
