/// A few threads that read, each with its own connection, so that a long reading keeps no other waiting.
final class Readers: Sendable {
    let mailbox: Mailbox<any Work<Snapshot>>
    /// One for each thread, which closes it as it ends.
    private let finished: [Mailbox<Void>]

    init(count: Int, waitingLimit: Int, connect: () throws -> sending Connection) throws {
        mailbox = Mailbox(limit: waitingLimit)
        finished = (0..<count).map { _ in Mailbox(limit: 0) }
        var started = 0
        do {
            for finished in finished {
                let snapshot = try Snapshot(connect())
                try startThread { [self] in
                    while let work = mailbox.takeOne() { Readers.carryOut(work, with: snapshot) }
                    snapshot.connection.close()
                    finished.close()
                }
                started += 1
            }
        } catch {
            mailbox.close()
            for thread in finished.prefix(started) { _ = thread.takeOne() }
            throw error
        }
    }

    func close() {
        mailbox.close()
        for thread in finished { _ = thread.takeOne() }
    }

    private static func carryOut(_ work: any Work<Snapshot>, with snapshot: Snapshot) {
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
