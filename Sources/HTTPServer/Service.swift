internal import CMicrohttpd
public import HTTP
import Synchronization

/// What the callbacks of libmicrohttpd work with; one for a server.
final class Service: Sendable {
    let router: Router
    let limits: ServerLimits
    let trustedProxies: TrustedProxies
    let connections: Connections
    /// Requests under way, from their first line to the last byte of their answer.
    let active = Atomic<Int>(0)
    let isStopping = Atomic<Bool>(false)
    private let isClosed = Atomic<Bool>(false)
    /// Until when requests under way may go on once the server stops, in milliseconds of the monotonic clock.
    let stopDeadline = Atomic<UInt64>(0)
    private let ids = RequestIDs()
    private let onResponse: @Sendable (AnsweredRequest) -> Void

    init(
        router: Router, limits: ServerLimits, trustedProxies: TrustedProxies, connections: Connections,
        onResponse: @escaping @Sendable (AnsweredRequest) -> Void
    ) {
        self.router = router
        self.limits = limits
        self.trustedProxies = trustedProxies
        self.connections = connections
        self.onResponse = onResponse
    }

    /// From now on answers end their connections, and after `deadline` requests are given up.
    func stop(by deadline: Moment) {
        stopDeadline.store(deadline.milliseconds, ordering: .relaxed)
        isStopping.store(true, ordering: .sequentiallyConsistent)
    }

    /// No more requests begin, and those that have begun are counted in `active` now.
    func close() {
        isClosed.store(true, ordering: .sequentiallyConsistent)
    }

    /// The request line is here. Nil once the service is closed: the connection is to end.
    func begin(target: String, on connection: Connection) -> Exchange? {
        // Counted before it looks, as whoever closes looks at the count afterwards: one of both sees the other.
        active.add(1, ordering: .sequentiallyConsistent)
        guard !isClosed.load(ordering: .sequentiallyConsistent) else {
            active.subtract(1, ordering: .sequentiallyConsistent)
            return nil
        }
        endWhatIsLeft(on: connection)
        connection.requestBegan(deadline: Moment.now.adding(seconds: limits.requestSeconds))
        let exchange = Exchange(connection: connection, target: target)
        connection.exchange.withLock { $0 = exchange }
        return exchange
    }

    /// The last byte of the answer is sent, or the connection is over. Ends each exchange once, however often it is
    /// called.
    func end(_ exchange: Exchange) {
        let isUnderWay = exchange.connection.exchange.withLock { held in
            guard held === exchange else { return false }
            held = nil
            return true
        }
        guard isUnderWay else { return }
        exchange.close()
        let idleSeconds = Double(limits.idleSeconds) + limits.requestSeconds
        exchange.connection.becameIdle(deadline: Moment.now.adding(seconds: idleSeconds))
        active.subtract(1, ordering: .sequentiallyConsistent)
    }

    /// The connection closes or goes on to its next request. libmicrohttpd does not always say that a request is
    /// over: not of one that it gave up while it read the headers.
    func endWhatIsLeft(on connection: Connection) {
        if let exchange = connection.exchange.withLock({ $0 }) { end(exchange) }
    }

    /// The handler of libmicrohttpd: called when the headers are here, for each piece of the body, when
    /// everything is here, and again after the connection was resumed.
    func handle(
        _ exchange: Exchange, on pointer: OpaquePointer,
        line: (method: UnsafePointer<CChar>?, version: UnsafePointer<CChar>?),
        piece: UnsafeRawBufferPointer
    ) -> MHD_Result {
        if exchange.hasBegunOnly { return receiveHeaders(of: exchange, on: pointer, line: line) }
        if !piece.isEmpty {
            let step = exchange.take(
                piece, router: router, drainLimit: limits.drainedBytes,
                suspending: SuspendableConnection(pointer))
            return carryOut(step, exchange, on: pointer)
        }
        let step = exchange.advance(suspending: SuspendableConnection(pointer))
        return carryOut(step, exchange, on: pointer)
    }

