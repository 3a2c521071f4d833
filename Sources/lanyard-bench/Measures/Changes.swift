extension Run {
    /// Attendees who change to the other workshop of a block, where there are places, as fast as they get answers.
    func measureChanges() throws {
        say("changes…")
        let load = HTTPLoad(port: lanyard.port, connections: 64)
        let changes = ChangeRequests(of: codes.references(load.connections), token: lanyard.token)
        // From where each of them begins is not known: one change each makes sure that the next is one.
        _ = try load.run(Bound(count: load.connections), send: changes.send, check: ChangeRequests.check)
        let before = try attended(#""activity":"#)
        let ((driven, cost), writesEach) = try countingCommits {
            try metered(lanyard.process) {
                try load.run(Bound(seconds: options.seconds), send: changes.send, check: ChangeRequests.check)
            }
        }
        let recorded = try attended(#""activity":"#) - before
        guard recorded == driven.answered else {
            throw Failure("\(driven.answered) changes were answered, but \(recorded) are recorded")
        }
        report.add(.changes, driven.perSecond, cost)
        report.add(.changeCommits, writesEach)
    }
}
