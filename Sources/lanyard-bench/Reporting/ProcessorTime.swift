import Glibc

/// Drives something and notes what it cost the other process and this one.
func metered(_ process: ChildProcess, _ drive: () throws -> Driven) rethrows -> (Driven, Report.Cost) {
    let (other, own) = (process.processorSeconds, ownProcessorSeconds())
    let driven = try drive()
    let each = 1e6 / Double(max(1, driven.answered))
    return (
        driven,
        Report.Cost(
            daemon: (process.processorSeconds - other) * each, driver: (ownProcessorSeconds() - own) * each)
    )
}

/// The processor time that this process has taken.
func ownProcessorSeconds() -> Double {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
}
