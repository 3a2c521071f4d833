extension Run {
    /// Places of a full workshop that are given back, half of them by a change and half by a cancellation: each goes
    /// to the oldest who waits in the same transaction.
    func measurePromotions() throws {
        let (holders, list) = try fillFavourite()
        say("promotions…")
        // Whoever is promoted gives the place back in turn; the nth who waits has one once n were given back, and as
        // many requests are under way at most as there are places.
        let people = holders + list
        var next = 0
        let ((driven, cost), writesEach) = try countingCommits {
            try metered(lanyard.process) {
                try HTTPLoad(port: lanyard.port, connections: BenchEvent.favouritePlaces).run(
                    Bound(seconds: options.seconds, count: options.waiting)
                ) { peer in
                    let request =
                        next % 2 == 0
                        ? ChangeRequests.patch(people[next], sessions: [], token: lanyard.token)
                        : ChangeRequests.cancellation(people[next], token: lanyard.token)
                    next += 1
                    try request.withUnsafeBytes(peer.send)
                } check: {
                    try ChangeRequests.check($0)
                }
            }
        }
        let waiting = try attended(Run.favouriteWaiting)
        guard waiting == list.count - driven.answered else {
            throw Failure(
                "\(driven.answered) places were given back, and \(waiting) of \(list.count) still wait")
        }
        report.add(.promotions, driven.perSecond, cost)
        report.add(.promotionCommits, writesEach)
    }

    private static let favouriteWaiting: StaticString =
        #""session":"favourite","capacity":64,"booked":64,"waiting":"#

    /// Registers those who have the favourite workshop, and as many who wait for it that the wanted number still does
    /// when as many were promoted; both in order.
    private func fillFavourite() throws -> (holders: [String], list: [String]) {
        let places = BenchEvent.favouritePlaces
        let waiting = 2 * options.waiting
        say("registering \(waiting) people who wait…")
        let registrations = Registrations(
            event: BenchEvent.slug, token: lanyard.token, first: attendees, choices: [[BenchEvent.favourite]],
            waits: true)
        var holders: [String] = []
        var list = [String](repeating: "", count: waiting)
        _ = try drive(registrations, Bound(count: places + waiting)) { answer in
            guard let reference = answer.text(of: #""reference":""#) else { return }
            let member: StaticString = #""status":"waiting","position":"#
            if let offset = answer.body.firstOffset(of: member),
                let position = answer.body.number(at: offset + member.utf8CodeUnitCount)
            {
                list[position - 1] = reference
            } else {
                holders.append(reference)
            }
        }
        return (holders, list)
    }
}
