extension Run {
    /// Registrations by the public, as fast as 64 connections get answers.
    func measureRegistrations(_ figure: Figure, commits: Figure) throws {
        say("\(figure.label)…")
        let registrations = Registrations(event: BenchEvent.slug, token: nil, first: attendees)
        let ((driven, cost), writesEach) = try countingCommits {
            try metered(lanyard.process) { try drive(registrations, Bound(seconds: options.seconds)) }
        }
        report.add(figure, driven.perSecond, cost)
        report.add(commits, writesEach)
    }

    /// Scans at all doors, as fast as their windows allow.
    func measureScans(_ figure: Figure, commits: Figure) throws {
        say("\(figure.label)…")
        let load = DoorLoad(ports: lanyard.doorPorts, codes: codes)
        let ((driven, cost), writesEach) = try countingCommits {
            try metered(lanyard.process) { try load.run(Bound(seconds: options.seconds)) }
        }
        report.add(figure, driven.perSecond, cost)
        report.add(commits, writesEach)
    }

    /// The same again with many attendees, and how much slower that is.
    func measureGrowth() throws {
        try measureRegistrations(.laterRegistrations, commits: .laterRegistrationCommits)
        try measureScans(.laterScans, commits: .laterScanCommits)
        let pairs: [(Figure, Figure, Figure)] = [
            (.registrations, .laterRegistrations, .registrationGrowth), (.scans, .laterScans, .scanGrowth),
        ]
        for (first, later, growth) in pairs {
            guard let before = report.latest(first), let after = report.latest(later) else { continue }
            report.add(growth, before / after)
        }
    }
}
