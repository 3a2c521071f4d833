import Glibc
internal import Operations
import Synchronization

/// The one thread that serves all doors' sockets.
///
/// It never waits for the database: scans are handed on, and their answers come back through the inbox, which
/// wakes the thread once however many there are; all answers of a connection then leave in one write.
final class DoorLoop {
    /// How many scans of all connections wait for their answers before each connection may have only one waiting:
    /// well below the number of writes that may wait, so that busy scanners are slowed down rather than refused.
    static let askedLimit = 4_096
    static let alarmNumber: UInt64 = 0
    /// How long a client may leave all its answers unread.
    private let stallMilliseconds: Int64
    private let checkIn: CheckIn
    private let inbox: Inbox
    let notice: @Sendable (String) -> Void

    var poller: Poller
    /// The numbers in the poller are the places in this list, from 1.
    var listeners: [Listener]
    var openOfListener: [Int]
    var lastNotices: [Int64]
    var resumeAccepting: Int64?
    var connections: [UInt64: Connection] = [:]
    var nextNumber: UInt64
    var lingering = 0
    var now = monotonicMilliseconds()

    private var asked = 0
    /// The connections that want more scans asked than there is room for, whoever waits longest first.
    private var queue: [UInt64] = []
    private var answers: [Inbox.Answer] = []
    private var answered: [Connection] = []
    /// No connection needs anything before this time, unless something comes or goes on it.
    private var nextSweep = Int64.max
    private var stopBy: Int64?
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 8_192, alignment: 16)

    init(
        _ listeners: [Listener], inbox: Inbox, stallMilliseconds: Int64,
        notice: @escaping @Sendable (String) -> Void, checkIn: @escaping CheckIn
    ) throws(ListenError) {
        poller = try Poller()
        self.listeners = listeners
        openOfListener = listeners.map { _ in 0 }
        lastNotices = listeners.map { _ in Int64.min / 2 }
        nextNumber = UInt64(listeners.count) + 1
        self.inbox = inbox
        self.stallMilliseconds = stallMilliseconds
        self.notice = notice
        self.checkIn = checkIn
        poller.add(inbox.alarm.number, .input, number: DoorLoop.alarmNumber)
        watchListeners()
    }

    deinit {
        buffer.deallocate()
    }

    /// Serves until asked to stop.
    func run() {
        while true {
            let count = poller.wait(milliseconds: waitingTime)
            now = monotonicMilliseconds()
            for index in 0..<count {
                let (number, ready) = poller.event(index)
                if number == DoorLoop.alarmNumber {
                    inbox.alarm.silence()
                } else if number <= UInt64(openOfListener.count) {
                    accept(Int(number) - 1)
                } else if let connection = connections[number] {
                    serve(connection, ready)
                }
            }
            deliverAnswers()
            if now >= nextSweep { sweep() }
            if let time = resumeAccepting, now >= time { watchListeners() }
            if stopBy == nil, let time = inbox.stopBy { beginStopping(by: time) }
            if let stopBy, connections.isEmpty || now >= stopBy { break }
        }
        connections.removeAll()
        inbox.openConnections.store(0, ordering: .relaxed)
        inbox.ended()
    }

    private var waitingTime: Int32 {
        let next = min(nextSweep, resumeAccepting ?? .max, stopBy ?? .max)
        if next == .max { return -1 }
        return Int32(clamping: max(0, next - monotonicMilliseconds()))
    }

    private func serve(_ connection: Connection, _ ready: Poller.Interest) {
        if connection.isLingering {
            connection.discard(into: buffer)
        } else if !ready.isDisjoint(with: [.input, .ended]) {
            if connection.wantsScans && hasRoom(for: connection) {
                connection.receive(into: buffer, share: share, now: now) { ask($0, of: connection) }
            } else if ready.contains(.ended) {
                // It would be reported again and again; what there is to read can be read later.
                poller.remove(connection.descriptor)
                connection.watch(for: nil, now: now)
            }
        }
        settle(connection)
    }

    /// How many scans of one connection may wait for their answers now. One always may, so that a scanner never
    /// waits for others' floods; more only while nobody queues.
    private var share: Int { asked < DoorLoop.askedLimit && queue.isEmpty ? Connection.unansweredLimit : 1 }

    private func hasRoom(for connection: Connection) -> Bool { connection.conversation.hasRoom(in: share) }

    private func ask(_ scan: Conversation.Scan, of connection: Connection) {
        let door = connection.door
        let request = ScanRequest(
            text: scan.text, point: PointAddress(event: door.event, point: door.point), door: door.name,
            printer: door.printer)
        asked += 1
        checkIn(request) { [inbox, number = connection.number] result in
            inbox.post(Inbox.Answer(connection: number, scan: scan.number, result: result))
        }
    }

    private func deliverAnswers() {
        inbox.takeAnswers(into: &answers)
        if answers.isEmpty { return }
        for answer in answers {
            guard let connection = connections[answer.connection] else { continue }
            if connection.conversation.output.isEmpty { answered.append(connection) }
            connection.conversation.answer(answer.scan, with: Reply(answer.result))
        }
        asked -= answers.count
        answers.removeAll(keepingCapacity: true)
        for connection in answered { settle(connection) }
        answered.removeAll(keepingCapacity: true)
        serveQueue()
    }

    /// Lets those that queue ask more, in their order, until there is no more room.
    private func serveQueue() {
        if queue.isEmpty || asked >= DoorLoop.askedLimit { return }
        let waiting = exchange(&queue, with: [])
        for (index, number) in waiting.enumerated() {
            if asked >= DoorLoop.askedLimit {
                // Whoever came to the queue meanwhile came after these.
                queue.insert(contentsOf: waiting[index...], at: 0)
                return
            }
            guard let connection = connections[number] else { continue }
            connection.isQueued = false
            if !connection.isLingering && connection.wantsScans {
                connection.receive(into: buffer, share: share, now: now) { ask($0, of: connection) }
            }
            settle(connection)
        }
    }

    /// Sends what can be sent and asks what is parked, then closes the connection or watches for what it needs
    /// next.
    func settle(_ connection: Connection) {
        if connection.isClosed { return }
        repeat {
            connection.send(now: now)
        } while connection.conversation.goOn(share: share, ask: { ask($0, of: connection) })
        if connection.isLingering {
            if connection.isPeerDone { return close(connection) }
        } else if connection.isAnswered {
            if connection.isPeerDone { return close(connection) }
            return linger(connection)
        }
        watch(connection)
        if let time = connection.nextDeadline(stallMilliseconds: stallMilliseconds) {
            nextSweep = min(nextSweep, time)
        }
    }

    private func watch(_ connection: Connection) {
        var interest: Poller.Interest = connection.conversation.output.isEmpty ? [] : .output
        if connection.isLingering {
            interest.insert(.input)
        } else if connection.takesScans {
            if hasRoom(for: connection) {
                interest.insert(.input)
            } else if !connection.isQueued {
                connection.isQueued = true
                queue.append(connection.number)
            }
        }
        if connection.watched == interest { return }
        if connection.watched == nil {
            // A client that is gone would be reported at once and for ever.
            if interest.isEmpty { return }
            poller.add(connection.descriptor, interest, number: connection.number)
        } else {
            poller.change(connection.descriptor, interest, number: connection.number)
        }
        connection.watch(for: interest, now: now)
    }

    /// Ends our side and waits a moment for the client to end its own: closing while bytes of the client's
    /// are unread would make the system throw away the answers that it has not read yet.
    private func linger(_ connection: Connection) {
        connection.endOutput()
        let hasCome = connection.discard(into: buffer)
        let isWorthIt = stopBy == nil || hasCome
        if connection.isPeerDone || !isWorthIt || lingering >= 64 { return close(connection) }
        lingering += 1
        connection.lingerUntil = now + 1_000
        settle(connection)
    }

    private func close(_ connection: Connection) {
        guard connections.removeValue(forKey: connection.number) != nil else { return }
        if connection.isLingering { lingering -= 1 }
        if !connection.isRefused {
            openOfListener[connection.place] -= 1
            inbox.openConnections.subtract(1, ordering: .relaxed)
        }
        connection.isClosed = true
    }

    func countOpened() {
        inbox.openConnections.add(1, ordering: .relaxed)
    }

    private func sweep() {
        nextSweep = .max
        for connection in connections.values {
            if connection.hasStalled(now: now, stallMilliseconds: stallMilliseconds) {
                close(connection)
            } else if let time = connection.lingerUntil, time <= now {
                close(connection)
            } else {
                connection.endIdleLine(now: now) { ask($0, of: connection) }
                settle(connection)
            }
        }
    }

    private func beginStopping(by time: Int64) {
        stopBy = time
        resumeAccepting = nil
        for listener in listeners { poller.remove(listener.number) }
        listeners.removeAll()
        for connection in connections.values where !connection.isLingering {
            connection.endInput()
            settle(connection)
        }
    }
}
