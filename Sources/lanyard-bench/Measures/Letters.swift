extension Run {
    /// Registrations of another installation, in which each writes a letter that a worker brings to a folder beside
    /// the others that follow.
    func measureLetters() throws {
        say("registrations with letters…")
        let other = try Lanyard(below: options.folder, program: options.lanyard, writesLetters: true)
        try other.start()
        let registrations = Registrations(event: BenchEvent.slug, token: nil, first: 0)
        let (driven, cost) = try metered(other.process) {
            try HTTPLoad(port: other.port, connections: 64).run(
                Bound(seconds: options.seconds), send: registrations.send, check: Registrations.check)
        }
        try other.stop()
        report.add(.letters, driven.perSecond, cost)
    }
}
