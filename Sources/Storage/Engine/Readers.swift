/// A few threads that read, each with its own connection, so that a long reading keeps no other waiting.
final class Readers: Sendable {
    let mailbox: Mailbox<Work<Snapshot>>
    /// One for each thread, which closes it as it ends.
    private let finished: [Mailbox<Void>]

    init(connections: sending [Connection], waitingLimit: Int) throws {
        mailbox = Mailbox(limit: waitingLimit)
        finished = connections.map { _ in Mailbox(limit: 0) }
        for (connection, finished) in zip(connections, finished) {
            let loan = Loan(try Snapshot(connection))
            startThread { [self] in
                while let work = mailbox.takeOne() { Readers.carryOut(work, with: loan.value) }
                finished.close()
            }
        }
    }

    func close() {
        mailbox.close()
        for thread in finished { _ = thread.takeOne() }
    }

    private static func carryOut(_ work: Work<Snapshot>, with snapshot: Snapshot) {
        do {
            try snapshot.connection.run("BEGIN")
            defer { try? snapshot.connection.execute("COMMIT") }
            try work.run(snapshot)
        } catch {
            work.finish(fault: error)
            return
        }
        work.finish(fault: nil)
    }
}
