import Registration
import Testing

@Suite(.timeLimit(.minutes(1)))
struct CodeTests {
    let code = Code(
        reference: Reference(number: 0x12_3456_789A), secret: .init(high: 0x1234_5678_9ABC, low: 7))

    @Test func `a code is 26 characters and begins with the reference`() {
        #expect(code.description.count == Code.length)
        #expect(code.description.hasPrefix(code.reference.description))
    }

    @Test func `what was written is read back, with and without the number of the print`() throws {
        let screen = try #require(ScannedCode(code.description))
        #expect(screen.code.reference == code.reference)
        #expect(screen.code.secret.matches(code.secret))
        #expect(screen.print == nil)
        let badge = try #require(ScannedCode(ScannedCode(code: code, print: 12).description))
        #expect(badge.code.secret.matches(code.secret))
        #expect(badge.print == 12)
    }

    @Test func `a secret that differs in one bit does not match`() {
        for bit in 0..<45 {
            let high = Code.Secret(high: code.secret.high ^ 1 << UInt64(bit), low: code.secret.low)
            let low = Code.Secret(high: code.secret.high, low: code.secret.low ^ 1 << UInt64(bit))
            #expect(!high.matches(code.secret) && !low.matches(code.secret))
        }
    }

    @Test(arguments: [
        "", "K7QX2M4P", "U7QX2M4P0000000000000000", "K7QX2M4P00000000000000000U",
        "K7QX2M4P000000000000000000.", "K7QX2M4P000000000000000000.0", "K7QX2M4P000000000000000000.1234567",
        "K7QX2M4P000000000000000000 1", "K7QX2M4P000000000000000000.+1", "é7QX2M4P00000000000000000",
    ])
    func `what is no code is not read as one`(text: String) {
        #expect(ScannedCode(text) == nil)
    }

    @Test func `a reference is read as people misread it`() {
        #expect(Reference("oil0oil0")?.description == "01100110")
        #expect(Reference("k7qx2m4p")?.description == "K7QX2M4P")
        #expect(Reference("K7QX2M4") == nil)
        #expect(Reference("K7QX2M4PP") == nil)
    }

    @Test func `the smallest and the largest reference keep their eight characters`() {
        #expect(Reference(number: 0).description == "00000000")
        #expect(Reference(number: 1 << 40 - 1).description == "ZZZZZZZZ")
    }

    @Test(arguments: 0...6)
    func `what a scanner sends before a QR code is dropped`(modifier: Int) throws {
        let badge = try #require(ScannedCode("]Q\(modifier)\(code).3"))
        #expect(badge.code.secret.matches(code.secret) && badge.print == 3)
        for other in ["]Q7", "]C1", "]", "]Q", "]Q1]Q1"] { #expect(ScannedCode("\(other)\(code)") == nil) }
    }
}
