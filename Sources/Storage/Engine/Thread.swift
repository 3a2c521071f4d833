internal import Glibc

/// Starts a thread of its own for work that blocks, which must stay out of Swift's cooperative pool.
///
/// Throws `NoThread`, and lets go of the body, where the system gives none.
func startThread(_ body: sending @escaping () -> Void) throws {
    let start = Unmanaged.passRetained(ThreadStart(body))
    var thread = pthread_t()
    let code = pthread_create(
        &thread, nil,
        { context in
            if let context { Unmanaged<ThreadStart>.fromOpaque(context).takeRetainedValue().body() }
            return nil
        }, start.toOpaque())
    guard code == 0 else {
        start.release()
        throw NoThread()
    }
    pthread_detach(thread)
}

private final class ThreadStart {
    let body: () -> Void

    init(_ body: @escaping () -> Void) {
        self.body = body
    }
}

/// The system gives this process no more threads.
public struct NoThread: Error, Hashable, Sendable, CustomStringConvertible {
    public var description: String {
        "The system gives no more threads. Raise TasksMax= of the service, or the user's limit (ulimit -u)."
    }
}
