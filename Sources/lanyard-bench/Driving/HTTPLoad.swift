/// Keep-alive connections that each send the next request as soon as the last is answered.
struct HTTPLoad {
    let port: UInt16
    let connections: Int

    /// - Parameters:
    ///   - send: sends the next request.
    ///   - check: looks at each answer and throws where it is not the wanted one.
    ///   - took: is told how many seconds each answer took.
    func run(
        _ bound: Bound, send: (Peer) throws -> Void, check: (HTTPAnswer) throws -> Void,
        took: (Double) -> Void = { _ in }
    ) throws -> Driven {
        let peers = try (0..<min(connections, bound.count)).map { try Peer(port: port, number: $0) }
        var asked = [Double](repeating: 0, count: peers.count)
        var waiting = Waiting(peers)
        var (sent, answered) = (0, 0)
        let began = now()
        for peer in peers {
            asked[peer.number] = now()
            try send(peer)
            sent += 1
        }
        while answered < sent {
            let isOver = now() - began >= bound.seconds
            try waiting.forEachReady { index in
                let peer = peers[index]
                try peer.receive()
                guard let answer = try HTTPAnswer(peer.received) else { return }
                let moment = now()
                took(moment - asked[index])
                asked[index] = moment
                try check(answer)
                peer.drop(answer.length)
                answered += 1
                guard !isOver, sent < bound.count else { return }
                try send(peer)
                sent += 1
            }
        }
        return Driven(answered: answered, seconds: now() - began)
    }

    /// One request on a connection of its own, and what is made of its answer.
    static func ask<Result>(
        _ port: UInt16, _ request: String, _ read: (HTTPAnswer) throws -> Result
    ) throws -> Result {
        let bytes = Array(request.utf8)
        var result: Result?
        _ = try HTTPLoad(port: port, connections: 1).run(Bound(count: 1)) {
            try bytes.withUnsafeBytes($0.send)
        } check: {
            result = try read($0)
        }
        guard let result else { throw Failure("nothing was answered") }
        return result
    }
}
