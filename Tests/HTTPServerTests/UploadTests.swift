import Glibc
import HTTP
import HTTPServer
import Synchronization
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct UploadTests {
    static let limit = 3 << 20

    /// Counts what becomes of uploads, and holds their handlers.
    final class Observer: Sendable {
        let begun = Atomic<Int>(0)
        let gone = Atomic<Int>(0)
        let readBytes = Atomic<Int>(0)
        let gate = StopTests.Gate()

        var router: Router {
            var router = sampleRouter()
            router.on(.post, "/count", taking: .bytes()) { request, _ in
                .text(try await self.read(request))
            }
            router.on(.post, "/held", taking: .bytes()) { request, _ in
                guard case .bytes(let first)? = try await request.upload.next() else { return .text("empty") }
                await self.gate.pass()
                return .text(try await self.read(request, after: first))
            }
            router.on(.post, "/refused", taking: .bytes()) { _, _ in
                throw RequestError(.forbidden, "Not for you.")
            }
            router.on(.post, "/enough", taking: .bytes()) { request, _ in
                _ = try await request.upload.next()
                throw RequestError(.conflict, "That is enough.")
            }
            router.on(.post, "/brief", taking: .bytes(seconds: 0.5)) { request, _ in
                .text(try await self.read(request))
            }
            return router
        }

        /// How many bytes came and a number made of them all.
        private func read(_ request: Request, after first: [UInt8] = []) async throws -> String {
            begun.add(1, ordering: .relaxed)
            var sum = Checksum()
            sum.add(first)
            do {
                while let piece = try await request.upload.next() {
                    guard case .bytes(let bytes) = piece else { continue }
                    sum.add(bytes)
                    readBytes.add(bytes.count, ordering: .relaxed)
                }
            } catch {
                if (error as? RequestError)?.status == .badRequest { gone.add(1, ordering: .relaxed) }
                throw error
            }
            return sum.text
        }
    }

    /// Tells whether bytes came whole and in their order.
    struct Checksum {
        private var count = 0
        private var sum: UInt64 = 0

        init(_ bytes: [UInt8] = []) { add(bytes) }

        mutating func add(_ bytes: [UInt8]) {
            count += bytes.count
            for byte in bytes { sum = sum &* 31 &+ UInt64(byte) }
        }

        var text: String { "\(count) \(sum)" }
    }

    static func body(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 >> 3) } }

    static func chunked(_ body: [UInt8], by size: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: body.count, by: size) {
            let piece = body[start..<min(start + size, body.count)]
            bytes += Array((String(piece.count, radix: 16) + "\r\n").utf8) + piece + [13, 10]
        }
        return bytes + Array("0\r\n\r\n".utf8)
    }

    static func head(_ target: String, _ fields: [String]) -> String {
        (["POST \(target) HTTP/1.1", "Host: x"] + fields).joined(separator: "\r\n") + "\r\n\r\n"
    }

    @Test func `an upload of any size to its limit arrives whole, and the connection serves on`() async throws
    {
        try await withServer(Observer().router) { server in
            try await onThread { [address = server.addresses[0]] in
                let client = try RawClient(address)
                for count in [0, 1, 20_000, 300_000, UploadTests.limit] {
                    let body = UploadTests.body(count)
                    let head = UploadTests.head("/count", ["Content-Length: \(count)"])
                    try client.send(Array(head.utf8) + body)
                    #expect(try client.answer().text == Checksum(body).text)
                    for size in [977, 100_000] where count < UploadTests.limit || size > 977 {
                        let head = UploadTests.head("/count", ["Transfer-Encoding: chunked"])
                        try client.send(Array(head.utf8) + UploadTests.chunked(body, by: size))
                        #expect(try client.answer().text == Checksum(body).text)
                    }
                }
                #expect(try client.request("GET", "/").text == "home")
            }
        }
    }

    @Test func `one byte past the limit is refused, announced or not`() async throws {
        try await withServer(Observer().router) { server in
            try await onThread { [address = server.addresses[0]] in
                let body = UploadTests.body(UploadTests.limit + 1)
                let announced = try RawClient(address)
                try announced.send(UploadTests.head("/count", ["Content-Length: \(body.count)"]))
                let refusal = try announced.answer()
                #expect(refusal.status == 413 && refusal.text.contains("at most 3 MiB"))
                let unannounced = try RawClient(address)
                let head = UploadTests.head("/count", ["Transfer-Encoding: chunked"])
                try unannounced.send(Array(head.utf8) + UploadTests.chunked(body, by: 60_000))
                #expect(try unannounced.answer().status == 413)
            }
        }
    }

    @Test func `who may not upload is refused before any of the body is asked for`() async throws {
        try await withServer(Observer().router) { server in
            try await onThread { [address = server.addresses[0]] in
                for fields in [["Content-Length: 1000000"], ["Transfer-Encoding: chunked"]] {
                    let client = try RawClient(address)
                    try client.send(UploadTests.head("/refused", fields + ["Expect: 100-continue"]))
                    #expect(try client.answer().status == 403)
                    #expect(client.isEndedAfterAll())
                    let sending = try RawClient(address)
                    try sending.send(UploadTests.head("/refused", fields) + "3e8\r\n")
                    #expect(try sending.answer().text == "Not for you.\n")
                }
            }
        }
    }

    @Test func `who may is told to go on`() async throws {
        try await withServer(Observer().router) { server in
            try await onThread { [address = server.addresses[0]] in
                let client = try RawClient(address)
                try client.send(
                    UploadTests.head("/count", ["Content-Length: 5", "Expect: 100-continue"]))
                #expect(try client.readHead().status == 100)
                try client.send("hello")
                #expect(try client.answer().text == Checksum(Array("hello".utf8)).text)
            }
        }
    }

    @Test func `what is answered before the body's end reaches a client that is still sending`() async throws
    {
        try await withServer(Observer().router) { server in
            try await onThread { [address = server.addresses[0]] in
                let client = try RawClient(address)
                try client.send(UploadTests.head("/enough", ["Content-Length: 1000000"]))
                try client.send(UploadTests.body(900_000))
                #expect(try client.answer().status == 409)
                #expect(client.isEndedAfterAll())
            }
        }
    }

    @Test func `a handler that reads nothing more holds the client, and no more than the buffer is kept`()
        async throws
    {
        let observer = Observer()
        var limits = ServerLimits()
        limits.uploadBufferBytes = 100_000
        try await withServer(observer.router, limits: limits) { server in
            try await onThread { [address = server.addresses[0]] in
                let client = try RawClient(address)
                var size: Int32 = 100_000
                setsockopt(client.descriptor, SOL_SOCKET, SO_SNDBUF, &size, 4)
                let body = UploadTests.body(UploadTests.limit)
                try client.send(UploadTests.head("/held", ["Content-Length: \(body.count)"]))
                var sent = 0
                // Until nothing has gone for a second: what went is in the kernel's buffers and in ours.
                while sent < body.count, client.hasRoom(withinMilliseconds: 1_000) {
                    let count = body[sent...].withUnsafeBytes {
                        send(client.descriptor, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
                    }
                    sent += max(0, count)
                }
                #expect(sent < body.count, "nothing held the client back")
                observer.gate.open()
                try client.send(Array(body[sent...]))
                #expect(try client.answer().text == Checksum(body).text)
            }
        }
    }

    @Test func `a handler whose client hangs up midway is told`() async throws {
        let observer = Observer()
        try await withServer(observer.router) { server in
            for fields in [["Content-Length: 1000000"], ["Transfer-Encoding: chunked"]] {
                let before = observer.gone.load(ordering: .relaxed)
                let client = try await onThread { [address = server.addresses[0]] in
                    let client = try RawClient(address)
                    try client.send(UploadTests.head("/count", fields) + "3e8\r\n" + "some")
                    return StopTests.Kept(client: client)
                }
                try await eventually("it is read") { observer.begun.load(ordering: .relaxed) > before }
                client.client.disconnect()
                try await eventually("the handler is told") {
                    observer.gone.load(ordering: .relaxed) == before + 1
                }
            }
        }
    }

    @Test func `an upload may take longer than other requests, and no longer than its own time`() async throws
    {
        let observer = Observer()
        var limits = ServerLimits()
        limits.requestSeconds = 0.3
        try await withServer(observer.router, limits: limits) { server in
            try await onThread { [address = server.addresses[0]] in
                let patient = try RawClient(address)
                try patient.send(UploadTests.head("/count", ["Content-Length: 10"]))
                for _ in 0..<10 {
                    patient.waitAMoment(milliseconds: 80)
                    try patient.send("x")
                }
                #expect(try patient.answer().status == 200)
                let dripping = try RawClient(address)
                let began = ContinuousClock.now
                try dripping.send(UploadTests.head("/brief", ["Content-Length: 1000000"]))
                while !dripping.hasSomething(withinMilliseconds: 20), (try? dripping.send("1")) != nil {
                    guard ContinuousClock.now - began < .seconds(10) else {
                        throw RawClient.Fault(description: "the upload is never cut")
                    }
                }
                #expect(ContinuousClock.now - began >= .milliseconds(490))
                if let answer = try? dripping.answer() { #expect(answer.status == 408) }
                #expect(dripping.isEndedAfterAll())
            }
            try await eventually("its handler is told") { observer.gone.load(ordering: .relaxed) == 1 }
        }
    }

    @Test func `a server that stops ends uploads at its deadline`() async throws {
        let observer = Observer()
        let server = try Server(observer.router, listeningOn: [.tcp(host: "127.0.0.1", port: 0)])
        let client = try await onThread { [address = server.addresses[0]] in
            let client = try RawClient(address)
            try client.send(UploadTests.head("/count", ["Content-Length: 1000000"]) + "some")
            return StopTests.Kept(client: client)
        }
        try await eventually("it is read") { observer.readBytes.load(ordering: .relaxed) == 4 }
        await server.stop(withinSeconds: 0.2)
        #expect(server.openConnections == 0)
        try await eventually("the handler is told") { observer.gone.load(ordering: .relaxed) == 1 }
        #expect(client.client.isEndedAfterAll())
    }

    @Test func `many at once, small and large, slow and quick, each arrive whole`() async throws {
        var limits = ServerLimits()
        limits.uploadBufferBytes = 30_000
        limits.connectionsPerAddress = 0
        let observer = Observer()
        try await withServer(observer.router, limits: limits) { server in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<24 {
                    group.addTask {
                        try await onThread { [address = server.addresses[0]] in
                            let client = try RawClient(address)
                            for round in 1...3 {
                                let body = UploadTests.body(round * (number * 17_011 + 1))
                                let isChunked = (number + round) % 2 == 0
                                let length =
                                    isChunked
                                    ? "Transfer-Encoding: chunked" : "Content-Length: \(body.count)"
                                try client.send(UploadTests.head("/count", [length]))
                                try client.send(
                                    isChunked ? UploadTests.chunked(body, by: 100 + number * 999) : body)
                                #expect(try client.answer().text == Checksum(body).text)
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func `a streamed answer of a known length says it`() async throws {
        var router = Router()
        router.on(.get, "/known") { _, _ in
            var response = Response(.ok, body: .stream { try await $0.write(Array("twelve bytes".utf8)) })
            response.streamedBytes = 12
            return response
        }
        try await withServer(router) { server in
            let answer = try await onThread { [address = server.addresses[0]] in
                try RawClient(address).request("GET", "/known")
            }
            #expect(answer["Content-Length"] == "12" && answer.text == "twelve bytes")
        }
    }
}

extension Upload {
    fileprivate static func bytes(seconds: Double = 20) -> Upload {
        Upload(.bytes, limitBytes: UploadTests.limit, seconds: seconds)
    }
}

extension RawClient {
    /// Whether something can be sent.
    fileprivate func hasRoom(withinMilliseconds limit: Int32) -> Bool {
        var state = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&state, 1, limit) > 0
    }
}
