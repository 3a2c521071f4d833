/// As much of an HTTP answer as tells whether it is the wanted one.
struct HTTPAnswer {
    let status: Int
    let body: UnsafeRawBufferPointer
    /// How many bytes the whole answer has.
    let length: Int

    /// Nil while some of it is still to come. Answers without `Content-Length` are not understood.
    init?(_ bytes: UnsafeRawBufferPointer) throws {
        guard let head = bytes.firstOffset(of: "\r\n\r\n") else { return nil }
        guard head >= 12, let status = bytes.number(at: 9) else { throw Failure("an answer is no HTTP") }
        let headers = UnsafeRawBufferPointer(rebasing: bytes[..<head])
        guard let field = headers.firstOffset(of: "\r\nContent-Length: "),
            let count = headers.number(at: field + 18)
        else { throw Failure("an answer has no Content-Length") }
        let length = head + 4 + count
        guard bytes.count >= length else { return nil }
        self.status = status
        self.body = UnsafeRawBufferPointer(rebasing: bytes[(head + 4)..<length])
        self.length = length
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The text behind `"NAME":"`, up to the next quote.
    func text(of field: StaticString) -> String? {
        guard let start = body.firstOffset(of: field) else { return nil }
        let rest = body[(start + field.utf8CodeUnitCount)...]
        guard let end = rest.firstIndex(of: UInt8(ascii: "\"")) else { return nil }
        return String(decoding: rest[..<end], as: UTF8.self)
    }
}
