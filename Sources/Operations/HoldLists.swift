internal import Registration
internal import Storage

extension FrontOfHouse {
    /// Holds all waiting lists of an event, so that nobody is promoted, or lets them go on, which promotes at once
    /// whoever can have what became free; whether there is such an event.
    public func holdLists(event slug: String, _ isHeld: Bool) async throws -> Bool {
        let now = now
        let writesLetters = settings.letters
        return try await store.write { transaction in
            guard let event = try transaction.findEvent(slug) else { return false }
            try transaction.holdLists(of: event, isHeld, writesLetters: writesLetters, at: now)
            return true
        }
    }
}

extension Transaction {
    /// Holds all waiting lists of an event, or lets them go on and promotes whom it can; nothing where that is so already.
    func holdLists(of event: Event, _ isHeld: Bool, writesLetters: Bool, at now: Timestamp) throws {
        guard event.listsHeld != isHeld else { return }
        try setListsHeld(isHeld, of: event.id)
        try record(isHeld ? .listsHeld : .listsReleased, "{}", of: event.id, at: now)
        guard let timetable = try timetable(of: event.slug) else { throw MissingRow(table: "event") }
        try settle(
            try sessionsToPromote(of: event.id), in: timetable, writesLetters: writesLetters, at: now)
    }
}
