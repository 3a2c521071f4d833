public import Log
public import Operations
internal import Working

/// Where letters go.
public enum MailOutlet: Sendable {
    case server(SMTPServer)
    /// A folder that each is written to as a file.
    case folder(String)
}

/// Carries out the outbox: writes each letter, gives it to the mail server, and notes what became of it.
///
/// A letter is noted as sent before it could be begun again, so none is sent twice but one whose note a crash, or a
/// lost answer, prevented; that one has the same Message-ID. There must be one worker for a database.
public struct MailWorker: Sendable {
    private let desk: MailDesk
    private let outlet: MailOutlet

    /// - Parameters:
    ///   - templates: the words of the letters at this moment.
    ///   - jitter: gives a number from 0 to 1 that spreads the tries after a failure.
    public init(
        _ front: FrontOfHouse, outlet: MailOutlet, sender: Sender,
        templates: @escaping @Sendable () -> LetterTemplates, log: Logger,
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }
    ) {
        self.init(
            front, outlet: outlet, sender: sender, templates: templates, log: log, jitter: jitter,
            pace: MailPace())
    }

    init(
        _ front: FrontOfHouse, outlet: MailOutlet, sender: Sender,
        templates: @escaping @Sendable () -> LetterTemplates, log: Logger,
        jitter: @escaping @Sendable () -> Double, pace: MailPace
    ) {
        desk = MailDesk(
            front: front, sender: sender, templates: templates, pace: pace, jitter: jitter, log: log)
        self.outlet = outlet
    }

    /// Works until the task is cancelled or the front of house is closed, then finishes what is being handed over
    /// and returns, within 8 s.
    public func run() async {
        let changes = desk.front.letterChanges()
        let bell = Bell()
        await withTaskGroup { group in
            group.addTask {
                var lane = MailLane(desk: desk, outlet: outlet, bell: bell)
                await bell.makeRounds(
                    pause: { desk.pace.server.milliseconds(afterFailures: $0, jitter: desk.jitter()) },
                    onFault: { desk.log.error("Mail can't go on", ["error": "\($0)", "retry_ms": $1]) },
                    { try await lane.round() })
                await lane.end()
            }
            for await _ in changes { bell.ring() }
            bell.silence()
        }
    }
}
