import Glibc

/// A thread that carries out what blocks, one thing after the other, out of the cooperative pool.
///
/// It starts with the first thing that it is given, and ends, after what it was given before, when the last
/// reference to it goes.
public final class BlockingThread: Sendable {
    private let work = Work()

    public init() {}

    deinit { work.add(nil) }

    /// Returns when the body has run on the thread, or throws what it throws; or `NoThread`, where the system
    /// gives none, and the next call tries again.
    public func run<Result: Sendable>(
        _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try work.start()
        return try await withCheckedThrowingContinuation { continuation in
            work.add { continuation.resume(with: Swift.Result(catching: body)) }
        }
    }

    /// Has the body run after what the thread was given before, and waits for nothing. Where no thread could be
    /// had so far, the body waits for the next ``run(_:)``.
    public func add(_ body: @escaping @Sendable () -> Void) { work.add(body) }
}

/// The system gives this process no more threads.
public struct NoThread: Error, CustomStringConvertible {
    public var description: String {
        "The system gives no more threads. Raise TasksMax= of the service, or the user's limit (ulimit -u)."
    }
}

/// What a thread still has to do.
///
/// `@unchecked` because of the C lock and condition: what changes is touched under the lock alone.
private final class Work: @unchecked Sendable {
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let added = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var queue: [(@Sendable () -> Void)?] = []
    private var hasThread = false

    init() {
        pthread_mutex_init(lock, nil)
        pthread_cond_init(added, nil)
    }

    deinit {
        pthread_mutex_destroy(lock)
        pthread_cond_destroy(added)
        lock.deallocate()
        added.deallocate()
    }

    /// Starts the thread if there is none yet.
    func start() throws {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        guard !hasThread else { return }
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self)
        let code = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<Work>.fromOpaque(context).takeRetainedValue().carryOut()
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            context.release()
            throw NoThread()
        }
        pthread_detach(thread)
        hasThread = true
    }

    /// Nil ends the thread.
    func add(_ body: (@Sendable () -> Void)?) {
        pthread_mutex_lock(lock)
        queue.append(body)
        pthread_cond_signal(added)
        pthread_mutex_unlock(lock)
    }

    func carryOut() {
        while let body = next() { body() }
    }

    private func next() -> (@Sendable () -> Void)? {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        while queue.isEmpty { pthread_cond_wait(added, lock) }
        return queue.removeFirst()
    }
}
