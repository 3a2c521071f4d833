/// A few threads that read, each with its own connection, so that a long reading keeps no other waiting.
final class Readers: Sendable {
    let mailbox: Mailbox<Work<Snapshot>>
    private let finished: Mailbox<Void>
    private let count: Int

    init(connections: sending [Connection], waitingLimit: Int) throws {
        mailbox = Mailbox(limit: waitingLimit)
        count = connections.count
        finished = Mailbox(limit: count)
        for connection in connections {
            let loan = Loan(try Snapshot(connection))
            startThread { [self] in
                while let work = mailbox.takeOne() { Readers.carryOut(work, with: loan.value) }
                finished.send(())
            }
        }
    }

    func close() {
        mailbox.close()
        for _ in 0..<count { _ = finished.takeOne() }
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
