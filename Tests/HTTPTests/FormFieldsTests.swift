import HTTP
import Testing

@Suite(.timeLimit(.minutes(1)))
struct FormFieldsTests {
    func parse(_ text: String) throws -> FormFields { try FormFields(parsing: Array(text.utf8)) }

    @Test func `fields keep their order and come again`() throws {
        let fields = try parse("sessions=a&name=Ada+Lovelace&sessions=b&empty=&bare&&caf%C3%A9=%26%3d")
        #expect(fields.all("sessions") == ["a", "b"])
        #expect(fields["name"] == "Ada Lovelace")
        #expect(fields["empty"] == "" && fields["bare"] == "" && fields["none"] == nil)
        #expect(fields["café"] == "&=")
        #expect(fields.fields.map(\.name) == ["sessions", "name", "sessions", "empty", "bare", "café"])
    }

    @Test func `what was encoded is read back`() throws {
        let fields = FormFields([.init(name: "a b", value: "+&=%é\r\n🎫"), .init(name: "", value: "x")])
        #expect(try parse(fields.encoded) == fields)
    }

    @Test(arguments: ["a=%", "a=%1", "a=%G0", "%=a", "a=%FF", "a=%C3%28", "a=%ED%A0%80"])
    func `wrong encoding is refused`(text: String) {
        let error = #expect(throws: RequestError.self) { try parse(text) }
        #expect(error?.status == .badRequest)
    }

    @Test func `raw bytes that are no UTF-8 are refused`() {
        #expect(throws: RequestError.self) { try FormFields(parsing: [0x61, 0x3D, 0xFF, 0xFE]) }
    }

    @Test func `two thousand fields are read and one more is refused`() throws {
        let most = Array(repeating: "a=1", count: 2_000).joined(separator: "&")
        #expect(try parse(most).fields.count == 2_000)
        let error = #expect(throws: RequestError.self) { try parse(most + "&a=1") }
        #expect(error?.status == .contentTooLarge)
    }

    @Test func `a form of a mebibyte is read and one byte more is refused`() throws {
        let largest = [UInt8](repeating: 0x61, count: FormFields.maximumBytes)
        #expect(try FormFields(parsing: largest).fields.count == 1)
        #expect(throws: RequestError.self) { try FormFields(parsing: largest + [0x61]) }
    }

    @Test func `a form is read from a request of its type alone`() throws {
        var request = Request(
            .post, "/", headers: ["content-type": "Application/x-www-form-urlencoded; charset=UTF-8"],
            body: Array("a=1".utf8))
        #expect(try request.form()["a"] == "1")
        request.headers["Content-Type"] = "application/json"
        let error = #expect(throws: RequestError.self) { try request.form() }
        #expect(error?.status == .unsupportedMediaType)
    }
}
