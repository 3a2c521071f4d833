import Testing

@testable import Registration

@Suite(.timeLimit(.minutes(1)))
struct Base32Tests {
    @Test(arguments: [0, 1, 31, 32, 0xFF_FFFF_FFFF, 1 << 59, 0xFFF_FFFF_FFFF_FFFF] as [UInt64])
    func `what is written is read back`(number: UInt64) {
        let digits = Base32.write(number, digits: 12)
        #expect(digits.count == 12)
        #expect(Base32.read(digits) == number)
    }

    @Test func `digits stand as Crockford ordered them, and what is cut off is the top`() {
        let all = (0..<32).map { Base32.write(UInt64($0), digits: 1)[0] }
        #expect(String(decoding: all, as: UTF8.self) == "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        #expect(Base32.write(32 + 5, digits: 1) == Array("5".utf8))
    }

    @Test func `each byte is a digit or none`() {
        let read = (0...255).compactMap { byte in Base32.read([UInt8(byte)]) }
        // 32 digits, 22 of them letters that may be small, and O, I and L in both sizes.
        #expect(read.count == 32 + 22 + 6)
        for byte in "Uu-_ é\0/:@[`{".utf8 { #expect(Base32.read([byte]) == nil) }
        #expect(Base32.read([]) == 0)
    }
}
