import Dispatch
import Glibc
import Synchronization

/// The children that run and the folders that they work in, so that none is left behind when this program is
/// interrupted.
enum Leftovers {
    private static let state = Mutex<(children: Set<Int32>, folders: Set<String>)>(([], []))

    static func note(child: Int32) { state.withLock { _ = $0.children.insert(child) } }
    static func note(folder: String) { state.withLock { _ = $0.folders.insert(folder) } }

    /// Called before the child is reaped, while its number is still its own.
    static func forget(child: Int32) { state.withLock { _ = $0.children.remove(child) } }

    fileprivate static func clear() {
        state.withLock { state in
            for child in state.children { kill(child, SIGKILL) }
            for folder in state.folders { removeFolder(folder) }
        }
    }
}

/// Leaves nothing behind on SIGINT and SIGTERM.
final class Interruption {
    private let sources: [any DispatchSourceSignal]

    init() {
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                Leftovers.clear()
                exit(128 + number)
            }
            source.resume()
            return source
        }
    }
}
