/// What admits an attendee at a door: 26 characters of Crockford base 32.
///
/// The first 8 are the attendee's reference, so that a code is found without an index of its own; the other
/// 18 are 90 random bits, which whoever compares them must compare in constant time.
public struct Code: Sendable {
    public static let length = 26

    public let reference: Reference
    public let secret: Secret

    /// The 90 bits that only the holder of the badge and the database know.
    public struct Secret: Sendable {
        /// The first 9 digits, 45 bits.
        public let high: UInt64
        /// The last 9 digits, 45 bits.
        public let low: UInt64

        /// Takes the lowest 45 bits of each.
        public init(high: UInt64, low: UInt64) {
            self.high = high & (1 << 45 - 1)
            self.low = low & (1 << 45 - 1)
        }

        /// How many random bytes a secret is made of; those bits that are too many are dropped.
        public static let byteCount = 12

        /// - Precondition: there are `byteCount` bytes.
        public init(randomBytes bytes: [UInt8]) {
            precondition(bytes.count == Secret.byteCount)
            let halves = [bytes[..<6], bytes[6...]].map { $0.reduce(0) { $0 << 8 | UInt64($1) } }
            self.init(high: halves[0], low: halves[1])
        }

        /// Compares in a time that does not depend on where the two differ.
        public func matches(_ other: Secret) -> Bool {
            (high ^ other.high) | (low ^ other.low) == 0
        }
    }

    public init(reference: Reference, secret: Secret) {
        self.reference = reference
        self.secret = secret
    }

    init?(digits: some BidirectionalCollection<UInt8>) {
        guard digits.count == Code.length, let reference = Reference(digits: digits.prefix(8)),
            let high = Base32.read(digits.dropFirst(8).prefix(9)),
            let low = Base32.read(digits.suffix(9))
        else { return nil }
        self.init(reference: reference, secret: Secret(high: high, low: low))
    }
}

extension Code: CustomStringConvertible {
    public var description: String {
        let secretDigits = Base32.write(secret.high, digits: 9) + Base32.write(secret.low, digits: 9)
        return reference.description + String(decoding: secretDigits, as: UTF8.self)
    }
}

/// What a QR code holds: a code, and on paper also which print of the badge it is on.
///
/// Written `CODE` (on a screen) or `CODE.N` (on a badge), in the characters that a QR code packs closest
/// (ISO/IEC 18004, alphanumeric mode).
public struct ScannedCode: Sendable {
    public let code: Code
    /// 1 for the first badge printed for an attendee, 2 for the second…; nil on a screen.
    public let print: Int?

    public init(code: Code, print: Int?) {
        self.code = code
        self.print = print
    }

    /// Nil if the text has not this form, apart from the AIM symbology identifier of a QR code (ISO/IEC 15424,
    /// `]Q0` to `]Q6`), which some scanners send before it.
    public init?(_ text: some StringProtocol) {
        let characters = Substring(text).utf8.withoutSymbology
        guard let code = Code(digits: characters.prefix(Code.length)) else { return nil }
        let rest = characters.dropFirst(Code.length)
        guard let separator = rest.first else {
            self.init(code: code, print: nil)
            return
        }
        let digits = rest.dropFirst()
        guard separator == UInt8(ascii: "."), (1...6).contains(digits.count),
            digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
            let print = Int(String(decoding: digits, as: UTF8.self)), print > 0
        else { return nil }
        self.init(code: code, print: print)
    }
}

extension ScannedCode {
    /// The code that a longer text ends with: somebody began to type a name, or two scans ran together.
    public static func last(in text: String) -> ScannedCode? {
        let characters = Array(text.utf8)
        var code = characters[...]
        if let point = code.lastIndex(of: UInt8(ascii: ".")), code.endIndex - point <= 7 {
            code = code[..<point]
        }
        return ScannedCode(
            String(decoding: characters[max(0, code.endIndex - Code.length)...], as: UTF8.self))
    }
}

extension ScannedCode: CustomStringConvertible {
    public var description: String {
        print.map { "\(code).\($0)" } ?? code.description
    }
}

extension Collection<UInt8> where SubSequence == Self {
    /// Without the AIM symbology identifier of a QR code at its beginning.
    public var withoutSymbology: Self {
        guard first == UInt8(ascii: "]"), let kind = dropFirst().first, kind == UInt8(ascii: "Q"),
            let modifier = dropFirst(2).first, UInt8(ascii: "0")...UInt8(ascii: "6") ~= modifier
        else { return self }
        return dropFirst(3)
    }
}
