/// One scanner's connection without its socket: bytes in, scans out; answers in, bytes out in the order of
/// the scans.
///
/// Each line that is not empty gets exactly one reply. Some replies are known at once, others wait for the
/// database; a reply is written when all replies to earlier lines are.
struct Conversation {
    /// A scan to be answered, numbered 0, 1, 2… in its conversation.
    struct Scan: Equatable {
        var number: UInt64
        var text: String
    }

    /// How many bytes wait for a client to read them before no more lines are taken.
    static let outputBytes = 1 << 16

    private var reader = ScanReader()
    /// What has come and is not read yet, as enough lines wait for their replies.
    private var parked: ArraySlice<UInt8> = []
    /// The replies from `firstWaiting` on, nil while not known; those before `head` are written already.
    private var replies: [Reply?] = []
    private var head = 0
    private var firstWaiting: UInt64 = 0

    /// The reply lines that can be sent now.
    private(set) var output: [UInt8] = []

    /// How many lines have been read whose replies are not in `output` yet.
    var unanswered: Int { replies.count - head }

    var hasHalfLine: Bool { reader.hasHalfLine }

    var isParked: Bool { !parked.isEmpty }

    /// Whether one more line may be taken, where so many may wait for their replies.
    func hasRoom(in share: Int) -> Bool { unanswered < share && output.count < Conversation.outputBytes }

    /// Takes the next bytes and asks the scans in them until `share` lines wait for their replies; the rest is
    /// parked. Only while nothing is.
    mutating func receive(
        _ bytes: some RandomAccessCollection<UInt8>, share: Int = .max, ask: (Scan) -> Void
    ) {
        let rest = read(bytes, share: share, ask: ask)
        if !rest.isEmpty { parked = ArraySlice(rest) }
    }

    /// Asks the scans that were parked until `share` lines wait for their replies. Says whether any line was taken.
    mutating func goOn(share: Int, ask: (Scan) -> Void) -> Bool {
        guard isParked, hasRoom(in: share) else { return false }
        parked = read(exchange(&parked, with: []), share: share, ask: ask)
        return true
    }

    /// Forgets what is parked: no more scans are taken.
    mutating func dropParked() {
        parked = []
    }

    private mutating func read<Bytes: RandomAccessCollection<UInt8>>(
        _ bytes: Bytes, share: Int, ask: (Scan) -> Void
    ) -> Bytes.SubSequence {
        // The reader is taken out for the while, since its lines come back to this value.
        var reader = exchange(&reader, with: ScanReader())
        let rest = reader.read(bytes) { line in
            take(line, ask: ask)
            return hasRoom(in: share)
        }
        self.reader = reader
        return rest
    }

    /// Counts a half line as ended: nothing came for long enough, or nothing will come any more.
    mutating func endHalfLine(ask: (Scan) -> Void) {
        var reader = exchange(&reader, with: ScanReader())
        reader.endHalfLine { take($0, ask: ask) }
        self.reader = reader
    }

    /// Notes the answer to a scan; only the first answer to each counts.
    mutating func answer(_ number: UInt64, with reply: Reply) {
        guard number >= firstWaiting, number - firstWaiting < UInt64(unanswered) else { return }
        let index = head + Int(number - firstWaiting)
        if replies[index] == nil { replies[index] = reply }
        writeKnownReplies()
    }

    /// Says something that answers no scan.
    mutating func say(_ reply: Reply) {
        replies.append(reply)
        writeKnownReplies()
    }

    /// Forgets the first `count` bytes of the output.
    mutating func sent(_ count: Int) {
        if count == output.count {
            output.removeAll(keepingCapacity: output.capacity <= 1 << 16)
        } else {
            output.removeFirst(count)
        }
    }

    private mutating func take(_ line: ScanReader.Line, ask: (Scan) -> Void) {
        switch line {
        case .scan(let text):
            replies.append(nil)
            ask(Scan(number: firstWaiting + UInt64(unanswered - 1), text: text))
        case .refused(let reply):
            say(reply)
        }
    }

    private mutating func writeKnownReplies() {
        while head < replies.count, let reply = replies[head] {
            reply.write(to: &output)
            head += 1
            firstWaiting += 1
        }
        if head == replies.count {
            replies.removeAll(keepingCapacity: true)
            head = 0
        } else if head >= 512 {
            replies.removeFirst(head)
            head = 0
        }
    }
}
