import Glibc

/// A thread that carries out what blocks, one thing after the other, out of the cooperative pool.
///
/// It ends, after what it was given before, when the last reference to it goes.
final class BlockingThread: Sendable {
    private let work = Work()

    init() {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(work)
        let failed = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<Work>.fromOpaque(context).takeRetainedValue().carryOut()
                return nil
            }, context.toOpaque())
        precondition(failed == 0, "the system gives no more threads")
        pthread_detach(thread)
    }

    deinit { work.add(nil) }

    /// Returns when the body has run on the thread, or throws what it throws.
    func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            work.add { continuation.resume(with: Swift.Result(catching: body)) }
        }
    }
}

/// What a thread still has to do.
///
/// `@unchecked` because of the C lock and condition: `queue` is touched under the lock alone.
private final class Work: @unchecked Sendable {
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let added = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var queue: [(@Sendable () -> Void)?] = []

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
