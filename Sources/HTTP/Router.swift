/// Answers a request; what it throws is shown by the router's error page.
public typealias Handler = @Sendable (Request, Parameters) async throws -> Response

/// Which handler answers which address. Works without a socket, so tests call `respond(to:)`.
///
///     var router = Router()
///     router.on(.get, "/e/{event}") { request, parameters in … parameters["event"] … }
///     router.mount(api, at: "/api/v1")
public struct Router: Sendable {
    struct Face: Sendable {
        var errorPage: ErrorPage = { error, _ in .plainError(error) }
        var finish: @Sendable (inout Response, Request) -> Void = { _, _ in }
    }

    struct Route: Sendable {
        var method: Method
        var pattern: RoutePattern
        var names: [String]
        var bodyLimitBytes: Int?
        var upload: Upload?
        var isBrief: Bool
        var face: Int
        var handler: Handler
    }

    private struct Mount: Sendable {
        var prefix: [String]
        var face: Int
    }

    private var routes: [Route] = []
    private var tree = RouteTree()
    private var faces = [Face()]
    private var mounts: [Mount] = []

    public init() {}

    /// How this router's errors are shown, its own (404, 405, 400, 413) and those that its handlers throw.
    public var errorPage: ErrorPage {
        get { faces[0].errorPage }
        set { faces[0].errorPage = newValue }
    }

    /// Called with every answer of this router, also errors, before it is sent: the place for security headers.
    public var finish: @Sendable (inout Response, Request) -> Void {
        get { faces[0].finish }
        set { faces[0].finish = newValue }
    }

    /// Adds a route. A GET route answers HEAD too.
    ///
    /// - Parameters:
    ///   - bodyLimitBytes: how large a body may be here; nil means the server's ordinary limit.
    ///   - isBrief: whether the handler neither blocks nor computes for longer than some tens of microseconds
    ///     before it first waits. Then it begins on the thread that read the request, which is a third cheaper;
    ///     meanwhile that thread serves none of its other connections.
    /// - Precondition: no other route matches the same requests.
    public mutating func on(
        _ method: Method, _ pattern: String, bodyLimitBytes: Int? = nil, isBrief: Bool = false,
        _ handler: @escaping Handler
    ) {
        let pattern = RoutePattern(pattern)
        add(
            Route(
                method: method, pattern: pattern, names: pattern.names, bodyLimitBytes: bodyLimitBytes,
                isBrief: isBrief, face: 0, handler: handler))
    }

    /// Adds a route whose handler reads the body piece by piece.
    ///
    /// - Precondition: no other route matches the same requests.
    public mutating func on(
        _ method: Method, _ pattern: String, taking upload: Upload, _ handler: @escaping Handler
    ) {
        let pattern = RoutePattern(pattern)
        add(
            Route(
                method: method, pattern: pattern, names: pattern.names, bodyLimitBytes: upload.limitBytes,
                upload: upload, isBrief: false, face: 0, handler: handler))
    }

    /// Adds all routes of another router below a prefix; it keeps its own error page, also for addresses under
    /// the prefix that nobody answers.
    ///
    /// - Parameter prefix: such as `/api/v1`; or empty, and then only the routes are added: addresses that nobody
    ///   answers stay this router's.
    public mutating func mount(_ other: Router, at prefix: String = "") {
        let offset = faces.count
        faces += other.faces
        for var route in other.routes {
            route.pattern = RoutePattern(prefix + route.pattern.text)
            route.names = route.pattern.names
            route.face += offset
            add(route)
        }
        let segments = prefix.split(separator: "/").map(String.init)
        if !segments.isEmpty { mounts.append(Mount(prefix: segments, face: offset)) }
        for mount in other.mounts {
            mounts.append(Mount(prefix: segments + mount.prefix, face: mount.face + offset))
        }
    }

    private mutating func add(_ route: Route) {
        tree.insert(route.pattern, method: route.method, route: routes.count)
        routes.append(route)
    }

    /// Every pattern with its method: what a description of the API is held to.
    public var patterns: [(method: Method, pattern: String)] {
        routes.map { ($0.method, $0.pattern.text) }
    }

    public func respond(to request: Request) async -> Response {
        await respond(to: request, as: match(request))
    }

    /// Which route the request goes to, without calling it; the body may still be missing.
    public func match(_ request: Request) -> RouteMatch {
        if let fault = request.fault { return .failed(fault, face: face(for: request.segments)) }
        let (endpoints, values) = tree.find(request.segments)
        guard !endpoints.isEmpty else { return .failed(.notFound, face: face(for: request.segments)) }
        let endpoint =
            endpoints.first { $0.method == request.method }
            ?? (request.method == .head ? endpoints.first { $0.method == .get } : nil)
        guard let endpoint else {
            let route = routes[endpoints[0].route]
            let error = RequestError.methodNotAllowed(request.method, allowed: Router.allowed(endpoints))
            return RouteMatch(outcome: .error(error), face: route.face, pattern: route.pattern.text)
        }
        let route = routes[endpoint.route]
        return RouteMatch(
            outcome: .handler(route.handler, Parameters(names: route.names, values: values)),
            face: route.face, pattern: route.pattern.text, bodyLimitBytes: route.bodyLimitBytes,
            upload: route.upload, isBrief: route.isBrief)
    }

    /// Answers a request that was matched before, when only its headers were there.
    public func respond(to request: Request, as match: RouteMatch) async -> Response {
        switch match.outcome {
        case .error(let error): return show(error, to: request, as: match)
        case .handler(let handler, let parameters):
            do {
                var response = try await handler(request, parameters)
                faces[match.face].finish(&response, request)
                return response
            } catch {
                return show(error, to: request, as: match)
            }
        }
    }

    /// The error as the face of the matched route shows it.
    public func show(_ error: any Error, to request: Request, as match: RouteMatch) -> Response {
        let face = faces[match.face]
        var response = face.errorPage(error, request)
        face.finish(&response, request)
        return response
    }

    private static func allowed(_ endpoints: [RouteTree.Endpoint]) -> [Method] {
        endpoints.flatMap { $0.method == .get ? [.get, .head] : [$0.method] }
    }

    /// Of what is mounted, that with the longest prefix of this address.
    private func face(for segments: [String]) -> Int {
        mounts.filter { segments.starts(with: $0.prefix) }.max { $0.prefix.count < $1.prefix.count }?.face
            ?? 0
    }
}

/// Where a request goes, found from its method and address alone.
public struct RouteMatch: Sendable {
    enum Outcome: Sendable {
        case handler(Handler, Parameters)
        case error(RequestError)
    }

    let outcome: Outcome
    let face: Int
    /// The route's pattern, nil where nothing is: a label for metrics with few values.
    public let pattern: String?
    /// The route's own limit, nil where the server's ordinary one holds.
    public let bodyLimitBytes: Int?
    /// How the route takes its body where it reads it piece by piece.
    public let upload: Upload?
    /// Whether the answer may be begun on a thread that others wait for.
    public let isBrief: Bool

    init(
        outcome: Outcome, face: Int, pattern: String?, bodyLimitBytes: Int? = nil,
        upload: Upload? = nil, isBrief: Bool = false
    ) {
        self.outcome = outcome
        self.face = face
        self.pattern = pattern
        self.bodyLimitBytes = bodyLimitBytes
        self.upload = upload
        self.isBrief = isBrief
    }

    static func failed(_ error: RequestError, face: Int) -> RouteMatch {
        RouteMatch(outcome: .error(error), face: face, pattern: nil)
    }
}
