import Glibc
import HTTP
import Synchronization

/// The thread that takes connections in, refuses what is too much and cuts what is too slow.
struct Acceptor {
    private let sockets: [Int32]
    private let wake: Int32
    private let service: Service
    private let daemon: Daemon
    private let watchMilliseconds: Int32

    init(sockets: [Int32], wake: Int32, service: Service, daemon: Daemon) {
        self.sockets = sockets
        self.wake = wake
        self.service = service
        self.daemon = daemon
        watchMilliseconds = Int32(min(1_000, max(20, service.limits.requestSeconds * 100)))
    }

    /// Returns once something is written to the wake descriptor.
    func run() {
        var waiting = (sockets + [wake]).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        var watched = Moment.now
        while true {
            poll(&waiting, nfds_t(waiting.count), watchMilliseconds)
            if waiting[sockets.count].revents != 0 { return }
            for index in sockets.indices where waiting[index].revents != 0 { acceptAll(from: sockets[index]) }
            let now = Moment.now
            if now >= watched.adding(seconds: Double(watchMilliseconds) / 1_000) {
                watched = now
                watch(at: now)
            }
        }
    }

    private func acceptAll(from socket: Int32) {
        // A bound, so that a flood of connections does not keep the watch from its round.
        for _ in 0..<256 {
            var peer = sockaddr_storage()
            var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let descriptor = withUnsafeMutablePointer(to: &peer) { peer in
                peer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    accept(socket, $0, &size)
                }
            }
            guard descriptor >= 0 else {
                // No descriptor is free: the client waits in the queue until one is, and so do we.
                if errno == EMFILE || errno == ENFILE || errno == ENOMEM { usleep(20_000) }
                return
            }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            admit(descriptor, peer: &peer, peerBytes: size)
        }
    }

    private func admit(_ descriptor: Int32, peer: inout sockaddr_storage, peerBytes: socklen_t) {
        let address = SocketAddress.peer(of: &peer)
        let connection = Connection(
            descriptor: descriptor, address: address,
            isCounted: !service.trustedProxies.contains(address),
            deadline: Moment.now.adding(seconds: service.limits.requestSeconds))
        switch service.connections.admit(connection) {
        case .admitted:
            if !daemon.serve(descriptor, peer: &peer, peerBytes: peerBytes) {
                service.connections.remove(descriptor)
            }
        case .full: refuse(descriptor, "This server has as many connections as it takes. Please try again.")
        case .tooManyOfAddress:
            refuse(descriptor, "Too many connections are open from your address. Please close some.")
        }
    }

    private func refuse(_ descriptor: Int32, _ sentence: String) {
        Refusal(.plainError(RequestError.unavailable(sentence, retryAfterSeconds: 5))).send(to: descriptor)
        close(descriptor)
    }

    /// Cuts whoever is too slow, and lets go of clients that have hung up where nobody else looks: a suspended
    /// connection is out of the library's sight, and a goodbye that comes together with the last bytes of half a
    /// request is overlooked by it.
    private func watch(at now: Moment) {
        service.connections.forEach { connection in
            if let overdue = connection.cutIfOverdue(at: now) {
                cut(connection.descriptor, overdue)
            } else if hasHungUp(connection.descriptor) {
                if let stream = connection.exchange.withLock({ $0?.stream.withLock { $0 } }) {
                    stream.clientLeft()
                } else if connection.cutIfHungUpBefore() {
                    shutdown(connection.descriptor, Int32(SHUT_RDWR))
                }
            }
        }
    }

    private func hasHungUp(_ descriptor: Int32) -> Bool {
        // POLLRDHUP, which Swift does not import without _GNU_SOURCE.
        let peerClosed: Int16 = 0x2000
        var state = pollfd(fd: descriptor, events: peerClosed, revents: 0)
        return poll(&state, 1, 0) > 0
    }

    private func cut(_ descriptor: Int32, _ overdue: Connection.Overdue) {
        if overdue == .receiving {
            let seconds = service.limits.requestSeconds
            let error = RequestError(
                .requestTimeout,
                "This request took longer than \(Int(seconds.rounded(.up))) seconds to arrive.")
            Refusal(.plainError(error)).send(to: descriptor)
        }
        shutdown(descriptor, Int32(SHUT_RDWR))
    }
}
