import Synchronization

/// How long somebody waits for a print server, and the means to stop waiting earlier.
///
/// `@unchecked` because of the C integer that libcups reads while it connects: it is only ever set from 0 to 1,
/// by one aligned store, and freed with this, which the connection holds on to.
final class Patience: @unchecked Sendable {
    let cancelFlag: UnsafeMutablePointer<Int32>
    private let deadline: ContinuousClock.Instant
    private let isCancelled = Atomic(false)

    init(milliseconds: Int) {
        cancelFlag = .allocate(capacity: 1)
        cancelFlag.initialize(to: 0)
        deadline = .now + .milliseconds(milliseconds)
    }

    deinit { cancelFlag.deallocate() }

    func cancel() {
        isCancelled.store(true, ordering: .releasing)
        cancelFlag.pointee = 1
    }

    var isOver: Bool { isCancelled.load(ordering: .acquiring) || ContinuousClock.now >= deadline }

    /// At least 1, as 0 would mean no limit.
    var remainingMilliseconds: Int32 {
        let remaining = ContinuousClock.now.duration(to: deadline).components
        return Int32(
            clamping: max(1, remaining.seconds * 1_000 + remaining.attoseconds / 1_000_000_000_000_000))
    }
}
