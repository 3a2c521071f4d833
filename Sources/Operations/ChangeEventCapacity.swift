public import Registration
internal import Storage

public enum EventCapacityOutcome: Sendable {
    case changed(Event, Places)
    /// More people are confirmed than that; it can be forced, and then nobody new gets a place until fewer are.
    case belowConfirmed(Int)
    /// The capacity is less than 1 or more than an event may have.
    case outOfRange
    case unknownEvent
}

extension FrontOfHouse {
    /// Changes how many places an event has, and gives new ones to those who wait for it.
    ///
    /// - Parameter listsHeld: whether its waiting lists are to be held from then on, in the same step; nil leaves them as
    ///   they are. Nobody is promoted between the two.
    public func changeCapacity(
        event slug: String, to capacity: Int, isForced: Bool, listsHeld: Bool? = nil
    ) async throws -> EventCapacityOutcome {
        guard FrontOfHouse.capacityRange.contains(capacity) else { return .outOfRange }
        let now = now
        let writesLetters = settings.letters
        return try await store.write { transaction in
            guard let event = try transaction.findEvent(slug) else { return .unknownEvent }
            let confirmed = try transaction.places(of: event.id).confirmed
            guard capacity >= confirmed || isForced else { return .belowConfirmed(confirmed) }
            if listsHeld == true {
                try transaction.holdLists(of: event, true, writesLetters: writesLetters, at: now)
            }
            try transaction.setCapacity(capacity, of: event.id)
            var detail = Detail()
            detail.add("capacity", number: Int64(capacity))
            try transaction.record(.capacityChanged, detail.json, of: event.id, at: now)
            guard let timetable = try transaction.timetable(of: slug) else {
                throw MissingRow(table: "event")
            }
            try transaction.settle([], in: timetable, writesLetters: writesLetters, at: now)
            if listsHeld == false {
                try transaction.holdLists(of: timetable.event, false, writesLetters: writesLetters, at: now)
            }
            guard let changed = try transaction.findEvent(slug) else { throw MissingRow(table: "event") }
            return .changed(
                changed, try transaction.places(of: event.id, isHeld: changed.holdsLists(at: now)))
        }
    }
}
