import HTTP
import HTTPServer
import Synchronization
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct ServerTests {
    struct Probe: Sendable, CustomTestStringConvertible {
        var method = Method.get
        var target: String
        var headers: [(String, String)] = []
        var body: [UInt8] = []

        var testDescription: String { "\(method) \(target)" }
    }

    static let probes: [Probe] = [
        Probe(target: "/"), Probe(method: .head, target: "/"), Probe(target: "/e/caf%C3%A9?page=a%26b"),
        Probe(target: "/e/a%2Fb", headers: [("x-pRobe", "value")]), Probe(target: "/nothing"),
        Probe(method: .delete, target: "/echo"),
        Probe(method: .post, target: "/echo", body: [0, 255, 13, 10]),
        Probe(target: "/moved"), Probe(target: "/fault"), Probe(target: "/tagged"), Probe(target: "/%zz"),
        Probe(target: "/tagged", headers: [("If-None-Match", "\"v1\"")]), Probe(target: "/large"),
        Probe(target: "/brief/three"), Probe(method: .post, target: "/brief/later", body: [1, 2, 3]),
        Probe(target: "/three"), Probe(method: .head, target: "/three"),
        Probe(method: .post, target: "/import", body: [UInt8](repeating: 7, count: 200_000)),
    ]

    @Test(arguments: probes)
    func `an answer over TCP is the router's answer`(probe: Probe) async throws {
        var headers = Headers()
        for (name, value) in probe.headers { headers.add(name, value) }
        let request = Request(probe.method, probe.target, headers: headers, body: probe.body)
        let expected = await sampleRouter().respond(to: request)
        let body = probe.method == .head ? [] : try await expected.body.collected()
        try await withServer { server in
            let answer = try await onThread { [address = server.addresses[0]] in
                try RawClient(address).request(
                    probe.method.rawValue, probe.target, headers: probe.headers.map { "\($0): \($1)" },
                    body: probe.body)
            }
            #expect(answer.status == expected.status.rawValue)
            #expect(answer.body == body)
            for field in expected.headers.fields { #expect(answer[field.name] == field.value) }
            #expect(answer["Date"]?.hasSuffix("GMT") == true)
        }
    }

    @Test func `a body sent in chunks arrives whole`() async throws {
        try await withServer { server in
            let answer = try await onThread { [address = server.addresses[0]] in
                let client = try RawClient(address)
                try client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
                for piece in ["5\r\nhello\r\n", "1\r\n \r\n5;ext=1\r\nwo", "rld\r\n0\r\n\r\n"] {
                    try client.send(piece)
                }
                return try client.answer()
            }
            #expect(answer.status == 201 && answer.text == "hello world")
        }
    }

    @Test func `a client that waits for permission to send its body gets it`() async throws {
        try await withServer { server in
            let statuses = try await onThread { [address = server.addresses[0]] in
                let client = try RawClient(address)
                try client.send(
                    "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
                let first = try client.readHead().status
                try client.send("hi")
                return [first, try client.answer().status]
            }
            #expect(statuses == [100, 201])
        }
    }

    @Test func `requests sent without waiting are answered in order on one connection`() async throws {
        try await withServer { server in
            let texts = try await onThread { [address = server.addresses[0]] in
                let client = try RawClient(address)
                let requests = (1...50).map { "GET /e/number-\($0) HTTP/1.1\r\nHost: x\r\n\r\n" }
                try client.send(requests.joined())
                return try requests.map { _ in try client.answer().text }
            }
            #expect(texts == (1...50).map { "number-\($0) - -" })
        }
    }

    @Test func `what is no request of ours is refused and the next one works`() async throws {
        let hostile: [String] = [
            "\u{1}\u{2}\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
        ]
        var limits = ServerLimits()
        // Some wait for more to come, until their time is over.
        limits.requestSeconds = 0.5
        try await withServer(limits: limits) { server in
            for text in hostile {
                let status = try await onThread { [address = server.addresses[0]] in
                    let client = try RawClient(address)
                    try client.send(text)
                    // Not every bad beginning is worth an answer, but each ends the connection.
                    let status = (try? client.answer().status) ?? 0
                    #expect(client.isEndedAfterAll(), "\(text)")
                    return status
                }
                #expect(status == 0 || (400..<500).contains(status) || status == 505, "\(text): \(status)")
            }
            let good = try await onThread { [address = server.addresses[0]] in
                try RawClient(address).request("GET", "/")
            }
            #expect(good.text == "home")
        }
    }

    @Test func `whoever measures is told of every answer with its route`() async throws {
        let seen = Mutex<[String]>([])
        try await withServer(onResponse: { answer in
            #expect(answer.seconds > 0 && answer.seconds < 20)
            seen.withLock { $0.append("\(answer.method) \(answer.pattern ?? "-") \(answer.status)") }
        }) { server in
            try await onThread { [address = server.addresses[0]] in
                let client = try RawClient(address)
                for target in ["/e/a", "/e/b?x=1", "/nothing", "/fault"] {
                    _ = try client.request("GET", target)
                }
                _ = try client.request("DELETE", "/e/a")
                _ = try client.request("POST", "/echo", body: [UInt8](repeating: 1, count: 70_000))
                _ = try RawClient(address).request("GET", "/", headers: ["Host: again"])
            }
        }
        #expect(
            seen.withLock { $0 } == [
                "GET /e/{event} 200", "GET /e/{event} 200", "GET - 404", "GET /fault 500",
                "DELETE /e/{event} 405",
                "POST /echo 413", "GET / 400",
            ])
    }
}
