import HTTP
import HTTPServer
import Synchronization
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct StreamTests {
    /// Counts what becomes of streams.
    final class Observer: Sendable {
        let begun = Atomic<Int>(0)
        let writtenBytes = Atomic<Int>(0)
        let gone = Atomic<Int>(0)
        let cancelled = Atomic<Int>(0)

        /// Events as fast as the client takes them.
        func flood(_ writer: BodyWriter) async throws {
            begun.add(1, ordering: .relaxed)
            let piece = [UInt8](repeating: 0x61, count: 10_000)
            do {
                while true {
                    try await writer.write(piece)
                    writtenBytes.add(piece.count, ordering: .relaxed)
                }
            } catch {
                gone.add(1, ordering: .relaxed)
                throw error
            }
        }

        /// One event, and then silence until the task is cancelled.
        func silence(_ writer: BodyWriter) async throws {
            begun.add(1, ordering: .relaxed)
            try await writer.write(ServerSentEvent(data: "hello"))
            do {
                try await Task.sleep(for: .seconds(3_600))
            } catch {
                cancelled.add(1, ordering: .relaxed)
                throw error
            }
        }

        var router: Router {
            var router = Router()
            router.on(.get, "/flood") { _, _ in .events { try await self.flood($0) } }
            router.on(.get, "/silence") { _, _ in .events { try await self.silence($0) } }
            router.on(.get, "/torn") { _, _ in
                .events { writer in
                    try await writer.write(ServerSentEvent(data: "before"))
                    throw Fault()
                }
            }
            return router
        }
    }

    @Test func `each event arrives when it is written, not later`() async throws {
        let (events, feed) = AsyncStream.makeStream(of: String.self)
        var router = Router()
        router.on(.get, "/events") { _, _ in
            .events { writer in
                try await writer.write(ServerSentEvent.heartbeat)
                for await event in events { try await writer.write(ServerSentEvent(data: event)) }
            }
        }
        try await withServer(router) { server in
            try await onThread { [address = server.addresses[0]] in
                let client = try RawClient(address)
                try client.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(try client.readHead()["Content-Type"] == "text/event-stream")
                #expect(try client.readChunk() == ServerSentEvent.heartbeat)
                for number in 1...100 {
                    feed.yield(String(number))
                    #expect(try client.readChunk() == ServerSentEvent(data: String(number)).bytes)
                }
                feed.finish()
                #expect(try client.readChunk() == nil)
            }
        }
    }

    @Test func `a client that does not read slows its writer down`() async throws {
        let observer = Observer()
        try await withServer(observer.router) { server in
            try await onThread { [address = server.addresses[0]] in
                let client = try RawClient(address)
                try client.send("GET /flood HTTP/1.1\r\nHost: x\r\n\r\n")
                _ = try client.readHead()
                // What is written stays the same once the sockets' own buffers are full.
                var (before, unchanged) = (-1, 0)
                while unchanged < 10, before < 64 << 20 {
                    let now = observer.writtenBytes.load(ordering: .relaxed)
                    unchanged = now == before && now > 0 ? unchanged + 1 : 0
                    before = now
                    client.waitAMoment(milliseconds: 20)
                }
                #expect(before < 64 << 20)
                // It goes on as soon as the client reads on; if it never did, the chunks would run out.
                while observer.writtenBytes.load(ordering: .relaxed) == before { _ = try client.readChunk() }
            }
            try await eventually("the writer learns that its client left") {
                observer.gone.load(ordering: .relaxed) == 1
            }
        }
    }

    @Test(arguments: [true, false])
    func `a writer that has nothing to say learns that its client hung up`(politely: Bool) async throws {
        let observer = Observer()
        try await withServer(observer.router) { server in
            try await onThread { [address = server.addresses[0]] in
                let client = try RawClient(address)
                try client.send("GET /silence HTTP/1.1\r\nHost: x\r\n\r\n")
                _ = try client.readHead()
                _ = try client.readChunk()
                if politely { client.disconnect() } else { client.reset() }
            }
            try await eventually("the stream's task is cancelled") {
                observer.cancelled.load(ordering: .relaxed) == 1
            }
            try await eventually("the connection is let go") { server.openConnections == 0 }
        }
    }

    @Test func `a stream that fails does not look complete`() async throws {
        try await withServer(Observer().router) { server in
            try await onThread { [address = server.addresses[0]] in
                let client = try RawClient(address)
                try client.send("GET /torn HTTP/1.1\r\nHost: x\r\n\r\n")
                _ = try client.readHead()
                #expect(throws: RawClient.Fault.self) {
                    while try client.readChunk() != nil {}
                }
            }
        }
    }

    @Test func `a client of HTTP 1.0 gets the stream until the connection ends`() async throws {
        try await withServer { server in
            let answer = try await onThread { [address = server.addresses[0]] in
                let client = try RawClient(address)
                try client.send("GET /three HTTP/1.0\r\n\r\n")
                return try client.answer()
            }
            #expect(answer.text == "data: 1\n\ndata: 2\n\ndata: 3\n\n")
            #expect(answer["Transfer-Encoding"] == nil)
        }
    }

    @Test func `stopping ends every stream in good order`() async throws {
        let observer = Observer()
        let server = try Server(observer.router, listeningOn: [.tcp(host: "127.0.0.1", port: 0)])
        let ends = (0..<20).map { _ in
            Task { [address = server.addresses[0]] in
                try await onThread {
                    let client = try RawClient(address)
                    try client.send("GET /silence HTTP/1.1\r\nHost: x\r\n\r\n")
                    _ = try client.readHead()
                    _ = try client.readChunk()
                    return try client.readChunk() == nil && client.isEnded()
                }
            }
        }
        try await eventually("all follow") { observer.begun.load(ordering: .relaxed) == 20 }
        await server.stop(withinSeconds: 5)
        for end in ends { #expect(try await end.value) }
        try await eventually("all tasks are cancelled") { observer.cancelled.load(ordering: .relaxed) == 20 }
    }
}
