import Dispatch
import Glibc

extension Run {
    static let scansPerSecond = 500
    /// The first so many doors; the others are left to `measureLive`.
    static let scanners = 16

    /// Scans that come one at a time at fixed moments, whether or not the one before was answered: who waits is
    /// counted from the moment at which the scan was due.
    func measureLatency() throws {
        say("scan latency…")
        let doors = try lanyard.doorPorts.prefix(Run.scanners).map { try Peer(port: $0) }
        let count = min(
            Int(options.seconds * Double(Run.scansPerSecond)), freshCodes.count * Run.scanners)
        let interval = 1 / Double(Run.scansPerSecond)
        let began = now() + 0.05
        let lines = (0..<count).map { Array(freshCodes.line($0 / Run.scanners)) }
        let descriptors = doors.map(\.descriptor)
        let sender = DispatchGroup()
        DispatchQueue.global().async(group: sender) {
            for (index, line) in lines.enumerated() {
                sleepUntil(began + Double(index) * interval)
                _ = Glibc.send(descriptors[index % descriptors.count], line, line.count, Int32(MSG_NOSIGNAL))
            }
        }
        defer { sender.wait() }
        let took = try receive(doors, lines: lines) { now() - began - Double($0) * interval }
        report.add(.scanMedian, took.median * 1_000)
        report.add(.scanTail, took.quantile(0.99) * 1_000)
    }

    /// Reads the answers to lines that go to the doors in turn.
    private func receive(
        _ doors: [Peer], lines: [[UInt8]], took: (_ line: Int) -> Double
    ) throws -> [Double] {
        var waiting = Waiting(doors)
        var answered = [Int](repeating: 0, count: doors.count)
        var seconds: [Double] = []
        while seconds.count < lines.count {
            try waiting.forEachReady { index in
                try doors[index].receive()
                while let end = doors[index].received.firstIndex(of: 10) {
                    let line = answered[index] * doors.count + index
                    seconds.append(took(line))
                    try check(
                        UnsafeRawBufferPointer(rebasing: doors[index].received[...end]),
                        scanned: lines[line][...])
                    doors[index].drop(end + 1)
                    answered[index] += 1
                }
            }
        }
        return seconds
    }
}

private func sleepUntil(_ moment: Double) {
    var time = timespec(tv_sec: Int(moment), tv_nsec: Int((moment - moment.rounded(.down)) * 1e9))
    while clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nil) == EINTR {}
}
