internal import Log
internal import Operations
internal import Registration
internal import Working

/// Sends letters, one after the other, over one connection that is kept while there are more.
///
/// A letter whose server is slow to answer for its recipient is left to its connection, and the next goes over
/// another: it holds up nobody, and is not broken off either, as whoever breaks off can't know whether it was taken.
struct MailLane {
    let desk: MailDesk
    private let outlet: MailOutlet
    private let bell: Bell
    private let slow: SlowLetters
    private let folderThread = BlockingThread()
    private var line: SMTPLine?
    private var failures = 0
    private var pausedUntil: ContinuousClock.Instant?
    private var lastLetter = ContinuousClock.now

    init(desk: MailDesk, outlet: MailOutlet, bell: Bell) {
        self.desk = desk
        self.outlet = outlet
        self.bell = bell
        slow = SlowLetters()
    }

    /// Writes the letters that are owed to many, and sends all whose time has come; answers after how many
    /// milliseconds to come again, nil for when told.
    mutating func round() async throws -> Int64? {
        if let pausedUntil {
            let rest = ContinuousClock.now.millisecondsUntil(pausedUntil)
            if rest > 0 { return rest }
            self.pausedUntil = nil
        }
        while !Task.isCancelled {
            // Before the letters are read: one that is noted in between is still among those read.
            let underWay = slow.letters
            let owed = try await desk.front.writeOwedLetters(besides: underWay)
            if owed > 0 { desk.log.notice("Letters to many are written", ["letters": owed]) }
            let limit = MailLimits.lettersInRound + underWay.count
            let letters = try await desk.front.lettersDue(limit: limit).filter { !underWay.contains($0.id) }
            guard !letters.isEmpty else { return try await waitingTime() }
            for letter in letters where !Task.isCancelled {
                guard slow.letters.count < MailLimits.slowLetters else { return MailLimits.lookMilliseconds }
                let draft = try await desk.draft(letter)
                if case .outdated = draft { break }
                guard let words = try await send(letter, draft) else {
                    failures = 0
                    continue
                }
                return pause(words)
            }
            lastLetter = .now
        }
        return nil
    }

    /// Breaks off what is under way, and returns when that is done and noted.
    func end() async { await slow.end() }

    /// Until the next letter, until the connection is closed, or until it is looked for what no bell told.
    private mutating func waitingTime() async throws -> Int64 {
        var wait = MailLimits.outsideMilliseconds
        if line != nil {
            let idle = MailLimits.idleMilliseconds
            let rest = ContinuousClock.now.millisecondsUntil(lastLetter + .milliseconds(idle))
            if rest > 0 { wait = min(wait, rest) } else { line = nil }
        }
        guard let next = try await desk.front.nextLetterTime() else { return wait }
        var untilNext = next.milliseconds(since: desk.front.now)
        // What is due already is under way, and hides when the next is.
        if untilNext <= 0 { untilNext = MailLimits.lookMilliseconds }
        return min(wait, untilNext)
    }

    /// After that many failures in a row all wait.
    private mutating func pause(_ words: String) -> Int64 {
        line = nil
        failures += 1
        let wait = desk.pace.server.milliseconds(afterFailures: failures, jitter: desk.jitter())
        desk.front.noteMailTrouble(
            MailTrouble(reason: words, retried: desk.front.now.adding(milliseconds: wait)))
        pausedUntil = .now + .milliseconds(wait)
        desk.log.warning("Letters wait", ["reason": words, "retry_ms": wait])
        return wait
    }

    /// Answers why no letter can be sent at the moment, or nil.
    private mutating func send(_ letter: Letter, _ draft: MailDesk.Draft) async throws -> String? {
        switch draft {
        case .outdated: return nil
        case .nothing:
            try await desk.note(letter, .withdrawn)
            return nil
        case .never(let reason):
            try await desk.note(letter, .refused(reason: reason))
            return nil
        case .message(let message, let eventEnds):
            switch outlet {
            case .folder(let folder):
                let name = "\(letter.id)-\(letter.told.kind.rawValue)"
                let delivery = try await folderThread.run {
                    MailFolder(folder: folder).deliver(message, name: name)
                }
                return try await desk.settle(letter, delivery, eventEnds: eventEnds)
            case .server(let server): return try await send(message, letter, eventEnds, to: server)
            }
        }
    }

    private mutating func send(
        _ message: Message, _ letter: Letter, _ eventEnds: Timestamp, to server: SMTPServer
    ) async throws -> String? {
        let line = line ?? SMTPLine(server, sender: desk.sender.mailbox, pace: desk.pace)
        self.line = line
        let watch = TransferWatch()
        let (ends, end) = AsyncStream.makeStream(of: Result<String?, any Error>.self)
        slow.begin(letter.id) { [desk, bell, slow] in
            let result: Result<String?, any Error>
            do {
                let delivery = try await line.deliver(message, watch)
                result = .success(try await desk.settle(letter, delivery, eventEnds: eventEnds))
            } catch {
                desk.log.error("A letter can't go on", ["letter": letter.id, "error": "\(error)"])
                result = .failure(error)
            }
            slow.end(letter.id)
            end.yield(result)
            bell.ring()
        }
        while !Task.isCancelled {
            if let result = await firstElement(of: ends, withinSeconds: desk.pace.slowSeconds) {
                return try result.get()
            }
            // What is slow before is slow for every letter.
            if watch.isAtRecipient { break }
        }
        self.line = nil
        return nil
    }
}

/// The first that a stream yields; nil if none comes in time, or the task is cancelled.
private func firstElement<Element: Sendable>(
    of stream: AsyncStream<Element>, withinSeconds seconds: Double
) async -> Element? {
    await withTaskGroup(of: Element?.self) { group in
        group.addTask {
            for await element in stream { return element }
            return nil
        }
        group.addTask {
            try? await Task.sleep(for: .seconds(seconds))
            return nil
        }
        let first = await group.next() ?? nil
        group.cancelAll()
        return first
    }
}

extension ContinuousClock.Instant {
    fileprivate func millisecondsUntil(_ later: ContinuousClock.Instant) -> Int64 {
        let rest = duration(to: later).components
        return rest.seconds * 1_000 + rest.attoseconds / 1_000_000_000_000_000
    }
}
