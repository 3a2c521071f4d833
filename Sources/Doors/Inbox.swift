internal import Operations
import Synchronization

/// What other threads tell the doors' thread: answers to scans, and to stop.
final class Inbox: Sendable {
    /// The answer to one scan of one connection.
    struct Answer: Sendable {
        var connection: UInt64
        var scan: UInt64
        var result: Result<ScanAnswer, any Error>
    }

    private struct State {
        var answers: [Answer] = []
        var stopBy: Int64?
        var hasEnded = false
        var waitingForEnd: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    let alarm: Alarm
    let openConnections = Atomic<Int>(0)

    init() throws(ListenError) {
        alarm = try Alarm()
    }

    /// Leaves an answer; the first since the inbox was last emptied wakes the doors' thread.
    func post(_ answer: Answer) {
        let isFirst = state.withLock {
            $0.answers.append(answer)
            return $0.answers.count == 1
        }
        if isFirst { alarm.ring() }
    }

    /// Exchanges the answers for the empty array, whose room is used for the next ones.
    func takeAnswers(into answers: inout [Answer]) {
        state.withLock { swap(&$0.answers, &answers) }
    }

    /// Asks the thread to end, by a time on the monotonic clock at the latest.
    func stop(by milliseconds: Int64) {
        state.withLock { $0.stopBy = min($0.stopBy ?? milliseconds, milliseconds) }
        alarm.ring()
    }

    var stopBy: Int64? { state.withLock { $0.stopBy } }

    func ended() {
        let waiting = state.withLock {
            $0.hasEnded = true
            return exchange(&$0.waitingForEnd, with: [])
        }
        for continuation in waiting { continuation.resume() }
    }

    func waitForEnd() async {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock {
                if !$0.hasEnded { $0.waitingForEnd.append(continuation) }
                return $0.hasEnded
            }
            if hasEnded { continuation.resume() }
        }
    }
}
