internal import Working

/// A connection to a mail server with a thread of its own. It is closed with the last reference to it, and nobody
/// waits for that.
final class SMTPLine: Sendable {
    private let thread = BlockingThread()
    private let session: SMTPSession

    init(_ server: SMTPServer, sender: Mailbox, pace: MailPace) {
        session = SMTPSession(server, sender: sender, pace: pace)
    }

    deinit { thread.add { [session] in session.close() } }

    /// Gives the server a letter. Cancelling the task breaks off, but waits some seconds for the answer to a
    /// letter whose text is under way.
    func deliver(_ message: Message, _ watch: TransferWatch) async throws -> Delivery {
        try await withTaskCancellationHandler {
            try await thread.run { [session] in session.deliver(message, watch) }
        } onCancel: {
            watch.stop()
        }
    }
}
