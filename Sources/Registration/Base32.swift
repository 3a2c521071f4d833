/// Crockford's base 32 (crockford.com/base32.html): digits and capitals without I, L, O and U.
///
/// Reading takes small letters too, O for 0, and I and L for 1, as people misread them.
enum Base32 {
    static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// The value, 0 to 31, of each ASCII character; 255 for what is no digit.
    static let values: [UInt8] = {
        var table = [UInt8](repeating: 255, count: 256)
        for (value, character) in alphabet.enumerated() {
            table[Int(character)] = UInt8(value)
            if character >= UInt8(ascii: "A") { table[Int(character) + 32] = UInt8(value) }
        }
        for (misread, meant) in [("O", 0), ("o", 0), ("I", 1), ("i", 1), ("L", 1), ("l", 1)] {
            if let character = misread.utf8.first { table[Int(character)] = UInt8(meant) }
        }
        return table
    }()

    /// The lowest `5 × digits` bits of `number`, most significant digit first.
    static func write(_ number: UInt64, digits: Int) -> [UInt8] {
        (0..<digits).reversed().map { alphabet[Int(number >> (5 * UInt64($0)) & 31)] }
    }

    /// The number that at most 12 digits make, or nil if one of them is no digit.
    static func read(_ digits: some Collection<UInt8>) -> UInt64? {
        var number: UInt64 = 0
        for digit in digits {
            let value = values[Int(digit)]
            guard value < 32 else { return nil }
            number = number << 5 | UInt64(value)
        }
        return number
    }
}
