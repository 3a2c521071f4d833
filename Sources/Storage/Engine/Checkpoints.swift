internal import Synchronization

/// Copies the write-ahead log into the database file beside the writer, so that no answer waits for it.
///
/// A checkpoint beside a busy writer never reaches the end of the log, so the log is begun anew only by the
/// writer itself, once it is long and nearly all of it has been copied.
final class Checkpoints: Sendable {
    /// Pages of 1 KiB after which the log is copied.
    static let copyAtPages = 4_000
    /// Pages of 1 KiB after which the writer begins the log anew.
    static let restartAtPages = 64_000

    private let calls = Mailbox<Void>(limit: 1)
    /// Closed by the thread as it ends.
    private let finished = Mailbox<Void>(limit: 0)
    private let state = Mutex(State())
    private let onFault: @Sendable (any Error) -> Void

    private struct State {
        var lastCopyEndedAtPages = 0
        var pages = 0
        var isRestartDue = false
    }

    init(connection: sending Connection, onFault: @escaping @Sendable (any Error) -> Void) throws {
        self.onFault = onFault
        try startThread { [self] in
            while calls.takeOne() != nil {
                copy(connection)
            }
            connection.close()
            finished.close()
        }
    }

    func close() {
        calls.close()
        _ = finished.takeOne()
    }

    /// Called on the writer's thread after each commit.
    func writeAheadLogHas(pages: Int) {
        let isDue = state.withLock { state in
            if pages < state.pages { state.lastCopyEndedAtPages = 0 }
            state.pages = pages
            return pages - state.lastCopyEndedAtPages >= Checkpoints.copyAtPages
        }
        // A call that is already waiting does for this one too.
        if isDue { calls.send(()) }
    }

    /// Called on the writer's thread between batches.
    func restartIfDue(_ connection: Connection) {
        let isDue = state.withLock { state in
            defer { state.isRestartDue = false }
            return state.isRestartDue
        }
        guard isDue else { return }
        do { try connection.checkpoint(restarts: true) } catch { onFault(error) }
    }

    private func copy(_ connection: Connection) {
        let pages = state.withLock { $0.pages }
        do { try connection.checkpoint(restarts: false) } catch { onFault(error) }
        state.withLock { state in
            state.lastCopyEndedAtPages = min(pages, state.pages)
            state.isRestartDue = state.pages >= Checkpoints.restartAtPages
        }
    }
}
