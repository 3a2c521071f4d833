import Glibc

extension Run {
    /// What a registration can't be faster than here: the rows without HTTP, and HTTP without the rows.
    func measureFloors(copy: String) throws {
        say("floors…")
        let rows = try measureRows(copy, "bare-rows", commits: .registrationCommits, .bareRows)
        let nothing = try measureNothing()
        guard let registrations = report.latest(.registrations) else { return }
        report.add(.registrationsOfRows, registrations / rows)
        report.add(.registrationsOfNull, registrations / nothing)
    }

    /// The same rows of changes; HTTP is the same for both.
    func measureFloorOfChanges(copy: String) throws {
        say("floor of changes…")
        let rows = try measureRows(copy, "bare-changes", commits: .changeCommits, .bareChanges)
        guard let changes = report.latest(.changes) else { return }
        report.add(.changesOfRows, changes / rows)
    }

    /// In a process of its own, as the daemon is one, with as many rows to a commit as the daemon had.
    private func measureRows(
        _ copy: String, _ floor: String, commits: Figure, _ figure: Figure
    ) throws -> Double {
        let output = "\(lanyard.folder)/\(floor).txt"
        let batch = Int((report.latest(commits) ?? 64).rounded())
        let status = try ChildProcess(
            [options.ownProgram, floor, copy, String(options.seconds), String(batch)],
            output: output
        ).wait()
        let said = try readFile(output).trimmingLineEnd
        let numbers = said.split(separator: " ").compactMap { Double($0) }
        guard status == 0, numbers.count == 3 else { throw Failure("\(floor) failed: \(said)") }
        let rate = numbers[0] / numbers[1]
        report.add(figure, rate, Report.Cost(daemon: numbers[2] / numbers[0] * 1e6, driver: 0))
        return rate
    }

    private func measureNothing() throws -> Double {
        let port = try freePorts(1)[0]
        let output = "\(lanyard.folder)/null.txt"
        let server = try ChildProcess([options.ownProgram, "null-server", String(port)], output: output)
        defer { server.stop() }
        let deadline = now() + 10
        while !isTaken(port) {
            guard now() < deadline, !server.hasEnded else {
                throw Failure("the server that answers nothing did not start: \(try readFile(output))")
            }
            usleep(1_000)
        }
        let registrations = Registrations(event: BenchEvent.slug, token: nil, first: 0)
        let (driven, cost) = try metered(server) {
            try HTTPLoad(port: port, connections: 64).run(
                Bound(seconds: options.seconds), send: registrations.send, check: Registrations.check)
        }
        report.add(.nullServer, driven.perSecond, cost)
        return driven.perSecond
    }
}
