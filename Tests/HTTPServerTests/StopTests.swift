import HTTP
import HTTPServer
import Synchronization
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct StopTests {
    /// A handler that waits until the test lets it go on, whatever else happens.
    final class Gate: Sendable {
        let entered = Atomic<Int>(0)
        let left = Atomic<Int>(0)
        private let (signal, feed) = AsyncStream.makeStream(of: Void.self)

        func pass() async {
            entered.add(1, ordering: .relaxed)
            for await _ in signal {}
            left.add(1, ordering: .relaxed)
        }

        func open() { feed.finish() }

        var router: Router {
            var router = sampleRouter()
            router.on(.get, "/gate") { _, _ in
                await self.pass()
                return .text("through")
            }
            return router
        }
    }

    @Test func `a request under way is finished and nobody new is let in`() async throws {
        let gate = Gate()
        let server = try Server(gate.router, listeningOn: [.tcp(host: "127.0.0.1", port: 0)])
        let address = server.addresses[0]
        let answer = Task { try await onThread { try RawClient(address).request("GET", "/gate") } }
        let idle = try await onThread {
            let idle = try RawClient(address)
            #expect(try idle.request("GET", "/").status == 200)
            return Kept(client: idle)
        }
        try await eventually("the handler runs") { gate.entered.load(ordering: .relaxed) == 1 }
        let stopped = Task { await server.stop(withinSeconds: 10) }
        try await eventually("new connections are refused") {
            try await onThread { (try? RawClient(address)) == nil }
        }
        // A connection from before is still served while the stop goes on, for the last time.
        let late = try await onThread { try idle.client.request("GET", "/") }
        #expect(late.status == 200 && late["Connection"] == "close")
        gate.open()
        #expect(try await answer.value.text == "through")
        await stopped.value
        #expect(server.openConnections == 0)
    }

    /// `@unchecked Sendable`: one thread after the other uses it, each after awaiting the one before.
    struct Kept: @unchecked Sendable {
        let client: RawClient
    }

    @Test func `requests that begin on idle connections at the very end do no harm`() async throws {
        var router = Router()
        // It must have been set aside when the threads are told to end.
        router.on(.get, "/") { _, _ in
            try await Task.sleep(for: .microseconds(500))
            return .text("home")
        }
        for round in 0..<100 {
            let server = try Server(router, listeningOn: [.tcp(host: "127.0.0.1", port: 0)])
            let clients = try await onThread { [address = server.addresses[0]] in
                try (0..<16).map { _ in Kept(client: try RawClient(address)) }
            }
            try await eventually("all are in") { server.openConnections == clients.count }
            let asking = Task {
                try await onThread {
                    // One after the other, so that there is always one about to begin.
                    for kept in clients {
                        try? kept.client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                        kept.client.waitMicroseconds(UInt32(round % 20 * 50))
                    }
                    for kept in clients { #expect(kept.client.isEndedAfterAll()) }
                }
            }
            await server.stop()
            try await asking.value
            #expect(server.openConnections == 0)
        }
    }

    @Test func `a handler that does not end is given up, and does no harm when it ends at last`() async throws
    {
        let gate = Gate()
        let server = try Server(gate.router, listeningOn: [.tcp(host: "127.0.0.1", port: 0)])
        let address = server.addresses[0]
        let clients = (0..<10).map { _ in
            Task { try await onThread { try RawClient(address).request("GET", "/gate") } }
        }
        try await eventually("the handlers run") { gate.entered.load(ordering: .relaxed) == 10 }
        let began = ContinuousClock.now
        await server.stop(withinSeconds: 0.3)
        #expect(ContinuousClock.now - began < .seconds(5))
        #expect(server.openConnections == 0)
        for client in clients { await #expect(throws: RawClient.Fault.self) { try await client.value } }
        gate.open()
        try await eventually("the handlers end") { gate.left.load(ordering: .relaxed) == 10 }
    }

    @Test func `stopping twice, or while stopping, or letting go without stopping, is no mistake`()
        async throws
    {
        let server = try Server(sampleRouter(), listeningOn: [.tcp(host: "127.0.0.1", port: 0)])
        await withTaskGroup { group in
            for _ in 0..<4 { group.addTask { await server.stop() } }
        }
        await server.stop()
        var dropped: Server? = try Server(sampleRouter(), listeningOn: [.tcp(host: "127.0.0.1", port: 0)])
        let address = try #require(dropped?.addresses[0])
        dropped = nil
        try await eventually("nobody listens any more") {
            try await onThread { (try? RawClient(address)) == nil }
        }
    }

    @Test func `a request half sent when the server stops is cut at the deadline`() async throws {
        let server = try Server(sampleRouter(), listeningOn: [.tcp(host: "127.0.0.1", port: 0)])
        let kept = try await onThread { [address = server.addresses[0]] in
            let client = try RawClient(address)
            try client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf")
            // A request on another connection shows that the threads have come round since.
            _ = try RawClient(address).request("GET", "/")
            return Kept(client: client)
        }
        await server.stop(withinSeconds: 0.3)
        #expect(try await onThread { kept.client.isEndedAfterAll() })
    }
}
