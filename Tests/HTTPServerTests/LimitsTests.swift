import HTTP
import HTTPServer
import Synchronization
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct LimitsTests {
    /// A request whose line and headers have exactly so many bytes.
    func request(headerBytes: Int) -> String {
        let start = "GET /e/demo HTTP/1.1\r\nHost: x\r\nX-Padding: "
        return start + String(repeating: "p", count: headerBytes - start.utf8.count - 4) + "\r\n\r\n"
    }

    @Test func `headers of 16 KiB are taken and one byte more is not`() async throws {
        try await withServer { server in
            let statuses = try await onThread { [address = server.addresses[0]] in
                try [16_384, 16_385, 20_000].map { bytes in
                    let client = try RawClient(address)
                    try client.send(request(headerBytes: bytes))
                    return try client.answer().status
                }
            }
            #expect(statuses == [200, 431, 431])
        }
    }

    @Test func `headers far too large, an address far too long and too many headers end the connection`()
        async throws
    {
        let hostile = [
            request(headerBytes: 1 << 20),
            "GET /" + String(repeating: "a", count: 100_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\n" + String(repeating: "a: b\r\n", count: 100_000) + "\r\n",
        ]
        try await withServer { server in
            for text in hostile {
                try await onThread { [address = server.addresses[0]] in
                    let client = try RawClient(address)
                    // The server may be gone before all is sent.
                    try? client.send(text)
                    if let status = try? client.answer().status { #expect(status == 431 || status == 414) }
                    #expect(client.isEndedAfterAll())
                    #expect(try RawClient(address).request("GET", "/").status == 200)
                }
            }
        }
    }

    @Test(arguments: [("/echo", 65_536, 201), ("/import", 200_000, 200)])
    func `a body at its route's limit is taken and one byte more is not`(
        target: String, limit: Int, status: Int
    ) async throws {
        try await withServer { server in
            try await onThread { [address = server.addresses[0]] in
                let whole = [UInt8](repeating: 1, count: limit)
                let client = try RawClient(address)
                #expect(try client.request("POST", target, body: whole).status == status)
                let refused = try client.request("POST", target, body: whole + [1])
                #expect(refused.status == 413)
                #expect(refused.text.contains("at most"))
                #expect(client.isEndedAfterAll())
                for (bytes, expected) in [(limit, status), (limit + 1, 413)] {
                    let client = try RawClient(address)
                    try client.send(
                        "POST \(target) HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
                    for start in stride(from: 0, to: bytes, by: 10_000) {
                        let piece = [UInt8](repeating: 2, count: min(10_000, bytes - start))
                        try client.send(
                            Array((String(piece.count, radix: 16) + "\r\n").utf8) + piece + [13, 10])
                    }
                    try client.send("0\r\n\r\n")
                    #expect(try client.answer().status == expected)
                }
            }
        }
    }

    @Test func `a body announced too large is refused before any of it came`() async throws {
        try await withServer { server in
            try await onThread { [address = server.addresses[0]] in
                for extra in ["", "Expect: 100-continue\r\n"] {
                    let client = try RawClient(address)
                    try client.send(
                        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\(extra)\r\n")
                    #expect(try client.answer().status == 413)
                }
            }
        }
    }

    @Test func `a body without end is refused and not read on for ever`() async throws {
        var limits = ServerLimits()
        limits.drainedBytes = 100_000
        try await withServer(limits: limits) { server in
            try await onThread { [address = server.addresses[0]] in
                let client = try RawClient(address)
                try client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
                let chunk = Array("2710\r\n".utf8) + [UInt8](repeating: 3, count: 10_000) + [13, 10]
                var sent = 0
                // Each send goes somewhere until the server closes; socket buffers take some megabytes more.
                while sent < 100 << 20, (try? client.send(chunk)) != nil { sent += chunk.count }
                #expect(sent < 100 << 20)
            }
        }
    }

    @Test func `connections past the limit are told so, and taken again when others have gone`() async throws
    {
        var limits = ServerLimits()
        limits.connections = 8
        limits.connectionsPerAddress = 0
        try await withServer(limits: limits) { server in
            try await onThread { [address = server.addresses[0]] in
                let clients = try (0..<8).map { _ in try RawClient(address) }
                for client in clients { #expect(try client.request("GET", "/").status == 200) }
                let refused = try RawClient(address).answer()
                #expect(refused.status == 503)
                #expect(refused["Retry-After"] == "5")
                clients[0].disconnect()
                #expect(try answered(at: address))
            }
        }
    }

    @Test func `one address may have so many connections and no more, another is not concerned`() async throws
    {
        var limits = ServerLimits()
        limits.connectionsPerAddress = 4
        try await withServer(at: .tcp(host: "0.0.0.0", port: 0), limits: limits) { server in
            let port = try #require(server.port)
            try await onThread {
                let home = ListenAddress.tcp(host: "127.0.0.1", port: port)
                let clients = try (0..<4).map { _ in try RawClient(home) }
                for client in clients { #expect(try client.request("GET", "/").status == 200) }
                let refused = try RawClient(home).answer()
                #expect(refused.status == 503)
                #expect(refused.text.contains("your address"))
                clients[2].reset()
                #expect(try answered(at: home))
            }
        }
    }

    /// Whether a new connection gets an ordinary answer within some seconds.
    func answered(at address: ListenAddress) throws -> Bool {
        let deadline = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < deadline {
            let client = try RawClient(address)
            if (try? client.request("GET", "/").status) == 200 { return true }
        }
        return false
    }

    @Test(arguments: [
        "", "GET", "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n",
    ])
    func `a request that drips in is cut when its time is over, with a word about it`(beginning: String)
        async throws
    {
        var limits = ServerLimits()
        limits.requestSeconds = 0.5
        try await withServer(limits: limits) { server in
            try await onThread { [address = server.addresses[0]] in
                let client = try RawClient(address)
                let began = ContinuousClock.now
                try client.send(beginning)
                // A byte whenever none has come back for a moment: never idle, never done.
                while !client.hasSomething(withinMilliseconds: 20), (try? client.send("1")) != nil {
                    guard ContinuousClock.now - began < .seconds(10) else {
                        throw RawClient.Fault(description: "the request is never cut")
                    }
                }
                let took = ContinuousClock.now - began
                #expect(took >= .milliseconds(490) && took < .seconds(5))
                // The drops that came too late may turn the goodbye into a reset.
                if let answer = try? client.answer() { #expect(answer.status == 408) }
                #expect(client.isEndedAfterAll())
            }
        }
    }

    @Test func `a connection that has been silent is closed`() async throws {
        var limits = ServerLimits()
        limits.idleSeconds = 1
        try await withServer(limits: limits) { server in
            try await onThread { [address = server.addresses[0]] in
                let client = try RawClient(address)
                #expect(try client.request("GET", "/").status == 200)
                #expect(client.isEnded())
            }
        }
    }

    @Test func `a slow handler is not a slow request`() async throws {
        var limits = ServerLimits()
        limits.requestSeconds = 0.2
        limits.idleSeconds = 1
        let gate = StopTests.Gate()
        try await withServer(gate.router, limits: limits) { server in
            let address = server.addresses[0]
            let answer = Task { try await onThread { try RawClient(address).request("GET", "/gate") } }
            try await eventually("the handler runs") { gate.entered.load(ordering: .relaxed) == 1 }
            // Both began later, and see their limits passed.
            try await onThread {
                let slow = try RawClient(address)
                try slow.send("GET / HTTP/1.1\r\n")
                #expect(try slow.answer().status == 408)
                let idle = try RawClient(address)
                #expect(try idle.request("GET", "/").status == 200)
                #expect(idle.isEnded())
            }
            gate.open()
            #expect(try await answer.value.text == "through")
        }
    }
}
