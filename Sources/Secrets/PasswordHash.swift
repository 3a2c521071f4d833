import CSodium
import Glibc

/// A password as it is kept: Argon2id with 64 MiB and 2 passes, in the text form that carries its own
/// parameters and salt (`$argon2id$v=19$m=65536,t=2,p=1$…`).
///
/// Making and checking one takes about 0.1 s of a core and 64 MiB: both block, so call them on a thread of
/// their own and limit how many run at once.
public struct PasswordHash: Sendable {
    /// A longer password is refused, in bytes.
    public static let lengthLimit = 1_024

    public let text: String

    /// Takes what was kept.
    public init(text: String) {
        self.text = text
    }

    /// Blocks. Throws ``PasswordFault`` where memory is short or the password is over ``lengthLimit``.
    public init(of password: String) throws {
        _ = Sodium.ready
        guard password.utf8.count <= PasswordHash.lengthLimit else { throw PasswordFault.tooLong }
        let password = password.utf8.map(CChar.init(bitPattern:))
        var out = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
        let status = crypto_pwhash_str(
            &out, password, UInt64(password.count), PasswordHash.passes, PasswordHash.memory)
        guard status == 0 else { throw PasswordFault.outOfMemory }
        text = String(decoding: out.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Whether it is this password's, which one over ``lengthLimit`` never is. Blocks. Throws
    /// ``PasswordFault``, also where the kept text is no hash.
    public func matches(_ password: String) throws -> Bool {
        _ = Sodium.ready
        guard password.utf8.count <= PasswordHash.lengthLimit else { return false }
        let password = password.utf8.map(CChar.init(bitPattern:))
        guard crypto_pwhash_str_needs_rehash(text, PasswordHash.passes, PasswordHash.memory) >= 0 else {
            throw PasswordFault.notAHash
        }
        errno = 0
        if crypto_pwhash_str_verify(text, password, UInt64(password.count)) == 0 { return true }
        // The corresponding C function answers -1 for everything and sets EINVAL for a wrong password alone.
        switch errno {
        case EINVAL: return false
        case ENOMEM: throw PasswordFault.outOfMemory
        default: throw PasswordFault.notAHash
        }
    }

    /// Takes as long as ``matches(_:)``: for an account that does not exist, so that the time of an answer
    /// does not tell which accounts do. Blocks.
    public static func matchNobody(_ password: String) throws {
        _ = try decoy.get().matches(password)
    }

    /// Whether it was made with other costs than today's: make a new one when the password is next given.
    public var isOutdated: Bool {
        _ = Sodium.ready
        return crypto_pwhash_str_needs_rehash(text, PasswordHash.passes, PasswordHash.memory) != 0
    }

    private static let passes = UInt64(crypto_pwhash_OPSLIMIT_INTERACTIVE)
    private static let memory = Int(crypto_pwhash_MEMLIMIT_INTERACTIVE)

    private static let decoy = Result { try PasswordHash(of: RandomSource().token()) }
}

/// Why a password could not be hashed or compared at all.
public enum PasswordFault: Error {
    case outOfMemory
    case tooLong
    /// The kept text is not an Argon2 hash.
    case notAHash
}

extension PasswordFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .outOfMemory: "not enough memory to hash a password (64 MiB are needed)"
        case .tooLong: "a password has at most \(PasswordHash.lengthLimit) bytes"
        case .notAHash: "the kept password hash is damaged; set the password again"
        }
    }
}
