import HTTP
import Synchronization
import TestPeers
import Testing

@testable import HTTPServer

/// Requests that libmicrohttpd would give up while it reads them, without a word to anybody.
@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct GivenUpTests {
    @Test(arguments: [(400, 200), (2_000, 200), (2_001, 413), (3_500, 413)])
    func `a query of many fields is answered, and the server stops afterwards`(fields: Int, status: Int)
        async throws
    {
        let query = repeatElement("a=b", count: fields).joined(separator: "&")
        try await withServer { server in
            let statuses = try await onThread { [address = server.addresses[0]] in
                let client = try RawClient(address)
                return try (0..<3).map { _ in try client.request("GET", "/e/demo?\(query)").status }
            }
            #expect(statuses == [status, status, status])
        }
    }

    @Test func `a query is read by the handler as it was sent`() async throws {
        try await withServer { server in
            let answer = try await onThread { [address = server.addresses[0]] in
                try RawClient(address).request("GET", "/e/demo?page=2%3F&other=?")
            }
            #expect(answer.text == "demo 2? -")
        }
    }

    @Test func `more cookies than fit end the connection and leave nothing behind`() async throws {
        let cookies = repeatElement("a=b", count: 2_000).joined(separator: "; ")
        try await withServer { server in
            try await onThread { [address = server.addresses[0]] in
                for _ in 0..<20 {
                    let client = try RawClient(address)
                    try client.send("GET / HTTP/1.1\r\nHost: x\r\nCookie: \(cookies)\r\n\r\n")
                    if let status = try? client.answer().status { #expect(status == 431) }
                    #expect(client.isEndedAfterAll())
                }
            }
        }
    }

    @Test func `an exchange is ended once, by the connection's next one or its end if by nothing before`()
        throws
    {
        let service = sampleService()
        let connection = Connection(
            descriptor: -1, address: "127.0.0.1", isCounted: true, deadline: Moment.now)
        weak let first = service.begin(target: "/", on: connection)
        #expect(first != nil)
        let second = try #require(service.begin(target: "/", on: connection))
        #expect(first == nil)
        #expect(service.active.load(ordering: .relaxed) == 1)
        service.end(second)
        service.end(second)
        service.endWhatIsLeft(on: connection)
        #expect(service.active.load(ordering: .relaxed) == 0)
        weak let third = service.begin(target: "/", on: connection)
        service.endWhatIsLeft(on: connection)
        #expect(third == nil)
        #expect(service.active.load(ordering: .relaxed) == 0)
    }

    @Test func `a request that nothing can end does not keep the server from stopping`() async throws {
        let service = sampleService()
        let stuck = Connection(descriptor: -1, address: "127.0.0.1", isCounted: true, deadline: Moment.now)
        #expect(service.begin(target: "/", on: stuck) != nil)
        let wake = try #require(WakeDescriptor())
        let isOver = OneTimeSignal()
        let thread = ServingThread(
            sockets: [], daemon: try #require(Daemon(service: service, threads: 2, connections: 4)),
            wake: wake, service: service, isOver: isOver, graceMilliseconds: 100)
        #expect(thread.start())
        service.stop(by: Moment.now.adding(seconds: 0.1))
        wake.signal()
        await isOver.wait()
    }

    func sampleService() -> Service {
        Service(
            router: sampleRouter(), limits: ServerLimits(), trustedProxies: TrustedProxies(),
            connections: Connections(limit: 4, perAddressLimit: 0), onResponse: { _ in })
    }
}
