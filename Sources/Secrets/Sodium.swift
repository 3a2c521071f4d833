import CSodium

/// The C library, ready for use from any thread.
enum Sodium {
    /// Touched before each call: `sodium_init` picks the fastest code for this processor and must come first.
    static let ready: Void = {
        // It fails only where the kernel has no randomness to give, and nothing here may run without.
        precondition(sodium_init() >= 0, "libsodium cannot be initialised: the system gives no random bytes")
    }()

    /// BLAKE2b of the message, keyed unless the key is empty. `length` is 16 to 64 bytes.
    static func hash(_ message: [UInt8], key: [UInt8] = [], length: Int) -> [UInt8] {
        _ = ready
        var hash = [UInt8](repeating: 0, count: length)
        let status = crypto_generichash(&hash, length, message, UInt64(message.count), key, key.count)
        precondition(status == 0, "a key has at most 64 bytes and a hash 16 to 64")
        return hash
    }

    /// Compares in a time that depends on the lengths alone.
    static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        _ = ready
        return left.count == right.count && sodium_memcmp(left, right, left.count) == 0
    }
}
