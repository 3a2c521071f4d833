internal import Dispatch
internal import Secrets
internal import Storage
internal import Synchronization

/// Hashes and checks passwords, one at a time and on a thread of its own: each takes a tenth of a second of a
/// processor and 64 MiB.
final class Passwords: Sendable {
    /// How many may wait, three seconds' worth; whoever comes then is told to come back (`Overloaded`).
    static let waitingLimit = 32

    private let queue = DispatchQueue(label: "passwords")
    private let waiting = Mutex(0)

    struct Check: Sendable {
        var isRight: Bool
        /// The right password's hash with today's costs, where the one that was kept has others.
        var renewed: PasswordHash?
    }

    func check(_ password: String, against hash: PasswordHash?) async throws -> Check {
        try await carryOut { try Passwords.compare(password, with: hash) }
    }

    /// Takes as long where there is no such account. Blocks.
    static func compare(_ password: String, with hash: PasswordHash?) throws -> Check {
        guard let hash else {
            try PasswordHash.matchNobody(password)
            return Check(isRight: false)
        }
        guard try hash.matches(password) else { return Check(isRight: false) }
        return Check(isRight: true, renewed: hash.isOutdated ? try PasswordHash(of: password) : nil)
    }

    func hash(_ password: String) async throws -> PasswordHash {
        try await carryOut { try PasswordHash(of: password) }
    }

    private func carryOut<Outcome: Sendable>(
        _ work: @escaping @Sendable () throws -> Outcome
    ) async throws -> Outcome {
        let isIn = waiting.withLock { waiting in
            guard waiting < Passwords.waitingLimit else { return false }
            waiting += 1
            return true
        }
        guard isIn else { throw Overloaded() }
        defer { waiting.withLock { $0 -= 1 } }
        return try await withUnsafeThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try work() }) }
        }
    }
}
