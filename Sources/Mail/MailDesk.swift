internal import Badges
internal import Log
internal import Operations
internal import Registration
internal import Working

/// What every lane does with letters besides sending them.
struct MailDesk: Sendable {
    let front: FrontOfHouse
    let sender: Sender
    let templates: @Sendable () -> LetterTemplates
    let pace: MailPace
    let jitter: @Sendable () -> Double
    let log: Logger

    /// What a letter becomes, read and written at the time of sending.
    enum Draft {
        /// The message, and when the event that it is about is over.
        case message(Message, eventEnds: Timestamp)
        /// Letters about a further change are to be written before this one: it may tell that as well.
        case outdated
        /// Nobody has to be told any more.
        case nothing
        /// It can't be written, whatever the server is like.
        case never(String)
    }

    func draft(_ letter: Letter) async throws -> Draft {
        guard let contents = try await front.contents(of: letter) else { return .nothing }
        guard !contents.isOutdated else { return .outdated }
        guard let recipient = Mailbox(contents.address) else {
            return .never("No mail server could be given the address")
        }
        do {
            let message = try Message(contents, to: recipient, from: sender, templates: templates())
            return .message(message, eventEnds: contents.event.ends)
        } catch let error as BadgeError {
            return .never("The letter can't be written: \(error)")
        }
    }

    /// Writes what became of a letter. It is tried until it is written, unless Lanyard stops: a letter that is sent
    /// and not noted would be sent again.
    func note(_ letter: Letter, _ outcome: LetterOutcome) async throws {
        var failures = 0
        while true {
            do {
                try await front.noteLetter(letter.id, outcome)
                break
            } catch {
                guard !Task.isCancelled else { throw error }
                failures += 1
                let pause = pace.server.milliseconds(afterFailures: failures, jitter: jitter())
                log.error(
                    "What became of a letter can't be written",
                    ["letter": letter.id, "error": "\(error)", "retry_ms": pause])
                // A sleep that was cancelled is followed by the last try.
                try? await Task.sleep(for: .milliseconds(pause))
            }
        }
        let kind = letter.told.kind.rawValue
        switch outcome {
        case .sent:
            front.noteMailTrouble(nil)
            log.info("Letter sent", ["letter": letter.id, "kind": kind])
        case .withdrawn: log.info("Letter withdrawn", ["letter": letter.id, "kind": kind])
        case .refused(let reason):
            log.warning("Letter failed", ["letter": letter.id, "kind": kind, "reason": reason])
        case .delayed(let reason, let until):
            let wait = until.milliseconds(since: front.now)
            log.warning(
                "Letter delayed",
                ["letter": letter.id, "kind": kind, "reason": reason, "retry_ms": wait])
        }
    }

    /// Notes what became of a letter that was given to its outlet; answers why no other can be sent at the moment, or
    /// nil.
    func settle(
        _ letter: Letter, _ delivery: Delivery, eventEnds: Timestamp
    ) async throws -> String? {
        switch delivery {
        case .accepted: try await note(letter, .sent)
        case .refused(let words): try await note(letter, .refused(reason: words))
        case .putOff(let words): try await note(letter, delayOrEnd(of: letter, words))
        case .doubtful(let words):
            // It goes behind the others, so that it can't hold them up if it is the reason. It ends only with the
            // event: until then somebody may mend what the server minds.
            let isOver = front.now >= eventEnds
            try await note(letter, isOver ? delayOrEnd(of: letter, words) : delay(of: letter, words))
            return words
        case .unreachable(let words): return words
        case .interrupted: break
        }
        return nil
    }

    /// When a letter that was put off is tried again.
    func delay(of letter: Letter, _ reason: String) -> LetterOutcome {
        let wait = pace.letters.milliseconds(afterFailures: letter.attempts + 1, jitter: jitter())
        return .delayed(reason: reason, until: front.now.adding(milliseconds: wait))
    }

    /// The same, or the end where it was put off for long enough.
    func delayOrEnd(of letter: Letter, _ reason: String) -> LetterOutcome {
        let hasWaited = front.now.milliseconds(since: letter.written) >= pace.giveUpSeconds * 1_000
        return hasWaited ? .refused(reason: "\(reason); given up") : delay(of: letter, reason)
    }
}
