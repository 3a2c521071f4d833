import Secrets
import Synchronization

/// Which renderings of a form were sent, so that a button pressed twice does its work once.
///
/// It forgets the oldest; what it forgot could be sent again, which nobody does after a thousand others.
final class SentForms: Sendable {
    static let limit = 1_000

    private let sent = Mutex<[String]>([])

    /// What a rendering carries in its field `once`.
    static func mark() -> String { RandomSource().token(bits: 80) }

    /// Whether the rendering is sent for the first time; true for a form without a mark.
    func isFirst(_ mark: String?) -> Bool {
        guard let mark, mark.utf8.count <= 64 else { return true }
        return sent.withLock { sent in
            guard !sent.contains(mark) else { return false }
            if sent.count >= SentForms.limit { sent.removeFirst() }
            sent.append(mark)
            return true
        }
    }

    /// Lets the rendering be sent again, because nothing came of it.
    func forget(_ mark: String?) {
        guard let mark else { return }
        sent.withLock { sent in sent.removeAll { $0 == mark } }
    }
}
