import Glibc

/// One scanner's connection: its socket and what has been said. It belongs to the doors' thread.
final class Connection {
    /// How many scans of one connection wait for their answers before no more are read.
    static let unansweredLimit = 256

    let number: UInt64
    let door: Door
    /// The door's place in the loop's lists.
    let place: Int
    private let socket: Descriptor
    var conversation = Conversation()
    /// What the poller looks for; nil while it does not watch this connection.
    private(set) var watched: Poller.Interest?

    /// Whether no more scans are taken: the client has ended its side, was refused, or the doors close.
    var isInputEnded = false
    /// Whether it stands in the line of those that want more scans asked than there is room for.
    var isQueued = false
    /// Whether the loop has given it up; the socket is closed as soon as nothing uses this object any more.
    var isClosed = false
    /// Whether it was let in only to be told why not.
    var isRefused = false
    /// Whether the client has ended its side or is gone.
    private(set) var isPeerDone = false
    private var isPeerGone = false
    /// When a connection that only waits for the client to end its side is closed anyhow.
    var lingerUntil: Int64?
    private var lastInput: Int64
    private var stalledSince: Int64?

    init(number: UInt64, door: Door, place: Int, socket: consuming Descriptor, now: Int64) {
        self.number = number
        self.door = door
        self.place = place
        self.socket = socket
        lastInput = now
    }

    var descriptor: Int32 { socket.number }

    var isLingering: Bool { lingerUntil != nil }

    /// Whether more scans may be asked, be they parked or still to be read.
    var takesScans: Bool {
        (!isInputEnded || conversation.isParked) && conversation.hasRoom(in: Connection.unansweredLimit)
    }

    /// Whether more may be read.
    var wantsScans: Bool { takesScans && !conversation.isParked }

    /// Whether every scan that was taken is answered and sent.
    var isAnswered: Bool {
        isInputEnded && !conversation.isParked && conversation.unanswered == 0
            && conversation.output.isEmpty
    }

    /// Takes no more scans: neither those that may come nor those that were read and not asked.
    func endInput() {
        isInputEnded = true
        conversation.dropParked()
    }

    /// Reads once and asks the scans that are complete, up to its share.
    func receive(
        into buffer: UnsafeMutableRawBufferPointer, share: Int, now: Int64, ask: (Conversation.Scan) -> Void
    ) {
        let count = recv(socket.number, buffer.baseAddress, buffer.count, 0)
        if count > 0 {
            lastInput = now
            conversation.receive(
                UnsafeRawBufferPointer(rebasing: buffer[..<count]), share: share, ask: ask)
        } else if count == 0 {
            isPeerDone = true
            isInputEnded = true
            conversation.endHalfLine(ask: ask)
        } else if errno != EAGAIN && errno != EINTR {
            isPeerDone = true
            isInputEnded = true
            lose()
        }
    }

    /// Throws away what has come; says whether anything had.
    @discardableResult
    func discard(into buffer: UnsafeMutableRawBufferPointer) -> Bool {
        var hasCome = false
        // A client that sends faster than this reads must not hold the thread.
        for _ in 0..<16 {
            let count = recv(socket.number, buffer.baseAddress, buffer.count, 0)
            if count <= 0 {
                isPeerDone = isPeerDone || count == 0 || errno != EAGAIN
                break
            }
            hasCome = true
        }
        return hasCome
    }

    /// Sends what can be sent now.
    func send(now: Int64) {
        while !conversation.output.isEmpty {
            if isPeerGone { return conversation.sent(conversation.output.count) }
            let count = conversation.output.withUnsafeBytes {
                // A client that is gone is an error here and no signal.
                Glibc.send(socket.number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                conversation.sent(count)
                stalledSince = nil
            } else if errno == EAGAIN {
                stalledSince = stalledSince ?? now
                return
            } else if errno != EINTR {
                lose()
            }
        }
    }

    func endOutput() {
        shutdown(socket.number, Int32(SHUT_WR))
    }

    /// Nobody reads the answers any more; scans that are under way still count.
    private func lose() {
        isPeerGone = true
        stalledSince = nil
        conversation.sent(conversation.output.count)
    }

    /// When something must happen though no byte comes or goes.
    func nextDeadline(stallMilliseconds: Int64) -> Int64? {
        var deadline = lingerUntil
        if let stalledSince { deadline = min(deadline ?? .max, stalledSince + stallMilliseconds) }
        if let idle = idleDeadline { deadline = min(deadline ?? .max, idle) }
        return deadline
    }

    func hasStalled(now: Int64, stallMilliseconds: Int64) -> Bool {
        stalledSince.map { $0 + stallMilliseconds <= now } ?? false
    }

    /// Counts the half line as ended if nothing has come for as long as the door says.
    func endIdleLine(now: Int64, ask: (Conversation.Scan) -> Void) {
        if let idleDeadline, idleDeadline <= now { conversation.endHalfLine(ask: ask) }
    }

    func watch(for interest: Poller.Interest?, now: Int64) {
        // While nothing was read the rest of a half line may have come.
        if interest?.contains(.input) == true, !isReading { lastInput = now }
        watched = interest
    }

    private var isReading: Bool { watched?.contains(.input) == true }

    private var idleDeadline: Int64? {
        guard conversation.hasHalfLine, isReading, !isInputEnded else { return nil }
        return lastInput + Int64(max(1, door.endAfterMilliseconds))
    }
}
