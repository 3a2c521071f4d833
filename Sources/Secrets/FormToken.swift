/// Tokens that a page puts into its forms and asks back, so that no other site can post them in somebody's
/// name (CSRF): a keyed BLAKE2b of the session they were made for. Nothing is stored for them.
public struct FormToken: Sendable {
    public static let length = 26

    private let key: [UInt8]

    /// The key has 32 bytes; it may also be the key of other things of this module.
    public init(key: [UInt8]) {
        precondition(key.count == 32, "a key has 32 bytes")
        self.key = key
    }

    /// The token of a session, which is named by whatever its cookie holds.
    public func text(session: String) -> String {
        String(decoding: digits(session), as: UTF8.self)
    }

    /// Whether the text is the session's token, in a time that does not depend on where the two differ.
    public func matches(_ text: some StringProtocol, session: String) -> Bool {
        Sodium.areEqual(Array(text.utf8), digits(session))
    }

    private func digits(_ session: String) -> [UInt8] {
        let message = Array("lanyard form ".utf8) + Array(session.utf8)
        return Base32.write(Sodium.hash(message, key: key, length: 32), digits: FormToken.length)
    }
}
