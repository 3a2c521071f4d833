public import Registration
internal import Storage
internal import Synchronization

/// Why no letter can be sent at the moment, whoever it is for.
public struct MailTrouble: Hashable, Sendable {
    /// The server's or the network's words.
    public var reason: String
    public var retried: Timestamp

    public init(reason: String, retried: Timestamp) {
        self.reason = reason
        self.retried = retried
    }
}

/// How it stands with an event's letters.
public struct Outbox: Sendable {
    public var event: Event
    /// How many are to be sent, now or later.
    public var waiting: Int
    /// How many a mail server took, or are in the folder.
    public var sent: Int
    /// How many a mail server refused for good.
    public var refused: Int
    /// Whether more are owed to many people, which are about to be written.
    public var isWriting: Bool
    /// Why letters that were tried already wait, the most frequent reason first.
    public var delays: [(reason: String, letters: Int, next: Timestamp)]
    public var trouble: MailTrouble?
    /// Some of those that were refused, the newest first.
    public var refusals: [ReportedLetter]
    /// Whether there are older refusals than these.
    public var hasMore: Bool
}

/// A letter with whom it is for.
public struct ReportedLetter: Sendable {
    public var letter: LetterReport
    public var attendee: Attendee

    /// Where it goes.
    public var address: String { letter.address ?? attendee.email }
}

// What organisers see of letters, and do about those that were refused.
extension FrontOfHouse {
    /// How many reasons for delays are told.
    private static let delayReasons = 5
    /// How many letters are put into the outbox again in one transaction.
    private static let triedAgainAtOnce = 1_000

    /// Nil if there is no such event.
    ///
    /// - Parameter before: of the refusals only those with smaller numbers; nil for the newest.
    public func outbox(event slug: String, before: LetterID? = nil, limit: Int) async throws -> Outbox? {
        let trouble = mailTrouble.withLock { $0 }
        return try await store.read { snapshot in
            guard let event = try snapshot.findEvent(slug) else { return nil }
            let counts = try snapshot.letterCounts(of: event.id)
            let refused = try snapshot.refusedLetters(of: event.id, before: before, limit: limit + 1)
            return Outbox(
                event: event, waiting: counts[.queued] ?? 0, sent: counts[.sent] ?? 0,
                refused: counts[.failed] ?? 0, isWriting: try snapshot.owesLetters(of: event.id),
                delays: try snapshot.delays(of: event.id, limit: FrontOfHouse.delayReasons), trouble: trouble,
                refusals: try snapshot.reported(refused.prefix(limit)), hasMore: refused.count > limit)
        }
    }

    /// How many of an event's letters were refused for good.
    public func refusedLetterCount(of event: EventID) async throws -> Int {
        try await store.read { try $0.refusedLetterCount(of: event) }
    }

    /// A part of an event's letters that wait or were refused, in the order in which they were written, and where the
    /// next part begins; nil if there is no such event.
    public func waitingLetters(
        event slug: String, after: LetterID?, limit: Int
    ) async throws -> (items: [ReportedLetter], next: LetterID?)? {
        try await store.read { snapshot in
            guard let event = try snapshot.findEvent(slug) else { return nil }
            let letters = try snapshot.waitingLetters(of: event.id, after: after, limit: limit)
            return (
                try snapshot.reported(letters), letters.count == limit ? letters.last?.id : nil
            )
        }
    }

    /// Puts a letter that was refused into the outbox again, under a new Message-ID; whether there was one. It goes to
    /// the attendee's address of then, but for one that is about another address, which goes there.
    public func tryLetterAgain(event slug: String, _ letter: LetterID) async throws -> Bool {
        let now = now
        return try await store.write { transaction in
            guard let event = try transaction.findEvent(slug) else { return false }
            return try transaction.tryAgain(letter, of: event.id, at: now)
        }
    }

    /// Puts all of an event's letters that were refused up to one into the outbox again; answers how many.
    public func tryAllLettersAgain(event slug: String, upTo last: LetterID) async throws -> Int {
        var tried = 0
        var after = LetterID(rawValue: 0)
        while true {
            let (now, from) = (now, after)
            let some = try await store.write { transaction -> (count: Int, last: LetterID)? in
                guard let event = try transaction.findEvent(slug) else { return nil }
                return try transaction.tryAllAgain(
                    of: event.id, after: from, upTo: last, limit: FrontOfHouse.triedAgainAtOnce, at: now)
            }
            guard let some else { return tried }
            tried += some.count
            after = some.last
        }
    }
}

extension Reading {
    fileprivate func reported(_ letters: some Sequence<LetterReport>) throws -> [ReportedLetter] {
        try letters.map { letter in
            guard let attendee = try findAttendee(letter.attendee) else {
                throw MissingRow(table: "attendee")
            }
            return ReportedLetter(letter: letter, attendee: attendee)
        }
    }
}
