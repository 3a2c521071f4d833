public import Registration
internal import Storage

public enum CapacityOutcome: Sendable {
    case changed(Programme.Offer)
    /// More people have booked than that; it can be forced, and then nobody new gets a place until fewer have.
    case belowBooked(Int)
    /// The session is open to everyone registered.
    case notBookable
    /// The capacity is less than 1 or more than a session may have.
    case outOfRange
    case unknownSession
}

extension FrontOfHouse {
    /// How many places a session or an event may have.
    public static let capacityRange = 1...1_000_000

    /// Changes how many places a session has, and gives new ones to those who wait.
    public func changeCapacity(
        event slug: String, session name: String, to capacity: Int, isForced: Bool
    ) async throws -> CapacityOutcome {
        guard FrontOfHouse.capacityRange.contains(capacity) else { return .outOfRange }
        let now = now
        let writesLetters = settings.letters
        return try await store.write { transaction in
            guard let timetable = try transaction.timetable(of: slug),
                var session = timetable.sessions[name]
            else { return .unknownSession }
            guard session.isBookable else { return .notBookable }
            let booked = try transaction.places(of: session.id).confirmed
            guard capacity >= booked || isForced else { return .belowBooked(booked) }
            try transaction.setCapacity(capacity, of: session.id, event: timetable.event.id)
            var detail = Detail()
            detail.add("session", session.slug)
            detail.add("capacity", number: Int64(capacity))
            try transaction.record(.capacityChanged, detail.json, of: timetable.event.id, at: now)
            try transaction.settle([session.id], in: timetable, writesLetters: writesLetters, at: now)
            session.capacity = capacity
            let isHeld = timetable.event.holdsLists(at: now)
            return .changed(
                Programme.Offer(
                    session: session, places: try transaction.places(of: session.id, isHeld: isHeld)))
        }
    }
}
