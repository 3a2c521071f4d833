import Glibc
import Synchronization

/// The life of a server on a thread of its own, as accepting, waiting and joining block: it takes connections in
/// until it is woken, finishes what is under way, and says when all is over.
final class ServingThread: Sendable {
    private struct Held {
        var sockets: [ListeningSocket]
        var daemon: Daemon?
    }

    private let held: Mutex<Held>
    private let wake: WakeDescriptor
    private let service: Service
    private let isOver: OneTimeSignal
    private let graceMilliseconds: UInt64

    /// - Parameter graceMilliseconds: how long requests that were given up may take to end.
    init(
        sockets: [ListeningSocket], daemon: Daemon, wake: WakeDescriptor, service: Service,
        isOver: OneTimeSignal, graceMilliseconds: UInt64 = 5_000
    ) {
        held = Mutex(Held(sockets: sockets, daemon: daemon))
        self.wake = wake
        self.service = service
        self.isOver = isOver
        self.graceMilliseconds = graceMilliseconds
    }

    /// False if the system has no thread left.
    func start() -> Bool {
        let context = Unmanaged.passRetained(self)
        var thread = pthread_t()
        let status = pthread_create(
            &thread, nil,
            { context in
                if let context { Unmanaged<ServingThread>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            }, context.toOpaque())
        guard status == 0 else {
            context.release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    private func run() {
        acceptUntilWoken()
        held.withLock { $0.sockets = [] }
        _ = finishRequests()
        service.close()
        // Those that began on idle connections just before.
        letGoOfDaemon(isIdle: finishRequests())
        isOver.signal()
    }

    private func acceptUntilWoken() {
        let (descriptors, daemon) = held.withLock { ($0.sockets.map(\.descriptor), $0.daemon) }
        guard let daemon else { return }
        Acceptor(sockets: descriptors, wake: wake.descriptor, service: service, daemon: daemon).run()
    }

    /// Frees the daemon, which joins its threads. libmicrohttpd aborts the process if it is stopped while a
    /// connection is suspended, so where a request has not ended the daemon is left to the end of the process.
    private func letGoOfDaemon(isIdle: Bool) {
        held.withLock { held in
            if !isIdle, let daemon = held.daemon { _ = Unmanaged.passRetained(daemon) }
            held.daemon = nil
        }
        // What it was handed and had not begun yet it closed without a word.
        if isIdle { service.connections.removeAll() }
    }

    /// Returns true when every request has ended: by its answer, or, past the deadline, by being given up; and false
    /// if one has not some time after the deadline.
    private func finishRequests() -> Bool {
        let began = Moment.now.milliseconds
        while service.active.load(ordering: .sequentiallyConsistent) > 0 {
            let (now, deadline) = (Moment.now.milliseconds, service.stopDeadline.load(ordering: .relaxed))
            if now >= max(began, deadline) + graceMilliseconds { return false }
            let isLate = now >= deadline
            service.connections.forEach { connection in
                guard let exchange = connection.exchange.withLock({ $0 }) else { return }
                exchange.stream.withLock { $0 }?.stop()
                guard isLate else { return }
                exchange.abandon()
                shutdown(connection.descriptor, Int32(SHUT_RDWR))
            }
            usleep(2_000)
        }
        return true
    }
}
