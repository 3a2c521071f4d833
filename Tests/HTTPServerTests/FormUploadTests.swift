import HTTP
import HTTPServer
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct FormUploadTests {
    /// Answers with what came, a line for each field and file.
    private var router: Router {
        var router = Router()
        router.on(.post, "/form", taking: Upload(.form, limitBytes: 1 << 20, seconds: 20)) { request, _ in
            var lines: [String] = []
            while let piece = try await request.upload.next() {
                switch piece {
                case .field(let name, let value): lines.append("\(name)=\(value)")
                case .file(let name, let fileName): lines.append("\(name):\(fileName):")
                case .bytes(let bytes): lines[lines.count - 1] += String(decoding: bytes, as: UTF8.self)
                }
            }
            return .text(lines.joined(separator: "|"))
        }
        return router
    }

    private static let boundary = "----WebKitFormBoundary7MA4YWxk"

    private static func part(_ disposition: String, _ content: String) -> String {
        "--\(boundary)\r\nContent-Disposition: form-data; \(disposition)\r\n\r\n\(content)\r\n"
    }

    private static func file(_ name: String, _ fileName: String, _ content: String) -> String {
        "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"\(fileName)\"\r\n"
            + "Content-Type: application/pdf\r\n\r\n\(content)\r\n"
    }

    private static let end = "--\(boundary)--\r\n"

    private func send(
        _ body: String, type: String = "multipart/form-data; boundary=\(boundary)", by size: Int = 1 << 20
    ) async throws -> RawClient.Answer {
        try await withServer(router) { server in
            try await onThread { [address = server.addresses[0]] in
                let client = try RawClient(address)
                let body = Array(body.utf8)
                try client.send(
                    "POST /form HTTP/1.1\r\nHost: x\r\nContent-Type: \(type)\r\nContent-Length: \(body.count)\r\n\r\n"
                )
                for start in stride(from: 0, to: body.count, by: size) {
                    // Once it is refused the server may be gone before all is sent.
                    guard (try? client.send(Array(body[start..<min(start + size, body.count)]))) != nil else {
                        break
                    }
                }
                return try client.answer()
            }
        }
    }

    @Test(arguments: [1, 7, 64, 1 << 20])
    func `fields and files come in their order, wherever the network cuts them`(size: Int) async throws {
        let almost = "\r\n--\(FormUploadTests.boundary.dropLast())\r\n%PDF"
        let body =
            FormUploadTests.part("name=\"token\"", "a=b&c%20d") + FormUploadTests.part("name=\"empty\"", "")
            + FormUploadTests.part("name=\"session\"", "Zoë’s talk\r\nand more")
            + FormUploadTests.file("file", "Folien für Zoë.pdf", almost)
            + FormUploadTests.file("file", "", "") + FormUploadTests.file("more", "b.txt", "plain")
            + FormUploadTests.end
        let answer = try await send(body, by: size)
        #expect(answer.status == 200)
        #expect(
            answer.text
                == "token=a=b&c%20d|empty=|session=Zoë’s talk\r\nand more|file:Folien für Zoë.pdf:\(almost)"
                + "|file::|more:b.txt:plain")
    }

    @Test(arguments: [
        "", "hello", "--\(boundary)\r\n", part("name=\"a\"", "b"), part("filename=\"a\"", "b") + end,
        file("file", "a.pdf", "%PDF"), "--\(boundary)\r\n\r\nno headers\r\n" + end, end,
    ])
    func `what is no whole form is refused as such`(body: String) async throws {
        #expect(try await send(body).status == 400)
    }

    @Test func `a part whose headers are too long is refused`() async throws {
        let name = String(repeating: "n", count: 40_000)
        let body = FormUploadTests.part("name=\"\(name)\"", "b") + FormUploadTests.end
        #expect(try await send(body).status == 400)
    }

    @Test(arguments: [
        "text/plain", "", "application/x-www-form-urlencoded", "multipart/form-data",
        "multipart/form-data; boundary=", "multipart/form-data; boundary=\"", "multipart/mixed; boundary=x",
        "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary=" + String(repeating: "b", count: 71),
        "multipart/form-data; boundary=é",
    ])
    func `a body of another type is refused before it is read`(type: String) async throws {
        #expect(try await send(FormUploadTests.end, type: type).status == 415)
    }

    @Test func `a field at its limit is taken and one byte more is not`() async throws {
        let field = String(repeating: "x", count: Upload.fieldLimitBytes)
        let whole = try await send(FormUploadTests.part("name=\"a\"", field) + FormUploadTests.end)
        #expect(whole.status == 200 && whole.body.count == field.utf8.count + 2)
        let past = try await send(FormUploadTests.part("name=\"a\"", field + "x") + FormUploadTests.end)
        #expect(past.status == 413)
    }
}
