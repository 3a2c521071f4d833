/// Crockford's base 32 (crockford.com/base32.html) over bytes; the room of the rules has its own, over numbers.
enum Base32 {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// The first `5 × digits` bits of the bytes, which must have as many.
    static func write(_ bytes: [UInt8], digits: Int) -> [UInt8] {
        precondition(bytes.count * 8 >= digits * 5)
        var text: [UInt8] = []
        text.reserveCapacity(digits)
        var window: UInt32 = 0
        var held = 0
        var next = 0
        while text.count < digits {
            if held < 5 {
                window = window << 8 | UInt32(bytes[next])
                held += 8
                next += 1
            }
            held -= 5
            text.append(alphabet[Int(window >> UInt32(held) & 31)])
        }
        return text
    }

    /// The text as it would have been written: capitals, and what people misread put right.
    static func normalised(_ text: some StringProtocol) -> [UInt8] {
        text.utf8.map { character in
            switch character {
            case UInt8(ascii: "O"), UInt8(ascii: "o"): UInt8(ascii: "0")
            case UInt8(ascii: "I"), UInt8(ascii: "i"), UInt8(ascii: "L"), UInt8(ascii: "l"): UInt8(ascii: "1")
            case UInt8(ascii: "a")...UInt8(ascii: "z"): character - 32
            default: character
            }
        }
    }
}
