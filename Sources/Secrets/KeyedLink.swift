/// Keys that make an address open one thing to whoever was given the address: 26 characters of Crockford's
/// base 32, the first 130 bits of a keyed BLAKE2b over what it opens. Nothing is stored for it.
public struct KeyedLink: Sendable {
    public static let length = 26

    private let key: [UInt8]

    /// The key has 32 bytes; it may also be the key of other things of this module.
    public init(key: [UInt8]) {
        precondition(key.count == 32, "a key has 32 bytes")
        self.key = key
    }

    /// What opens thing `number`, for that purpose alone.
    public func text(purpose: String, number: UInt64) -> String {
        String(decoding: digits(purpose, number), as: UTF8.self)
    }

    /// Whether the text is what ``text(purpose:number:)`` gave, small letters and usual misreadings taken;
    /// in a time that does not depend on where the two differ.
    public func matches(_ text: some StringProtocol, purpose: String, number: UInt64) -> Bool {
        guard text.utf8.count == KeyedLink.length else { return false }
        return Sodium.areEqual(Base32.normalised(text), digits(purpose, number))
    }

    private func digits(_ purpose: String, _ number: UInt64) -> [UInt8] {
        // The purpose is last because it alone has no fixed length: no two pairs make the same message.
        let numberBytes = withUnsafeBytes(of: number.littleEndian, Array.init)
        let message = Array("lanyard link ".utf8) + numberBytes + Array(purpose.utf8)
        return Base32.write(Sodium.hash(message, key: key, length: 32), digits: KeyedLink.length)
    }
}
