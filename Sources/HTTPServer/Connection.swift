import Glibc
import HTTP
import Synchronization

/// One open connection as the server's own books have it: who it is and until when it must have sent its request.
final class Connection: Sendable {
    let descriptor: Int32
    let address: String
    /// Whose limit of connections it counts towards; nil for nobody's.
    let countedTo: String?
    /// The request under way on it.
    let exchange = Mutex<Exchange?>(nil)
    /// A `Watch`, so that the thread that serves the connection and the one that watches it never wait.
    private let watch: Atomic<UInt64>
    /// What `watch` was when the client was first seen to have hung up.
    private let hungUpDuring = Atomic<UInt64>(Watch.off)

    init(descriptor: Int32, address: String, isCounted: Bool, deadline: Moment) {
        self.descriptor = descriptor
        self.address = address
        countedTo = isCounted ? Request.clientKey(of: address) : nil
        watch = Atomic(Watch.receiving(until: deadline))
    }

    /// The first line of a request is here; the rest must come until `deadline`.
    func requestBegan(deadline: Moment) {
        advance(to: Watch.receiving(until: deadline))
    }

    /// The whole request is here. False if the connection was cut for slowness just before.
    func requestArrived() -> Bool {
        advance(to: Watch.off)
    }

    /// The answer is sent; the next request must have come whole until `deadline`.
    func becameIdle(deadline: Moment) {
        advance(to: Watch.idle(until: deadline))
    }

    @discardableResult
    private func advance(to next: UInt64) -> Bool {
        let before = watch.exchange(next, ordering: .acquiringAndReleasing)
        guard before == Watch.cut else { return true }
        watch.store(Watch.cut, ordering: .releasing)
        return false
    }

    enum Overdue {
        case idle, receiving
    }

    /// Marks the connection as cut if its time is over. The caller then shuts the socket down, and may write to
    /// it if a request was coming in: nobody else writes while one does.
    func cutIfOverdue(at now: Moment) -> Overdue? {
        let current = watch.load(ordering: .acquiring)
        guard current != Watch.off, current != Watch.cut, Watch.moment(of: current) < now else { return nil }
        let (cut, _) = watch.compareExchange(
            expected: current, desired: Watch.cut, ordering: .acquiringAndReleasing)
        guard cut else { return nil }
        return Watch.isReceiving(current) ? .receiving : .idle
    }

    /// To be called when the client is seen to have hung up. Marks the connection as cut at the second time during
    /// the same request: between the two, its thread has read whatever had come before the goodbye.
    func cutIfHungUpBefore() -> Bool {
        let current = watch.load(ordering: .acquiring)
        guard current != Watch.off, current != Watch.cut, Watch.isReceiving(current) else { return false }
        guard hungUpDuring.exchange(current, ordering: .relaxed) == current else { return false }
        return watch.compareExchange(
            expected: current, desired: Watch.cut, ordering: .acquiringAndReleasing
        ).exchanged
    }
}

/// A deadline and what it is for, in one word.
private enum Watch {
    static let off: UInt64 = 0
    static let cut = UInt64.max

    static func idle(until moment: Moment) -> UInt64 { moment.milliseconds << 1 }

    static func receiving(until moment: Moment) -> UInt64 { moment.milliseconds << 1 | 1 }

    static func moment(of word: UInt64) -> Moment { Moment(milliseconds: word >> 1) }

    static func isReceiving(_ word: UInt64) -> Bool { word & 1 == 1 }
}
