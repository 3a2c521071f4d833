extension Run {
    /// Registrations by the public, as fast as 64 connections get answers.
    func measureRegistrations(_ figure: Figure) throws {
        say("\(figure.label)…")
        let registrations = Registrations(event: BenchEvent.slug, token: nil, first: attendees)
        let (driven, cost) = try metered(lanyard.process) {
            try drive(registrations, Bound(seconds: options.seconds))
        }
        report.add(figure, driven.perSecond, cost)
    }

    /// Scans at all doors, as fast as their windows allow.
    func measureScans(_ figure: Figure) throws {
        say("\(figure.label)…")
        let (driven, cost) = try metered(lanyard.process) {
            try DoorLoad(ports: lanyard.doorPorts, codes: codes).run(Bound(seconds: options.seconds))
        }
        report.add(figure, driven.perSecond, cost)
    }

    /// The same again with many attendees, and how much slower that is.
    func measureGrowth() throws {
        try measureRegistrations(.laterRegistrations)
        try measureScans(.laterScans)
        let pairs: [(Figure, Figure, Figure)] = [
            (.registrations, .laterRegistrations, .registrationGrowth), (.scans, .laterScans, .scanGrowth),
        ]
        for (first, later, growth) in pairs {
            guard let before = report.latest(first), let after = report.latest(later) else { continue }
            report.add(growth, before / after)
        }
    }
}
