/// What is kept of a token that somebody else holds (a session's cookie, an API token): BLAKE2b of it, 256
/// bits, so that who reads the database can't use them.
///
/// Fast and unkeyed on purpose: the tokens are 160 random bits (``RandomSource/token(bits:)``), which no
/// guessing reaches. A password is no such token; see ``PasswordHash``.
public struct TokenHash: Hashable, Sendable {
    /// 64 hexadecimal digits, small letters.
    public let text: String

    public init(of token: some StringProtocol) {
        let digits = Array("0123456789abcdef".utf8)
        let hash = Sodium.hash(Array(token.utf8), length: 32)
        text = String(
            decoding: hash.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
