import Log
import Operations
import Synchronization

/// Tells the operator of scans that could not be kept, at most once in ten seconds: a full disk fails each of them.
final class DoorFaults: Sendable {
    private struct State {
        var lastTold: ContinuousClock.Instant?
        var untold = 0
    }

    private let state = Mutex(State())
    private let log: Logger

    init(_ log: Logger) {
        self.log = log
    }

    /// Too much work and a point that does not exist are told to the scanner alone: nothing here is broken.
    func note(_ fault: any Error) {
        if fault is Overloaded || fault is UnknownPoint { return }
        let now = ContinuousClock.now
        let scans = state.withLock { state -> Int? in
            state.untold += 1
            if let lastTold = state.lastTold, now - lastTold < .seconds(10) { return nil }
            state.lastTold = now
            return exchange(&state.untold, with: 0)
        }
        guard let scans else { return }
        log.error("Scans at the doors could not be kept", ["scans": scans, "error": "\(fault)"])
    }
}
