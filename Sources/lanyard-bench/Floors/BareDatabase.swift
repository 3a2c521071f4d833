import CSQLite

/// The daemon's own tables by nobody else's code: a few statements of SQLite, prepared once, and its settings.
final class BareDatabase {
    private let database: OpaquePointer
    private var statements: [OpaquePointer] = []

    /// - Parameter path: a copy of the daemon's database.
    init(path: String, statements: [String]) throws {
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
        self.statements = try statements.map(prepare)
    }

    deinit {
        for statement in statements { sqlite3_finalize(statement) }
        sqlite3_close(database)
    }

    /// Does something again and again for so many seconds, as many times to a commit as it is told, each commit on
    /// disk.
    func write(seconds: Double, batch: Int, _ body: (_ number: Int) throws -> Void) throws -> Driven {
        let began = now()
        var count = 0
        while now() - began < seconds {
            try run("BEGIN IMMEDIATE")
            for _ in 0..<batch {
                try body(count)
                count += 1
            }
            try run("COMMIT")
        }
        return Driven(answered: count, seconds: now() - began)
    }

    /// The numbers in the first column.
    func numbers(_ sql: String) throws -> [Int64] {
        let handle = try prepare(sql)
        defer { sqlite3_finalize(handle) }
        var numbers: [Int64] = []
        while sqlite3_step(handle) == SQLITE_ROW { numbers.append(sqlite3_column_int64(handle, 0)) }
        return numbers
    }

    var newestRow: Int64 { sqlite3_last_insert_rowid(database) }

    /// Runs a statement to its end and answers the first column of its first row, 0 if it has none.
    @discardableResult
    func step(_ statement: Int, _ values: [any Bindable]) throws -> Int64 {
        let handle = statements[statement]
        for (index, value) in values.enumerated() { value.bind(to: Int32(index + 1), of: handle) }
        var code = sqlite3_step(handle)
        let result = code == SQLITE_ROW ? sqlite3_column_int64(handle, 0) : 0
        while code == SQLITE_ROW { code = sqlite3_step(handle) }
        sqlite3_reset(handle)
        guard code == SQLITE_DONE else { throw failure(String(cString: sqlite3_sql(handle))) }
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
protocol Bindable {
    func bind(to index: Int32, of statement: OpaquePointer)
}

extension Int64: Bindable {
    func bind(to index: Int32, of statement: OpaquePointer) {
        sqlite3_bind_int64(statement, index, self)
    }
}

extension String: Bindable {
    func bind(to index: Int32, of statement: OpaquePointer) {
        // SQLITE_TRANSIENT, which Swift does not import: SQLite copies the text at once.
        let copiedAtOnce = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        sqlite3_bind_text(statement, index, self, Int32(utf8.count), copiedAtOnce)
    }
}
