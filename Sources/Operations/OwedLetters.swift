public import Registration
internal import Storage

// Letters to many people: what owes them does so in its own transaction, and they are written afterwards.
extension FrontOfHouse {
    /// For how many attendees letters are written in one transaction. Others wait for it meanwhile.
    static let owedLettersAtOnce: Int64 = 1_000

    /// Writes all letters that are owed, a batch in each transaction; answers how many were written. What is left
    /// when Lanyard stops is written after it starts again.
    ///
    /// - Parameter underWay: the letters that are being handed over, which tell nothing of what changed since.
    @discardableResult
    public func writeOwedLetters(besides underWay: Set<LetterID> = []) async throws -> Int {
        guard try await store.read({ try $0.owesLetters() }) else { return 0 }
        var written = 0
        while !Task.isCancelled {
            let now = now
            let batch = try await store.write {
                try $0.writeOwedLetters(
                    limit: FrontOfHouse.owedLettersAtOnce, besides: underWay, at: now)
            }
            guard let batch else { break }
            written += batch
        }
        return written
    }

    /// Notes whether this daemon sends letters, for what changes events beside it (`Settings.letters`). Where it sends
    /// none, nothing is owed to anybody: letters of long ago would surprise once it does.
    public func noteSendsLetters() async throws {
        let sends = settings.letters
        guard try await store.read({ try $0.sendsLetters() != sends || (!sends && $0.owesLetters()) }) else {
            return
        }
        try await store.write { transaction in
            try transaction.noteSendsLetters(sends)
            if !sends { try transaction.forgetOwedLetters() }
        }
    }
}
