internal import CCurl
import Glibc
import Synchronization

/// What another thread tells a transfer, and sees of it.
final class TransferWatch: Sendable {
    private let isStopped = Atomic(false)
    private let isFarAlong = Atomic(false)

    /// Tells it that Lanyard stops.
    func stop() { isStopped.store(true, ordering: .releasing) }
    var wasStopped: Bool { isStopped.load(ordering: .acquiring) }

    func noteRecipient() { isFarAlong.store(true, ordering: .releasing) }
    /// Whether its recipient was named to the server: what it waits for from there on is its own.
    var isAtRecipient: Bool { isFarAlong.load(ordering: .acquiring) }
}

/// One letter on its way through libcurl: what its callbacks read and write, all on one thread.
final class SMTPTransfer {
    private let message: Message
    private let pace: MailPace
    private let watch: TransferWatch
    private var sentBytes = 0
    private(set) var dialogue: SMTPDialogue
    private var lastSign = ContinuousClock.now
    private var uploaded: curl_off_t = 0
    private var stopSeen: ContinuousClock.Instant?
    /// Whether the server was too slow.
    private(set) var isLate = false
    /// Whether it broke off since Lanyard stops.
    private(set) var wasStopped = false

    init(_ message: Message, _ dialogue: SMTPDialogue, pace: MailPace, watch: TransferWatch) {
        self.message = message
        self.pace = pace
        self.watch = watch
        self.dialogue = dialogue
        self.dialogue.beginLetter()
    }

    private func noteSign() { lastSign = .now }

    private func read(into buffer: UnsafeMutablePointer<CChar>, room: Int) -> Int {
        let count = min(room, message.bytes.count - sentBytes)
        message.bytes.withUnsafeBytes { bytes in
            guard count > 0, let base = bytes.baseAddress else { return }
            memcpy(buffer, base + sentBytes, count)
        }
        sentBytes += count
        return count
    }

    /// Whether to break off before the letter's recipient is named.
    private var isRefusedHere: Bool {
        dialogue.stage == .sender && message.recipient.needsUTF8 && !dialogue.offersUTF8
    }

    /// Whether to break off now. libcurl asks at least once a second.
    private func mustEnd(uploaded: curl_off_t) -> Bool {
        let now = ContinuousClock.now
        if uploaded != self.uploaded {
            self.uploaded = uploaded
            lastSign = now
        }
        if watch.wasStopped {
            let seen = stopSeen ?? now
            stopSeen = seen
            // A letter whose text is under way is waited for: one broken off then may arrive twice.
            let mayWait = dialogue.stage == .text && seen.duration(to: now) < .seconds(pace.stopSeconds)
            if !mayWait {
                wasStopped = true
                return true
            }
        }
        let patience = dialogue.stage == .text ? pace.acceptanceSeconds : pace.answerSeconds
        if lastSign.duration(to: now) > .seconds(patience) {
            isLate = true
            return true
        }
        return false
    }

    /// Has a handle send this letter.
    ///
    /// The corresponding C function is `curl_easy_perform`.
    func perform(on handle: UnsafeMutableRawPointer) -> CURLcode {
        let me = Unmanaged.passUnretained(self).toOpaque()
        lanyard_curl_set_pointer(handle, CURLOPT_READDATA, me)
        lanyard_curl_set_pointer(handle, CURLOPT_HEADERDATA, me)
        lanyard_curl_set_pointer(handle, CURLOPT_XFERINFODATA, me)
        lanyard_curl_set_pointer(handle, CURLOPT_DEBUGDATA, me)
        // libcurl calls back also while it closes a connection, when this may be gone.
        defer {
            for option in [CURLOPT_READDATA, CURLOPT_HEADERDATA, CURLOPT_XFERINFODATA, CURLOPT_DEBUGDATA] {
                lanyard_curl_set_pointer(handle, option, nil)
            }
        }
        lanyard_curl_set_size(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(message.bytes.count))
        let recipients = curl_slist_append(nil, "<\(message.recipient.address)>")
        defer { curl_slist_free_all(recipients) }
        lanyard_curl_set_list(handle, CURLOPT_MAIL_RCPT, recipients)
        defer { lanyard_curl_set_list(handle, CURLOPT_MAIL_RCPT, nil) }
        return withExtendedLifetime(self) { curl_easy_perform(handle) }
    }

    /// Gives a handle the callbacks that ``perform(on:)`` needs.
    static func prepare(_ handle: UnsafeMutableRawPointer) {
        lanyard_curl_set_read(handle) { buffer, size, count, me in
            guard let buffer, let me else { return Int(CURL_READFUNC_ABORT) }
            return SMTPTransfer.from(me).read(into: buffer, room: size * count)
        }
        lanyard_curl_set_header(handle) { _, size, count, me in
            guard let me, !SMTPTransfer.from(me).isRefusedHere else { return 0 }
            return size * count
        }
        lanyard_curl_set_progress(handle) { me, _, _, _, uploaded in
            guard let me, !SMTPTransfer.from(me).mustEnd(uploaded: uploaded) else { return 1 }
            return 0
        }
        // What libcurl would show a user is the dialogue, with the server's words that its errors lack.
        lanyard_curl_set_debug(handle) { _, kind, data, size, me in
            guard let data, let me else { return 0 }
            let line = UnsafeRawBufferPointer(start: data, count: size)
            let transfer = SMTPTransfer.from(me)
            switch kind {
            case CURLINFO_HEADER_OUT:
                transfer.dialogue.sent(Array(line))
                if transfer.dialogue.stage >= .recipient { transfer.watch.noteRecipient() }
                transfer.noteSign()
            case CURLINFO_HEADER_IN:
                transfer.dialogue.received(Array(line))
                transfer.noteSign()
            default: break
            }
            return 0
        }
    }

    private static func from(_ me: UnsafeMutableRawPointer) -> SMTPTransfer {
        Unmanaged<SMTPTransfer>.fromOpaque(me).takeUnretainedValue()
    }
}
