// What each kind of record does, and whether it may.
extension ReferenceModel {
    mutating func register(_ detail: Activity.Detail) {
        guard let reference = detail.reference, status[reference] == nil else {
            return breach(5, "\(detail.reference ?? "nobody") is registered twice")
        }
        if let request = requests[reference] {
            if let other = holders[request.address] { breach(4, "\(reference) has the address of \(other)") }
            holders[request.address] = reference
            if isHeld, !request.isByStaff { checkNothingKeptIsTaken(detail) }
        } else {
            breach(5, "\(reference) was told to nobody")
        }
        if detail.status == "waiting" {
            status[reference] = "waiting"
            waiting.append(reference)
        } else {
            if confirmed >= capacity { breach(1, "\(reference) comes into a full event") }
            status[reference] = "confirmed"
            confirmed += 1
        }
        give(detail.sessions, to: reference)
        wait(reference, for: detail.waiting, swaps: detail.swap ?? false)
        tell(reference)
    }

    mutating func change(_ detail: Activity.Detail) {
        guard let reference = detail.reference, let now = status[reference], now != "cancelled" else {
            return breach(3, "\(detail.reference ?? "nobody") can't change anything")
        }
        for slug in detail.released { takeAway(slug, from: reference) }
        give(detail.gained, to: reference)
        if let swaps = detail.swap {
            for slug in sessions.map(\.slug) {
                guard let place = place(of: reference, inListOf: slug) else { continue }
                lists[slug]?[place].swaps = swaps
            }
        }
        wait(reference, for: detail.waiting, swaps: detail.swap ?? false)
    }

    mutating func cancel(_ detail: Activity.Detail) {
        guard let reference = detail.reference, let now = status[reference], now != "cancelled" else {
            return breach(4, "\(detail.reference ?? "nobody") can't cancel")
        }
        if now == "confirmed" { confirmed -= 1 }
        waiting.removeAll { $0 == reference }
        for slug in sessions.map(\.slug) where has(slug, reference) || isWaiting(reference, for: slug) {
            takeAway(slug, from: reference)
        }
        status[reference] = "cancelled"
        if let address = requests[reference]?.address { holders[address] = nil }
    }

    mutating func erase(_ detail: Activity.Detail) {
        guard let reference = detail.reference, status[reference] == "cancelled",
            erased.insert(reference).inserted
        else { return breach(4, "\(detail.reference ?? "nobody") can't be erased") }
    }

    mutating func promote(_ detail: Activity.Detail) {
        guard let reference = detail.reference else { return breach(3, "nobody is promoted") }
        if isHeld, !detail.byHand { breach(3, "\(reference) is promoted while lists are held") }
        if !isHeld, detail.byHand { breach(3, "\(reference) is given a place while lists go on") }
        guard let slug = detail.session else { return promoteIntoEvent(reference, byHand: detail.byHand) }
        guard let place = place(of: reference, inListOf: slug) else {
            return breach(3, "\(reference) is promoted to \(slug) and did not wait for it")
        }
        // Whom staff give a place need not be the first.
        for older in (lists[slug] ?? [])[..<place] where !detail.byHand && canTake(slug, older) {
            breach(3, "\(reference) is promoted to \(slug) before \(older.reference)")
        }
        if let entry = lists[slug]?[place], !canTake(slug, entry) {
            breach(3, "\(reference) is promoted to \(slug) and can't take it")
        }
        if Set(detail.released) != Set(clashes(of: reference, with: slug)) {
            breach(3, "\(reference) gives up \(detail.released) for \(slug)")
        }
        for released in detail.released { takeAway(released, from: reference) }
        lists[slug]?.remove(at: place)
        give([slug], to: reference)
    }

    private mutating func promoteIntoEvent(_ reference: String, byHand: Bool) {
        if !waiting.contains(reference) {
            breach(3, "\(reference) comes into the event and did not wait for it")
        }
        if !byHand, waiting.first != reference {
            breach(3, "\(reference) comes into the event before others")
        }
        if confirmed >= capacity { breach(1, "\(reference) is promoted into a full event") }
        waiting.removeAll { $0 == reference }
        status[reference] = "confirmed"
        confirmed += 1
    }

    private mutating func give(_ slugs: [String], to reference: String) {
        for slug in slugs {
            guard let session = session(slug) else { return breach(1, "there is no \(slug)") }
            if has(slug, reference) { breach(2, "\(reference) has \(slug) already") }
            if status[reference] != "confirmed" { breach(1, "\(reference) has no place in the event") }
            let count = booked[slug]?.count ?? 0
            if count >= session.capacity { breach(1, "\(reference) gets place \(count + 1) of \(slug)") }
            for other in clashes(of: reference, with: slug) {
                breach(2, "\(reference) has \(other) and \(slug)")
            }
            booked[slug, default: []].append(reference)
        }
    }

    private mutating func wait(_ reference: String, for slugs: [String], swaps: Bool) {
        for slug in slugs {
            if has(slug, reference) || isWaiting(reference, for: slug) {
                breach(3, "\(reference) can't wait for \(slug)")
            }
            lists[slug, default: []].append(Entry(reference: reference, swaps: swaps))
        }
    }

    private mutating func takeAway(_ slug: String, from reference: String) {
        if let index = booked[slug]?.firstIndex(of: reference) {
            booked[slug]?.remove(at: index)
        } else if let place = place(of: reference, inListOf: slug) {
            lists[slug]?.remove(at: place)
        } else {
            breach(3, "\(reference) gives up \(slug) and does not have it")
        }
    }
}
