import Dispatch
import Glibc
import Synchronization

/// The children that run: told to end when this program is interrupted, so that none is left behind.
enum Children {
    private static let running = Mutex<Set<Int32>>([])

    static func note(_ id: Int32) { running.withLock { _ = $0.insert(id) } }

    /// Called before the child is reaped, while its number is still its own.
    static func forget(_ id: Int32) { running.withLock { _ = $0.remove(id) } }

    fileprivate static func endAll() {
        running.withLock { for id in $0 { kill(id, SIGTERM) } }
    }
}

/// Ends the children and this program on SIGINT and SIGTERM.
final class Interruption {
    private let sources: [any DispatchSourceSignal]

    init() {
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                Children.endAll()
                exit(128 + number)
            }
            source.resume()
            return source
        }
    }
}
