public import Registration
internal import Storage
internal import Synchronization

/// What became of a letter that was tried.
public enum LetterOutcome: Hashable, Sendable {
    /// A mail server took it, or it is in the folder.
    case sent
    /// It is tried again at that time.
    case delayed(reason: String, until: Timestamp)
    /// A mail server will never take it; its words, without addresses.
    case refused(reason: String)
    /// There is nothing to tell any more, say a reminder to somebody who cancelled.
    case withdrawn
}

// What the mail worker does: it alone moves letters from `queued` to their end.
extension FrontOfHouse {
    /// Yields when there may be letters to send. Ends when Lanyard stops.
    public func letterChanges() -> AsyncStream<Void> {
        feed.letterChanges()
    }

    /// The letters whose time has come, in the order in which they are to be sent.
    public func lettersDue(limit: Int) async throws -> [Letter] {
        let now = now
        return try await store.read { try $0.dueLetters(at: now, limit: limit) }
    }

    /// When the next of the letters that wait is to be sent; nil if none waits.
    public func nextLetterTime() async throws -> Timestamp? {
        try await store.read { try $0.nextLetterTime() }
    }

    /// Writes what became of a letter. One that is at its end already stays as it is.
    public func noteLetter(_ letter: LetterID, _ outcome: LetterOutcome) async throws {
        let now = now
        try await store.write { transaction in
            switch outcome {
            case .sent: try transaction.noteSent(letter, at: now)
            case .delayed(let reason, let until):
                try transaction.noteDelayed(letter, reason: reason, until: until, at: now)
            case .refused(let reason): try transaction.noteRefused(letter, reason: reason, at: now)
            case .withdrawn: try transaction.withdraw(letter)
            }
        }
    }

    /// How many letters there are in each state.
    public func letterCounts() async throws -> [LetterState: Int] {
        try await store.read { try $0.letterCounts() }
    }
}

extension FrontOfHouse {
    /// Notes why no letter can be sent at the moment, and when that is tried again; nil once one was. Told organisers,
    /// and kept no longer than Lanyard runs.
    public func noteMailTrouble(_ trouble: MailTrouble?) { mailTrouble.withLock { $0 = trouble } }
}
