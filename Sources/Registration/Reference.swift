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

    /// Reads what was read out, which people group: spaces and hyphens don't count.
    public init?(spoken text: some StringProtocol) {
        self.init(digits: text.utf8.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "-") })
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

/// The first characters of a reference, as they are read out while somebody looks for the rest.
public struct ReferenceBeginning: Hashable, Sendable {
    /// With fewer there are too many others.
    public static let lengths = 4..<Reference.length

    private let number: UInt64
    private let length: Int

    /// Nil if it is not that many such characters, apart from spaces and hyphens.
    public init?(_ text: some StringProtocol) {
        let digits = text.utf8.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "-") }
        guard ReferenceBeginning.lengths.contains(digits.count), let number = Base32.read(digits) else {
            return nil
        }
        self.number = number
        length = digits.count
    }

    public func matches(_ reference: Reference) -> Bool {
        reference.number >> (5 * UInt64(Reference.length - length)) == number
    }
}
