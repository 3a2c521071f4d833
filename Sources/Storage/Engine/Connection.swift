internal import CSQLite
internal import Registration

/// One connection to a SQLite database with its prepared statements. It is used by one thread only, which is
/// why it is not Sendable, and closes itself if nobody did before.
final class Connection {
    private let handle: OpaquePointer
    private var statements: [UnsafeRawPointer: Prepared] = [:]
    private var isOpen = true

    enum Mode {
        case readOnly, readWrite, create
        /// For a file that nobody changes: nothing is locked, and nothing is looked for or made beside it.
        case unchanging

        fileprivate var flags: Int32 {
            switch self {
            case .readOnly: SQLITE_OPEN_READONLY
            case .unchanging: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
            case .readWrite: SQLITE_OPEN_READWRITE
            case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
            }
        }

        /// What SQLite is to be given for a file: its path or, where there is more to say, a URI
        /// (sqlite.org/uri.html).
        fileprivate func name(of path: String) -> String {
            guard case .unchanging = self else { return path }
            let escaped = path.replacing("%", with: "%25").replacing("?", with: "%3f").replacing(
                "#", with: "%23")
            // A path that begins with two slashes would be read as a host's name.
            return "file:\(path.hasPrefix("/") ? "//" : "")\(escaped)?immutable=1"
        }
    }

    /// How long a statement waits for another process that writes, say `lanyard event import`.
    static let busyTimeoutMilliseconds: Int32 = 10_000
    /// How long readers are waited for before the log is begun anew or emptied; all writes wait with it.
    private static let restartTimeoutMilliseconds: Int32 = 20

    /// SQLite counts each byte that it allocates, under a lock that all threads share, unless it is told not to
    /// before its first connection.
    private static let countsNoMemory = lanyard_sqlite_keep_no_memory_statistics() == SQLITE_OK

    init(path: String, mode: Mode) throws {
        _ = Connection.countsNoMemory
        var opened: OpaquePointer?
        // Each connection stays on one thread, so SQLite's own locks are not needed.
        let code = sqlite3_open_v2(
            mode.name(of: path), &opened, mode.flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard let opened else {
            throw StorageFault(code: code, message: "out of memory", action: "open")
        }
        guard code == SQLITE_OK else {
            let fault = StorageFault(
                code: code, message: String(cString: sqlite3_errmsg(opened)), action: "open")
            sqlite3_close_v2(opened)
            throw fault
        }
        handle = opened
        sqlite3_busy_timeout(opened, Connection.busyTimeoutMilliseconds)
        addFold(to: opened)
    }

    deinit { close() }

    /// Ends it; nothing may be asked of it after. May be called again.
    ///
    /// The last connection of all copies the log into the database file and removes it, if it may write. Whoever
    /// tells others that the database is closed closes first: a reference may live longer than it seems.
    func close() {
        guard isOpen else { return }
        isOpen = false
        for prepared in statements.values { sqlite3_finalize(prepared.statement) }
        statements.removeAll()
        sqlite3_close_v2(handle)
    }

    /// Leaves the log as it is when this closes, whatever is wrong with it or the file.
    func keepLogOnClose() throws {
        let code = lanyard_sqlite_keep_log_on_close(handle)
        guard code == SQLITE_OK else { throw fault(code, "keep the log") }
    }

    /// Whether a transaction is open: SQLite ends one by itself after a full disk or a failed write.
    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// Runs statements without parameters, not kept prepared.
    func execute(_ sql: String) throws {
        precondition(isOpen, "a closed connection is asked nothing")
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw fault(code, sql) }
    }

    /// Runs a statement and tells how many rows it changed.
    @discardableResult
    func run(_ sql: StaticString, _ values: Value...) throws -> Int {
        try step(sql, values) { _ in }
        return Int(sqlite3_changes(handle))
    }

    /// The first row's value, or nil where there is no row.
    func first<Result>(_ sql: StaticString, _ values: Value..., read: (Row) throws -> Result) throws
        -> Result?
    {
        var result: Result?
        try step(sql, values) { row in
            if result == nil { result = try read(row) }
        }
        return result
    }

    func all<Result>(_ sql: StaticString, _ values: Value..., read: (Row) throws -> Result) throws -> [Result]
    {
        var results: [Result] = []
        try step(sql, values) { results.append(try read($0)) }
        return results
    }

    /// Runs an `INSERT` of one row and tells the row's number. SQLite's `RETURNING` would build a table in
    /// memory for it, a tenth of the time that a registration takes.
    func insert(_ sql: StaticString, _ values: Value...) throws -> Int64 {
        try step(sql, values) { _ in }
        return sqlite3_last_insert_rowid(handle)
    }

    /// Calls `body` on this thread after each commit in WAL mode, with the WAL's length in pages.
    func afterCommit(_ body: @escaping (Int) -> Void) {
        let observer = CommitObserver(body)
        commitObserver = observer
        sqlite3_wal_hook(
            handle,
            { context, _, _, pages in
                if let context {
                    Unmanaged<CommitObserver>.fromOpaque(context).takeUnretainedValue().body(Int(pages))
                }
                return SQLITE_OK
            }, Unmanaged.passUnretained(observer).toOpaque())
    }

