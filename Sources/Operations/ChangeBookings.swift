internal import Registration
internal import Storage

// The part of a change that moves bookings.
extension AttendeeChangeWork {
    /// Nil where the bookings stay as they are.
    func bookingDecision(_ transaction: Transaction) throws -> ChangeDecision? {
        guard change.sessions != nil || change.swaps != nil else { return nil }
        let held = try transaction.bookings(of: attendee.id).filter { $0.status != .cancelled }
        let sessions =
            change.sessions ?? held.compactMap { timetable.sessionsByID[$0.session]?.slug }
        return ChangeQuestion(
            sessions: sessions, ifFull: change.ifFull, waitsFor: change.waitsFor, attendee: attendee.status,
            held: held,
            event: timetable.event,
            programme: try transaction.offers(
                for: sessions, timetable, isHeld: timetable.event.holdsLists(at: now)), isByStaff: byStaff,
            now: now
        ).decision
    }

    /// Writes what was decided, and gives what it frees to those who wait.
    func move(_ moves: BookingChange, in transaction: Transaction) throws {
        for booking in moves.released { try transaction.release(booking, of: attendee.id) }
        for session in moves.wished.confirmed { try transaction.confirm(session.id, for: attendee.id) }
        let turned = try change.swaps.map { try transaction.setSwaps($0, of: attendee.id) } ?? 0
        // Whoever sends what they have already has changed nothing, and needs no letter about it.
        guard turned > 0 || moves.movesAnything else { return }
        let record = try transaction.record(
            .changed, detail(moves), of: timetable.event.id, at: now)
        for session in moves.wished.waiting {
            try transaction.putOnList(
                of: session.id, attendee.id, since: record.number, swaps: change.swaps ?? false)
        }
        // What they wait for may no longer clash with what they have, or may now be swapped.
        let lists = moves.released.map(\.session) + moves.wished.stillWaiting.map(\.id)
        let moved = try transaction.settle(
            lists, in: timetable, writesLetters: writesLetters, at: now, except: attendee.id)
        guard writesLetters else { return }
        var own = PlacesMoved(moves)
        if let promoted = moved[attendee.id] { own.add(promoted) }
        // Those who join a list say at once what is to happen; who does not want to swap is told nothing of it.
        let saysSwaps = turned > 0 || (change.swaps == true && !own.joined.isEmpty)
        try transaction.write(
            .changed, to: attendee.id, of: timetable.event, own, swaps: saysSwaps ? change.swaps : nil,
            at: now)
    }

    private func detail(_ moves: BookingChange) -> String {
        var detail = Detail()
        detail.add("reference", attendee.reference.description)
        detail.add("gained", words: moves.wished.confirmed.map(\.slug))
        detail.add("waiting", words: moves.wished.waiting.map(\.slug))
        detail.add(
            "released", words: moves.released.compactMap { timetable.sessionsByID[$0.session]?.slug })
        if let swaps = change.swaps { detail.add("swap", isTrue: swaps) }
        return detail.json
    }
}

extension PlacesMoved {
    fileprivate init(_ change: BookingChange) {
        gained = change.wished.confirmed.map(\.id)
        joined = change.wished.waiting.map(\.id)
        let givenUp = change.released.filter { [gained] in !gained.contains($0.session) }
        released = givenUp.filter { $0.status == .confirmed }.map(\.session)
        left = givenUp.filter { $0.status == .waiting }.map(\.session)
    }
}
