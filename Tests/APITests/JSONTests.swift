import TestPeers
import Testing

@testable import API

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct JSONTests {
    @Test(arguments: [
        "null", "true", "[]", "{}", "-9223372036854775808", "9223372036854775807", #""é😀\"\\/""#,
        #"{"b":[1,{"a":null}],"a":false}"#, #"["a\u0000b","\u001f\u0008\n"]"#, "[0.5,1e+20,-2.5]",
    ])
    func `what is written is read back`(text: String) throws {
        let value = try JSON(parsing: Array(text.utf8))
        #expect(try JSON(parsing: value.bytes) == value)
    }

    @Test func `every character comes back as itself`() throws {
        for value in (0...0x2FF).map(UInt32.init) + [0x2028, 0xFFFF, 0x1F600, 0x10FFFF] {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = JSON.text("a\(scalar)b")
            #expect(try JSON(parsing: text.bytes) == text)
        }
    }

    @Test func `members keep their order`() {
        let object: JSON = ["z": .integer(1), "a": [.null, .boolean(true)], "m": "x"]
        #expect(String(decoding: object.bytes, as: UTF8.self) == #"{"z":1,"a":[null,true],"m":"x"}"#)
    }

    @Test func `many problems are told, but not without end`() {
        let schema = Schema.object(["items": .list(.text)])
        let items = JSON.list((0..<1_000).map { .integer($0) })
        #expect(schema.problems(of: ["items": items]).count == Schema.problemLimit)
        let members = (0..<1_000).map { JSON.Member("m\($0)", .null) }
        #expect(schema.problems(of: .object(members)).count == Schema.problemLimit)
        let name = String(repeating: "n", count: 1_000)
        #expect(schema.problems(of: .object([.init(name, .null)])).allSatisfy { $0.field.count <= 64 })
    }
}