    /// Copies what it can of the WAL into the database file. A passive checkpoint waits for nobody; one that
    /// `restarts` waits a moment for readers, so that the next commit begins the WAL anew, and lets it grow on
    /// where one reads for longer.
    func checkpoint(restarts: Bool) throws {
        if restarts { sqlite3_busy_timeout(handle, Connection.restartTimeoutMilliseconds) }
        defer {
            if restarts { sqlite3_busy_timeout(handle, Connection.busyTimeoutMilliseconds) }
        }
        let code = sqlite3_wal_checkpoint_v2(
            handle, nil, restarts ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE, nil, nil)
        guard code == SQLITE_OK || code & 0xFF == SQLITE_BUSY else { throw fault(code, "checkpoint") }
    }

    /// Copies all of the WAL into the database file and cuts it to nothing. Throws where somebody reads for longer than
    /// the writer may wait, as everybody's writes wait with it.
    func emptyLog() throws {
        sqlite3_busy_timeout(handle, Connection.restartTimeoutMilliseconds)
        defer { sqlite3_busy_timeout(handle, Connection.busyTimeoutMilliseconds) }
        let code = sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
        guard code == SQLITE_OK else { throw fault(code, "empty the log") }
    }

    private var commitObserver: CommitObserver?

    private final class CommitObserver {
        let body: (Int) -> Void
        init(_ body: @escaping (Int) -> Void) { self.body = body }
    }

    private func step(_ sql: StaticString, _ values: [Value], _ body: (Row) throws -> Void) throws {
        let prepared = try prepared(sql)
        let statement = prepared.statement
        defer { sqlite3_reset(statement) }
        for (index, number) in prepared.parameters.enumerated() {
            try bind(values[number - 1], to: Int32(index + 1), of: statement, sql)
        }
        while true {
            let code = sqlite3_step(statement)
            if code == SQLITE_DONE { return }
            guard code == SQLITE_ROW else { throw fault(code, "\(sql)") }
            try body(Row(statement: statement))
        }
    }

    private func bind(_ value: Value, to index: Int32, of statement: OpaquePointer, _ sql: StaticString)
        throws
    {
        let code =
            switch value {
            case .null: sqlite3_bind_null(statement, index)
            case .integer(let number): sqlite3_bind_int64(statement, index, number)
            case .bytes(let bytes):
                bytes.withUnsafeBytes {
                    sqlite3_bind_blob(
                        statement, index, $0.baseAddress ?? UnsafeRawPointer(emptyText), Int32($0.count),
                        copiedAtOnce)
                }
            case .text(var text):
                text.withUTF8 { utf8 in
                    utf8.withMemoryRebound(to: CChar.self) {
                        sqlite3_bind_text(
                            statement, index, $0.baseAddress ?? emptyText, Int32($0.count), copiedAtOnce)
                    }
                }
            }
        guard code == SQLITE_OK else { throw fault(code, "\(sql)") }
    }

    private struct Prepared {
        let statement: OpaquePointer
        /// For each of SQLite's parameters the number behind its `$`: SQLite counts `$2` as the first if it
        /// stands first, where PostgreSQL goes by the number.
        let parameters: [Int]

        init(_ statement: OpaquePointer) {
            self.statement = statement
            parameters = (0..<sqlite3_bind_parameter_count(statement)).map { index in
                sqlite3_bind_parameter_name(statement, index + 1).flatMap { Int(String(cString: $0 + 1)) }
                    ?? 1
            }
        }
    }

    /// Statements are kept by the address of their literal, which is cheaper to look up than their text.
    private func prepared(_ sql: StaticString) throws -> Prepared {
        precondition(isOpen, "a closed connection is asked nothing")
        let key = UnsafeRawPointer(sql.utf8Start)
        if let known = statements[key] { return known }
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v3(
            handle,
            sql.withUTF8Buffer { UnsafeRawPointer($0.baseAddress)?.assumingMemoryBound(to: CChar.self) },
            Int32(sql.utf8CodeUnitCount), UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        guard code == SQLITE_OK, let statement else { throw fault(code, "\(sql)") }
        let prepared = Prepared(statement)
        statements[key] = prepared
        return prepared
    }

    private func fault(_ code: Int32, _ action: String) -> StorageFault {
        StorageFault(code: code, message: String(cString: sqlite3_errmsg(handle)), action: action)
    }
}

/// SQLite's `SQLITE_TRANSIENT`, which Swift doesn't import: the text is copied before the call returns.
private let copiedAtOnce = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

/// Adds the SQL function `fold`, by which people are searched for; in PostgreSQL it is one of the database's own.
private func addFold(to handle: OpaquePointer) {
    sqlite3_create_function_v2(
        handle, "fold", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nil,
        { context, _, values in
            guard let value = values?[0], let text = sqlite3_value_text(value) else {
                sqlite3_result_null(context)
                return
            }
            let bytes = UnsafeBufferPointer(start: text, count: Int(sqlite3_value_bytes(value)))
            FoldedText.fold(bytes).withUnsafeBytes { folded in
                sqlite3_result_text(
                    context, folded.bindMemory(to: CChar.self).baseAddress ?? emptyText, Int32(folded.count),
                    copiedAtOnce)
            }
        }, nil, nil, nil)
}

/// What an empty Swift buffer, which may have no address, is bound as: text, not NULL.
nonisolated(unsafe) private let emptyText: UnsafePointer<CChar> = {
    let empty = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
    empty.initialize(to: 0)
    return UnsafePointer(empty)
}()
