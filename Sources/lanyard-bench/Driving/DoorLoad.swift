/// A scanner at each door that sends codes ahead of their answers, up to a window.
struct DoorLoad {
    static let window = 64

    let ports: [UInt16]
    let codes: Codes

    /// Each door begins elsewhere in the codes and goes on until it has had each of them once.
    func run(_ bound: Bound) throws -> Driven {
        let doors = try ports.enumerated().map { number, port in
            Scanner(
                try Peer(port: port), codes, first: number * codes.count / ports.count,
                limit: codes.count)
        }
        var waiting = Waiting(doors.map(\.peer))
        let began = now()
        var answered = 0
        for door in doors { try door.send() }
        while doors.contains(where: \.isWaiting) {
            let isOver = now() - began >= bound.seconds || answered >= bound.count
            try waiting.forEachReady { index in
                answered += try doors[index].receive()
                if !isOver { try doors[index].send() }
            }
        }
        return Driven(answered: answered, seconds: now() - began)
    }

    private final class Scanner {
        let peer: Peer
        private let codes: Codes
        private let first: Int
        private let limit: Int
        private var sent = 0
        private var answered = 0
        private var batch: [UInt8] = []

        init(_ peer: Peer, _ codes: Codes, first: Int, limit: Int) {
            (self.peer, self.codes, self.first, self.limit) = (peer, codes, first, limit)
        }

        var isWaiting: Bool { answered < sent }

        /// Fills the window once half of it is free.
        func send() throws {
            let room = min(DoorLoad.window - (sent - answered), limit - sent)
            guard room >= DoorLoad.window / 2 || room == limit - sent, room > 0 else { return }
            batch.removeAll(keepingCapacity: true)
            for place in (first + sent)..<(first + sent + room) { batch += codes.line(place) }
            try batch.withUnsafeBytes(peer.send)
            sent += room
        }

        /// Checks the answers that came, and counts them.
        func receive() throws -> Int {
            try peer.receive()
            let bytes = peer.received
            var (start, count) = (0, 0)
            while let end = bytes.firstOffset(of: UInt8(ascii: "\n"), from: start) {
                let answer = UnsafeRawBufferPointer(rebasing: bytes[start...end])
                try check(answer, scanned: codes.line(first + answered))
                start = end + 1
                answered += 1
                count += 1
            }
            peer.drop(start)
            return count
        }
    }
}

/// `ADMIT REFERENCE NAME`, or `AGAIN …` for somebody who is in already; anything else was not asked for.
func check(_ answer: UnsafeRawBufferPointer, scanned: ArraySlice<UInt8>) throws {
    let isIn = answer.firstOffset(of: "ADMIT ") == 0 || answer.firstOffset(of: "AGAIN ") == 0
    guard isIn, answer.dropFirst(6).prefix(Codes.referenceLength).elementsEqual(scanned.prefix(8)) else {
        throw Failure("a scan was answered: \(String(decoding: answer, as: UTF8.self))")
    }
}
