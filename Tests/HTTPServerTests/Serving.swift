import HTTP
import HTTPServer
import Testing

/// The routes that most tests ask for.
func sampleRouter() -> Router {
    var router = Router()
    router.on(.get, "/", isBrief: true) { _, _ in .text("home") }
    router.on(.get, "/brief/three", isBrief: true) { _, _ in
        .events { writer in
            for number in 1...3 { try await writer.write(ServerSentEvent(data: String(number))) }
        }
    }
    router.on(.post, "/brief/later", isBrief: true) { request, _ in
        await Task.yield()
        return .text(String(request.body.count))
    }
    router.on(.get, "/e/{event}") { request, parameters in
        .text("\(parameters["event"]) \(request.query["page"] ?? "-") \(request.headers["X-Probe"] ?? "-")")
    }
    router.on(.post, "/echo") { request, _ in
        .bytes(request.body, type: "application/octet-stream", status: .created)
    }
    router.on(.post, "/import", bodyLimitBytes: 200_000) { request, _ in .text(String(request.body.count)) }
    router.on(.get, "/address") { request, _ in .text(request.remoteAddress) }
    router.on(.get, "/moved") { _, _ in .redirect(to: "/e/demo") }
    router.on(.get, "/fault") { _, _ in throw Fault() }
    router.on(.get, "/tagged") { request, _ in .text("same").tagged(EntityTag("v1"), for: request) }
    router.on(.get, "/large") { _, _ in .text(String(repeating: "x", count: 300_000)) }
    router.on(.get, "/three") { _, _ in
        .events { writer in
            for number in 1...3 { try await writer.write(ServerSentEvent(data: String(number))) }
        }
    }
    return router
}

struct Fault: Error {}

/// Serves for as long as `body` runs, on a free port, and checks that nothing is left over afterwards.
func withServer<Result>(
    _ router: Router = sampleRouter(), at address: ListenAddress = .tcp(host: "127.0.0.1", port: 0),
    limits: ServerLimits = ServerLimits(), trustedProxies: TrustedProxies = TrustedProxies(),
    onResponse: @escaping @Sendable (AnsweredRequest) -> Void = { _ in },
    _ body: (Server) async throws -> Result
) async throws -> Result {
    let server = try Server(
        router, listeningOn: [address], limits: limits, trustedProxies: trustedProxies, onResponse: onResponse
    )
    do {
        let result = try await body(server)
        await server.stop()
        #expect(server.openConnections == 0)
        return result
    } catch {
        await server.stop()
        throw error
    }
}

/// Waits until the condition holds; fails after 20 seconds.
func eventually(
    _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + .seconds(20)
    while try await !condition() {
        guard ContinuousClock.now < deadline else {
            Issue.record(what, sourceLocation: sourceLocation)
            return
        }
        await Task.yield()
    }
}
