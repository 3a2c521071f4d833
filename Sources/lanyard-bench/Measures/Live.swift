import Glibc

extension Run {
    /// From the moment a scan is sent until who follows the event live is told of it.
    func measureLive() throws {
        say("scan to live event…")
        let follower = try Peer(port: lanyard.port)
        let start = try attended(#""activity":"#)
        let follow = request(
            "/api/v1/events/\(BenchEvent.slug)/activity?since=\(start)", accept: "text/event-stream")
        try Array(follow.utf8).withUnsafeBytes(follower.send)
        let doors = try lanyard.doorPorts.dropFirst(Run.scanners).map { try Peer(port: $0) }
        var took: [Double] = []
        let began = now()
        while now() - began < options.seconds, took.count < doors.count * freshCodes.count {
            let door = doors[took.count / freshCodes.count]
            let line = Array(freshCodes.line(took.count))
            let sent = now()
            try line.withUnsafeBytes(door.send)
            try wait(for: Array(line.prefix(Codes.referenceLength)), at: follower, door: door)
            took.append(now() - sent)
            usleep(3_000)
        }
        report.add(.liveMedian, took.median * 1_000)
        report.add(.liveTail, took.quantile(0.99) * 1_000)
    }

    private func wait(for reference: [UInt8], at follower: Peer, door: Peer) throws {
        var waiting = Waiting([follower, door])
        var isTold = false
        // The follower also gets a heartbeat now and then, so that waiting alone would never end.
        let deadline = now() + Waiting.patienceSeconds
        while !isTold {
            guard now() < deadline else {
                throw Failure("a scan was not told of live for \(Int(Waiting.patienceSeconds)) s")
            }
            try waiting.forEachReady { index in
                let peer = index == 0 ? follower : door
                try peer.receive()
                guard index == 0 else { return peer.drop(peer.received.count) }
                isTold = reference.withUnsafeBytes { peer.received.firstOffset(of: $0) } != nil
                if isTold { peer.drop(peer.received.count) }
            }
        }
    }
}
