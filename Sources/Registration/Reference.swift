/// What people call an attendee by: 8 characters of Crockford base 32, 40 bits.
///
/// It tells nothing about when or in which order people registered, and is no secret: it admits nobody.
public struct Reference: Hashable, Sendable {
    public static let length = 8

    /// 0 to 2⁴⁰ − 1.
    public let number: UInt64

    /// - Precondition: `number` is below 2⁴⁰.
    public init(number: UInt64) {
        precondition(number < 1 << 40)
        self.number = number
    }

    /// Reads what a person typed: small letters and the usual misreadings (O, I, L) are taken; nil if it is
    /// not 8 such characters.
    public init?(_ text: some StringProtocol) {
        self.init(digits: text.utf8)
    }

    init?(digits: some Collection<UInt8>) {
        guard digits.count == Reference.length, let number = Base32.read(digits) else { return nil }
        self.number = number
    }
}

extension Reference: CustomStringConvertible {
    public var description: String {
        String(decoding: Base32.write(number, digits: Reference.length), as: UTF8.self)
    }
}
