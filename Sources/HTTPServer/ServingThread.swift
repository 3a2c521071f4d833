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

    init(
        sockets: [ListeningSocket], daemon: Daemon, wake: WakeDescriptor, service: Service,
        isOver: OneTimeSignal
    ) {
        held = Mutex(Held(sockets: sockets, daemon: daemon))
        self.wake = wake
        self.service = service
        self.isOver = isOver
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
        finishRequests()
        service.close()
        // Those that began on idle connections just before.
        finishRequests()
        // Frees the daemon, which joins its threads.
        held.withLock { $0.daemon = nil }
        isOver.signal()
    }

    private func acceptUntilWoken() {
        let (descriptors, daemon) = held.withLock { ($0.sockets.map(\.descriptor), $0.daemon) }
        guard let daemon else { return }
        Acceptor(sockets: descriptors, wake: wake.descriptor, service: service, daemon: daemon).run()
    }

    /// libmicrohttpd aborts the process if it is stopped while a connection is suspended, so every request must
    /// have ended: by its answer, or, past the deadline, by being given up.
    private func finishRequests() {
        while service.active.load(ordering: .sequentiallyConsistent) > 0 {
            let isLate = Moment.now.milliseconds >= service.stopDeadline.load(ordering: .relaxed)
            service.connections.forEach { connection in
                guard let exchange = connection.exchange.withLock({ $0 }) else { return }
                exchange.stream.withLock { $0 }?.stop()
                guard isLate else { return }
                exchange.abandon()
                shutdown(connection.descriptor, Int32(SHUT_RDWR))
            }
            usleep(2_000)
        }
    }
}
