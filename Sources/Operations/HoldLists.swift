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
            guard event.listsHeld != isHeld else { return true }
            try transaction.setListsHeld(isHeld, of: event.id)
            try transaction.record(isHeld ? .listsHeld : .listsReleased, "{}", of: event.id, at: now)
            guard let timetable = try transaction.timetable(of: slug) else { return false }
            try transaction.settle(
                try transaction.sessionsToPromote(of: event.id), in: timetable, writesLetters: writesLetters,
                at: now)
            return true
        }
    }
}
