extension Run {
    /// Badges as attendees fetch them from their own page: one at a time, then several at once.
    func measureBadges() throws {
        say("badges…")
        let requests = pages.map { Array(request("\($0)/badge.pdf").utf8) }
        var (next, began) = (0, 0.0)
        var took: [Double] = []
        func run(connections: Int) throws -> Driven {
            let load = HTTPLoad(port: lanyard.port, connections: connections)
            return try load.run(Bound(seconds: options.seconds / 2)) { peer in
                next += 1
                began = now()
                try requests[next % requests.count].withUnsafeBytes(peer.send)
            } check: { answer in
                guard answer.status == 200, answer.body.firstOffset(of: "%PDF-") == 0 else {
                    throw Failure("a badge was answered \(answer.status): \(answer.text)")
                }
                took.append(now() - began)
            }
        }
        _ = try run(connections: 1)
        report.add(.badge, took.median * 1_000)
        let (driven, cost) = try metered(lanyard.process) { try run(connections: 4) }
        report.add(.badges, driven.perSecond, cost)
    }
}
