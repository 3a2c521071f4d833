import HTTP
import HTTPServer
import Synchronization
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct StressTests {
    /// Handlers of all kinds, and how many of them have not come back.
    final class Load: Sendable {
        let running = Atomic<Int>(0)
        let answered = Atomic<Int>(0)

        var router: Router {
            var router = sampleRouter()
            router.on(.get, "/later") { _, _ in
                self.running.add(1, ordering: .relaxed)
                defer { self.running.subtract(1, ordering: .relaxed) }
                try? await Task.sleep(for: .milliseconds(Int.random(in: 0...20)))
                return .text("later")
            }
            router.on(.get, "/brief", isBrief: true) { _, _ in
                self.running.add(1, ordering: .relaxed)
                defer { self.running.subtract(1, ordering: .relaxed) }
                if Bool.random() { await Task.yield() }
                return .text("later")
            }
            router.on(.get, "/events") { _, _ in
                .events { writer in
                    self.running.add(1, ordering: .relaxed)
                    defer { self.running.subtract(1, ordering: .relaxed) }
                    for number in 0..<1_000 {
                        try await writer.write(ServerSentEvent(data: String(repeating: "x", count: number)))
                        if number % 50 == 0 { try await Task.sleep(for: .milliseconds(1)) }
                    }
                }
            }
            return router
        }

        /// One client's visit: polite or rude, as its number has it.
        ///
        /// - Parameter whole: whether each answer must come whole, as no stop comes between.
        func visit(_ number: Int, at address: ListenAddress, whole: Bool) throws {
            let client = try RawClient(address)
            switch number % 8 {
            case 0:
                for _ in 0..<5 { #expect(try client.request("GET", "/later").text == "later") }
                answered.add(5, ordering: .relaxed)
            case 1:
                try client.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n")
                client.reset()
            case 2:
                try client.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n")
                client.disconnect()
            case 3:
                try client.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n")
                _ = try client.readHead()
                for _ in 0..<number % 20 { _ = try client.readChunk() }
                client.reset()
            case 4:
                try client.send(String(repeating: "GET /brief HTTP/1.1\r\nHost: x\r\n\r\n", count: 10))
                for _ in 0..<10 { #expect(try client.answer().text == "later") }
                answered.add(10, ordering: .relaxed)
            case 5:
                try client.send(String(repeating: "GET /large HTTP/1.1\r\nHost: x\r\n\r\n", count: 10))
                _ = try client.readHead()
                client.reset()
            case 6:
                try client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\nhalf of it")
                client.disconnect()
            default:
                try client.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n")
                let count = try client.answer().body.count
                #expect(count == 507_500 || !whole)
                answered.add(1, ordering: .relaxed)
            }
        }
    }

    func storm(_ load: Load, visits: Int, whole: Bool, at address: ListenAddress) async throws {
        try await withThrowingTaskGroup { group in
            for worker in 0..<16 {
                group.addTask {
                    try await onThread {
                        for number in 0..<visits {
                            try load.visit(worker * 3 + number, at: address, whole: whole)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func `polite clients are all served among rude ones, and nothing is left over`() async throws {
        let load = Load()
        var limits = ServerLimits()
        limits.connectionsPerAddress = 0
        try await withServer(load.router, limits: limits) { server in
            try await storm(load, visits: 40, whole: true, at: server.addresses[0])
            #expect(load.answered.load(ordering: .relaxed) == 16 * (40 / 8) * (5 + 10 + 1))
            try await eventually("every handler has come back") { load.running.load(ordering: .relaxed) == 0 }
            try await eventually("every connection is let go") { server.openConnections == 0 }
        }
    }

    @Test func `stopping in the middle of it all ends in time and leaves nothing`() async throws {
        for _ in 0..<4 {
            let load = Load()
            var limits = ServerLimits()
            limits.connectionsPerAddress = 0
            let server = try Server(
                load.router, listeningOn: [.tcp(host: "127.0.0.1", port: 0)], limits: limits)
            // Whoever is cut off by the stop fails, which is as it should be.
            let clients = Task { [address = server.addresses[0]] in
                try? await storm(load, visits: 1_000, whole: false, at: address)
            }
            try await eventually("the storm has begun") { load.answered.load(ordering: .relaxed) > 20 }
            let began = ContinuousClock.now
            await server.stop(withinSeconds: 0.5)
            #expect(ContinuousClock.now - began < .seconds(5))
            #expect(server.openConnections == 0)
            await clients.value
            try await eventually("every handler has come back") { load.running.load(ordering: .relaxed) == 0 }
        }
    }
}
