public import HTTP

/// Serves a router over sockets until it is stopped.
///
///     let server = try Server(router, listeningOn: [ListenAddress("127.0.0.1:8080")])
///     …
///     await server.stop(withinSeconds: 10)
public final class Server: Sendable {
    /// Where it listens really, in the order asked for: with the ports that were taken for port 0.
    public let addresses: [ListenAddress]
    /// How many connections it takes: the limit, or what the system's limit on open files leaves room for.
    public let connectionLimit: Int
    private let service: Service
    private let wake: WakeDescriptor
    private let isOver = OneTimeSignal()

    /// Listens and serves from now on.
    ///
    /// - Parameters:
    ///   - threads: how many serve connections; handlers run in tasks elsewhere.
    ///   - onResponse: called once for each answer of the router, from any thread.
    public init(
        _ router: Router, listeningOn wanted: [ListenAddress], limits: ServerLimits = ServerLimits(),
        trustedProxies: TrustedProxies = TrustedProxies(), threads: Int = 2,
        onResponse: @escaping @Sendable (AnsweredRequest) -> Void = { _ in }
    ) throws(ListenError) {
        var sockets: [ListeningSocket] = []
        for address in wanted { sockets.append(try ListeningSocket(address)) }
        addresses = sockets.map(\.address)
        connectionLimit = OpenFiles.makeRoom(for: limits.connections)
        service = Service(
            router: router, limits: limits, trustedProxies: trustedProxies,
            connections: Connections(limit: connectionLimit, perAddressLimit: limits.connectionsPerAddress),
            onResponse: onResponse)
        let exhausted = ListenError(
            address: wanted.map(\.description).joined(separator: ", "),
            reason: "The system has no threads or open files left: raise its limits (ulimit -u, -n).")
        guard let wake = WakeDescriptor() else { throw exhausted }
        self.wake = wake
        guard let daemon = Daemon(service: service, threads: threads, connections: connectionLimit),
            ServingThread(sockets: sockets, daemon: daemon, wake: wake, service: service, isOver: isOver)
                .start()
        else { throw exhausted }
    }

    deinit {
        wake.signal()
    }

    /// The first TCP port it listens on.
    public var port: UInt16? {
        for case .tcp(_, let port) in addresses { return port }
        return nil
    }

    /// How many connections are open now.
    public var openConnections: Int { service.connections.count }

    /// Takes no more connections, ends streams, finishes the requests under way and returns when all is over. What
    /// is not finished within the time is cut; a handler that returns later does no harm.
    public func stop(withinSeconds seconds: Double = 10) async {
        service.stop(by: Moment.now.adding(seconds: seconds))
        wake.signal()
        await isOver.wait()
    }
}
