// What the reference model asks itself.
extension ReferenceModel {
    func session(_ slug: String) -> Session? { sessions.first { $0.slug == slug } }

    func has(_ slug: String, _ reference: String) -> Bool { booked[slug]?.contains(reference) ?? false }

    func place(of reference: String, inListOf slug: String) -> Int? {
        lists[slug]?.firstIndex { $0.reference == reference }
    }

    func isWaiting(_ reference: String, for slug: String) -> Bool {
        place(of: reference, inListOf: slug) != nil
    }

    /// What somebody has at the time of a session.
    func clashes(of reference: String, with slug: String) -> [String] {
        guard let wanted = session(slug) else { return [] }
        return sessions.filter { $0.slug != slug && $0.overlaps(wanted) && has($0.slug, reference) }.map(
            \.slug)
    }

    func canTake(_ slug: String, _ entry: Entry) -> Bool {
        status[entry.reference] == "confirmed"
            && (entry.swaps || clashes(of: entry.reference, with: slug).isEmpty)
    }

    /// Rule 3, once a step is over.
    mutating func checkNothingIsLeft() {
        if confirmed < capacity, let next = waiting.first {
            breach(3, "the event has a place for \(next), who waits")
        }
        for session in sessions where (booked[session.slug]?.count ?? 0) < session.capacity {
            for entry in lists[session.slug] ?? [] where canTake(session.slug, entry) {
                breach(3, "\(session.slug) has a place for \(entry.reference), who waits")
                break
            }
        }
    }

    /// While lists are held, what is free is kept for those who wait.
    mutating func checkNothingKeptIsTaken(_ detail: Activity.Detail) {
        if detail.status != "waiting", !waiting.isEmpty {
            breach(3, "a place of the event was kept for others")
        }
        for slug in detail.sessions where !(lists[slug] ?? []).isEmpty {
            breach(3, "a place of \(slug) was kept for others")
        }
    }

    func standing(of reference: String) -> Standing {
        var bookings: [Standing.Booking] = []
        for session in sessions {
            if has(session.slug, reference) {
                bookings.append(.init(session: session.slug, status: "confirmed", position: nil))
            } else if let place = place(of: reference, inListOf: session.slug) {
                bookings.append(.init(session: session.slug, status: "waiting", position: place + 1))
            }
        }
        return Standing(
            reference: reference, status: status[reference] ?? "unknown",
            position: waiting.firstIndex(of: reference).map { $0 + 1 }, bookings: bookings
        ).sorted
    }
}
