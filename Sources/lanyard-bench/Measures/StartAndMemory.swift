import Glibc

extension Run {
    /// Several starts over the same tables; the last one stays.
    func measureStart() throws {
        say("start-up…")
        for number in 1...options.starts {
            report.add(.ready, try lanyard.start() * 1_000)
            if number < options.starts { try lanyard.stop() }
        }
    }

    func measureIdleMemory() throws {
        // What a start leaves to be done, such as reading badge templates, is over by then.
        usleep(500_000)
        try measureMemory(.idle, .idleAnonymous)
    }

    func measureFullMemory() throws {
        try measureMemory(.full, .fullAnonymous)
    }

    private func measureMemory(_ all: Figure, _ anonymous: Figure) throws {
        let bytes = try lanyard.process.residentBytes
        report.add(all, Double(bytes.all) / 1e6)
        report.add(anonymous, Double(bytes.anonymous) / 1e6)
    }
}
