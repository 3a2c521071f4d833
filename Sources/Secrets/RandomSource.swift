import CSodium

/// Random numbers that nobody can foretell, from the system's generator.
///
/// Handed to whoever needs randomness, so that the rules stay free of it. Safe on any thread; never blocks
/// once the system has started.
public struct RandomSource: Sendable {
    public init() {}

    public func bytes(_ count: Int) -> [UInt8] {
        _ = Sodium.ready
        var bytes = [UInt8](repeating: 0, count: count)
        randombytes_buf(&bytes, count)
        return bytes
    }

    /// Text of at least that many random bits in Crockford's base 32: safe in addresses, headers and file
    /// names, and for people to read out. 160 bits are 32 characters.
    public func token(bits: Int = 160) -> String {
        precondition(bits > 0)
        let digits = (bits + 4) / 5
        return String(decoding: Base32.write(bytes((digits * 5 + 7) / 8), digits: digits), as: UTF8.self)
    }
}
