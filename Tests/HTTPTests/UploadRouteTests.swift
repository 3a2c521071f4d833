import HTTP
import Testing

@Suite(.timeLimit(.minutes(1)))
struct UploadRouteTests {
    @Test func `a mounted route keeps how it takes its body, and reads what is handed in`() async throws {
        var inner = Router()
        inner.on(.put, "/files/{name}", taking: Upload(.bytes, limitBytes: 5, seconds: 1)) {
            request, parameters in
            var count = 0
            while case .bytes(let bytes)? = try await request.upload.next() { count += bytes.count }
            return .text("\(parameters["name"]) \(count)")
        }
        var router = Router()
        router.mount(inner, at: "/api")
        var request = Request(.put, "/api/files/a.pdf")
        let match = router.match(request)
        #expect(match.upload?.limitBytes == 5 && match.bodyLimitBytes == 5)
        request.upload = UploadReader([.bytes([1, 2]), .bytes([3])])
        let answer = try await router.respond(to: request).body.collected()
        #expect(String(decoding: answer, as: UTF8.self) == "a.pdf 3")
        #expect(router.match(Request(.get, "/api/files/a.pdf")).upload == nil)
    }

    @Test(arguments: [(50 << 20, "50 MiB"), (65_536, "64 KiB"), (100, "100 bytes")])
    func `a limit is told in the largest unit`(bytes: Int, words: String) {
        #expect(RequestError.contentTooLarge(limitBytes: bytes).sentence.contains("at most \(words) may"))
    }
}
