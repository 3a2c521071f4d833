public import Registration

/// The one thread that writes. It takes all the work that waits, runs each piece in its own savepoint, commits
/// once and then answers each, so that one `fsync` makes many writes durable.
final class Writer: Sendable {
    /// What waits or is in the commit under way; past its limit a sender is refused.
    let mailbox: Mailbox<any Work<Transaction>>
    private let onCommit: @Sendable (Commit) -> Void
    private let checkpoints: Checkpoints
    /// Closed by the thread as it ends, so that any number of callers can wait for that.
    private let finished = Mailbox<Void>(limit: 0)

    /// The most that one commit takes in, so that the first of them need not wait long.
    static let batchLimit = 512

    init(
        connection: sending Connection, checkpoints: Checkpoints, waitingLimit: Int,
        onCommit: @escaping @Sendable (Commit) -> Void
    ) throws {
        mailbox = Mailbox(limit: waitingLimit)
        self.onCommit = onCommit
        self.checkpoints = checkpoints
        connection.afterCommit { [checkpoints] pages in checkpoints.writeAheadLogHas(pages: pages) }
        let transaction = try Transaction(connection)
        try startThread { [self] in
            work(with: transaction)
            transaction.connection.close()
            finished.close()
        }
    }

    /// Finishes what waits, takes nothing more in, and returns when the thread is done.
    func close() {
        mailbox.close()
        _ = finished.takeOne()
    }

    private func work(with transaction: Transaction) {
        while let waiting = mailbox.takeAll() {
            var rest = waiting[...]
            while !rest.isEmpty {
                let batch = rest.prefix(Writer.batchLimit)
                rest = rest.dropFirst(batch.count)
                carryOut(batch, with: transaction)
                checkpoints.restartIfDue(transaction.connection)
            }
        }
    }

    private func carryOut(_ batch: ArraySlice<any Work<Transaction>>, with transaction: Transaction) {
        if commit(batch, with: transaction) { return }
        // One of them ended the whole transaction (a full disk does). None was answered yet: each gets its own.
        for work in batch where !commit([work], with: transaction) {
            preconditionFailure("a single piece of work is always answered")
        }
    }

    /// Runs the batch and answers each of its pieces; false where nothing was done or answered and each should
    /// be tried alone.
    private func commit(_ batch: ArraySlice<any Work<Transaction>>, with transaction: Transaction) -> Bool {
        let connection = transaction.connection
        var faults = [(any Error)?](repeating: nil, count: batch.count)
        transaction.recorded.removeAll(keepingCapacity: true)
        transaction.letters = 0
        transaction.heartbeats = 0
        do {
            try connection.run("BEGIN IMMEDIATE")
        } catch {
            // Another process has held the database for as long as anybody is kept waiting; each of them would
            // wait as long again if they were tried alone.
            answer(batch, faults: batch.map { _ in error })
            return true
        }
        do {
            for (index, work) in batch.enumerated() {
                faults[index] = try run(work, with: transaction)
            }
            try connection.run("COMMIT")
        } catch {
            if connection.isInTransaction { try? connection.execute("ROLLBACK") }
            transaction.forget()
            guard batch.count == 1 else { return false }
            answer(batch, faults: [error])
            return true
        }
        onCommit(
            Commit(
                writes: batch.count - transaction.heartbeats, activity: transaction.recorded,
                letters: transaction.letters))
        answer(batch, faults: faults)
        return true
    }

    private func answer(_ batch: ArraySlice<any Work<Transaction>>, faults: [(any Error)?]) {
        // First, so that whoever is answered finds the room that they had.
        mailbox.done(batch.count)
        for (work, fault) in zip(batch, faults) { work.finish(fault: fault) }
    }

    /// Runs one piece in its savepoint and returns its own fault; throws where the whole transaction is lost.
    private func run(_ work: any Work<Transaction>, with transaction: Transaction) throws -> (any Error)? {
        let connection = transaction.connection
        let (before, letters) = (transaction.recorded.count, transaction.letters)
        let timetables = transaction.timetables
        try connection.run("SAVEPOINT work")
        do {
            try work.run(transaction)
        } catch {
            guard connection.isInTransaction else { throw error }
            try connection.run("ROLLBACK TO work")
            try connection.run("RELEASE work")
            transaction.recorded.removeSubrange(before...)
            transaction.letters = letters
            // One read in between may be of a revision whose number comes again.
            transaction.timetables = timetables
            return error
        }
        try connection.run("RELEASE work")
        return nil
    }
}

/// What one commit made durable.
public struct Commit: Sendable {
    /// How many pieces of work it held, those that failed alone included and heartbeats not.
    public let writes: Int
    public let activity: [ActivityRecord]
    /// How many letters are to be sent since it.
    public let letters: Int
}
