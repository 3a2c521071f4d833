import Operations
import Registration
import Secrets
import Synchronization

/// What the desk's last scans were answered, until the page that follows each has been shown.
///
/// They wait here and not in the address, so that nobody can make a page that says "Welcome".
final class ShownVerdicts: Sendable {
    private static let lifeMilliseconds: Int64 = 60_000
    private static let limit = 1_000

    private let kept = Mutex<[(key: String, answer: ScanAnswer, at: Timestamp)]>([])
    private let now: @Sendable () -> Timestamp

    init(now: @escaping @Sendable () -> Timestamp) {
        self.now = now
    }

    func keep(_ answer: ScanAnswer) -> String {
        let key = RandomSource().token(bits: 80)
        let now = now()
        kept.withLock { kept in
            kept.removeAll { now.milliseconds(since: $0.at) > ShownVerdicts.lifeMilliseconds }
            if kept.count >= ShownVerdicts.limit { kept.removeFirst() }
            kept.append((key, answer, now))
        }
        return key
    }

    /// Nil if it is older than a minute: a page that was left open must not say "Welcome" to the next person.
    func find(_ key: String?) -> ScanAnswer? {
        guard let key else { return nil }
        let now = now()
        return kept.withLock { kept in
            kept.first { $0.key == key && now.milliseconds(since: $0.at) <= ShownVerdicts.lifeMilliseconds }?
                .answer
        }
    }
}