    private func receiveHeaders(
        of exchange: Exchange, on pointer: OpaquePointer,
        line: (method: UnsafePointer<CChar>?, version: UnsafePointer<CChar>?)
    ) -> MHD_Result {
        let read = RequestHeaders(from: pointer)
        let headers = read.headers
        let request = Request(
            Method(rawValue: line.method.map { String(cString: $0) } ?? ""), exchange.target,
            headers: headers,
            remoteAddress: trustedProxies.client(peer: exchange.connection.address, headers: headers),
            id: ids.next())
        let match = router.match(request)
        let intake = RequestIntake(request: request, match: match, limits: limits)
        let headerBytes = lanyard_request_header_bytes(pointer)
        let version = line.version.map { String(cString: $0) } ?? ""
        do throws(RequestError) {
            let refusal = intake.refusal(
                version: version, headerBytes: headerBytes, hasWellFormedHeaders: read.areWellFormed,
                limits: limits)
            if let error = refusal { throw error }
            guard let upload = match.upload else {
                exchange.receive(intake)
                return .YES
            }
            try receive(upload, of: exchange, request, match, on: pointer)
            return .YES
        } catch {
            exchange.refuse()
            let answer = router.show(error, to: request, as: match)
            return carryOut(.refuse(answer, request, match), exchange, on: pointer)
        }
    }

    /// Has the handler begin, which reads the body or refuses it.
    private func receive(
        _ upload: Upload, of exchange: Exchange, _ request: Request, _ match: RouteMatch,
        on pointer: OpaquePointer
    ) throws(RequestError) {
        var form: FormReader?
        if case .form = upload.kind {
            form = try FormReader(pointer, contentType: request.headers["Content-Type"] ?? "")
        }
        let incoming = IncomingUpload(
            upload, form: form, on: exchange.connection, bufferBytes: limits.uploadBufferBytes)
        exchange.receive(incoming)
        var request = request
        request.upload = incoming.reader
        Task { [request] in await answer(exchange, request, match) }
        incoming.holdBody(SuspendableConnection(pointer))
    }

    private func carryOut(
        _ step: Exchange.Step, _ exchange: Exchange, on pointer: OpaquePointer
    ) -> MHD_Result {
        switch step {
        case .proceed: return .YES
        case .close: return .NO
        case .refuse(let response, let request, let match):
            report(response, to: request, as: match, exchange)
            Refusal(response).send(to: exchange.connection.descriptor)
            return .YES
        case .cutShort(let response):
            Refusal(response).send(to: exchange.connection.descriptor)
            return .YES
        case .handle(let request, let match):
            if match.isBrief {
                Task.immediate { await answer(exchange, request, match) }
            } else {
                Task { await answer(exchange, request, match) }
            }
            return carryOut(
                exchange.advance(suspending: SuspendableConnection(pointer)), exchange, on: pointer)
        case .send(let response):
            return AnswerSender(service: self, exchange: exchange, pointer: pointer).send(response)
        }
    }

    private func answer(_ exchange: Exchange, _ request: Request, _ match: RouteMatch) async {
        let response = await router.respond(to: request, as: match)
        report(response, to: request, as: match, exchange)
        exchange.answer(request.method == .head ? response.withoutStream : response)
    }

    private func report(_ response: Response, to request: Request, as match: RouteMatch, _ exchange: Exchange)
    {
        onResponse(
            AnsweredRequest(
                pattern: match.pattern, method: request.method, status: response.status,
                seconds: (ContinuousClock.now - exchange.began) / .seconds(1)))
    }
}

/// What became of a request, for metrics.
public struct AnsweredRequest: Sendable {
    /// The pattern of its route, nil where no route has its address.
    public let pattern: String?
    /// As it was sent; its `label` is one of few.
    public let method: Method
    public let status: Status
    /// From the request line's arrival until the answer was ready to be sent.
    public let seconds: Double
}

extension Response {
    /// A stream is not begun for a client that reads only headers.
    fileprivate var withoutStream: Response {
        guard case .stream = body else { return self }
        var response = self
        response.body = .bytes([])
        return response
    }
}
