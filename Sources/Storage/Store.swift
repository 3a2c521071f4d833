internal import Registration

/// The database: one writer, a few readers, all on threads of their own.
///
/// What `write` answers is on disk (SQLite in WAL mode with `synchronous=FULL`). Work that throws is rolled
/// back alone. Work may be run a second time if another's failure ended the transaction they shared, so it
/// must have no effect but on the database.
public final class Store: Sendable {
    let path: String
    private let writer: Writer
    private let readers: Readers
    private let checkpoints: Checkpoints

    public struct Limits: Sendable {
        /// Writes that wait or are being committed, past which `write` throws `Overloaded`.
        public var waitingWrites = 10_000
        public var waitingReads = 10_000
        public var readers = 2

        public init() {}
    }

    /// Opens the database file, migrates it, and starts the threads.
    ///
    /// - Parameters:
    ///   - creates: whether a file that isn't there, or is empty, becomes a database.
    ///   - onCommit: called on the writer's thread after each commit, before its answers go out.
    ///   - onFault: called on any thread for a fault that no caller can be told of.
    /// - Throws: `StorageFault`, `NoThread`, or `UnusableDatabase` with the file untouched.
    public init(
        path: String, creates: Bool, limits: Limits = Limits(),
        onCommit: @escaping @Sendable (Commit) -> Void = { _ in },
        onFault: @escaping @Sendable (any Error) -> Void
    ) throws {
        self.path = path
        try Migration.bringUpToDate(path: path, creates: creates)
        let (copying, writing) = (try Store.connect(path, .readWrite), try Store.connect(path, .readWrite))
        checkpoints = try Checkpoints(connection: copying, onFault: onFault)
        do {
            writer = try Writer(
                connection: writing, checkpoints: checkpoints, waitingLimit: limits.waitingWrites,
                onCommit: onCommit)
        } catch {
            checkpoints.close()
            throw error
        }
        do {
            readers = try Readers(count: limits.readers, waitingLimit: limits.waitingReads) {
                try Store.connect(path, .readOnly)
            }
        } catch {
            writer.close()
            checkpoints.close()
            throw error
        }
    }

    /// Calls `whenDone` on the writer's thread after the commit, in the order of the calls, or at once with
    /// `Overloaded` or `StorageClosed`.
    public func write<Answer: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Answer,
        whenDone: @escaping @Sendable (Result<Answer, any Error>) -> Void
    ) {
        send(AnsweredWork(body, whenDone: whenDone), to: writer.mailbox)
    }

    public func write<Answer: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Answer
    ) async throws -> Answer {
        try await withAnswer { answer in write(body, whenDone: answer) }
    }

    /// The same, but never `Overloaded`: for the one who asks whether the writer still writes.
    public func writePastLimit<Answer: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Answer
    ) async throws -> Answer {
        try await withAnswer { answer in
            send(AnsweredWork(body, whenDone: answer), to: writer.mailbox, pastLimit: true)
        }
    }

    public func read<Answer: Sendable>(
        _ body: @escaping @Sendable (Snapshot) throws -> Answer
    ) async throws -> Answer {
        try await withAnswer { answer in send(AnsweredWork(body, whenDone: answer), to: readers.mailbox) }
    }

    /// How many writes wait for the writer or are being committed.
    public var waitingWrites: Int { writer.mailbox.count }

    /// Finishes all work taken in, refuses more with `StorageClosed`, and returns when the threads are done. May be
    /// called again.
    public func close() {
        // Those who only read go first: the last connection folds the log into the database's file, and must be
        // one that may write.
        readers.close()
        writer.close()
        checkpoints.close()
    }

    /// Waits for the one answer that each work gives. Unchecked, as everything goes through here.
    private func withAnswer<Answer: Sendable>(
        _ start: (@escaping @Sendable (Result<Answer, any Error>) -> Void) -> Void
    ) async throws -> Answer {
        try await withUnsafeThrowingContinuation { continuation in
            start { continuation.resume(with: $0) }
        }
    }

    private func send<Access>(
        _ work: some Work<Access>, to mailbox: Mailbox<any Work<Access>>, pastLimit: Bool = false
    ) {
        switch mailbox.send(work, pastLimit: pastLimit) {
        case .taken: break
        case .full: work.finish(fault: Overloaded())
        case .closed: work.finish(fault: StorageClosed())
        }
    }

    private static func connect(_ path: String, _ mode: Connection.Mode) throws -> sending Connection {
        let connection = try Connection(path: path, mode: mode)
        // The log is copied by `Checkpoints`, beside the writer and not in its way.
        try connection.execute(
            """
            PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;
            PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 67108864; PRAGMA temp_store = MEMORY;
            PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON;
            """)
        return connection
    }
}
