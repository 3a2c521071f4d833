import Registration
import Secrets
import Synchronization

/// What a form of staff was answered, until the page that the browser is sent to has been shown.
///
/// It waits here and not in the address: nobody can make a page that says "Welcome", and whom staff looked
/// for is in no history and no proxy's log.
final class Handover<Value: Sendable>: Sendable {
    private let lifeMilliseconds: Int64
    private let limit = 1_000

    private let kept = Mutex<[(key: String, value: Value, at: Timestamp)]>([])
    private let now: @Sendable () -> Timestamp

    init(lifeSeconds: Int64, now: @escaping @Sendable () -> Timestamp) {
        lifeMilliseconds = lifeSeconds * 1_000
        self.now = now
    }

    func keep(_ value: Value) -> String {
        let key = RandomSource().token(bits: 80)
        let now = now()
        kept.withLock { kept in
            kept.removeAll { now.milliseconds(since: $0.at) > lifeMilliseconds }
            if kept.count >= limit { kept.removeFirst() }
            kept.append((key, value, now))
        }
        return key
    }

    /// Nil once it is too old.
    func find(_ key: String?) -> Value? {
        guard let key else { return nil }
        let now = now()
        return kept.withLock { kept in
            kept.first { $0.key == key && now.milliseconds(since: $0.at) <= lifeMilliseconds }?.value
        }
    }
}
