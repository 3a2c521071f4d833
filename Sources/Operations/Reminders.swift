public import Registration
internal import Storage

extension FrontOfHouse {
    /// Owes reminders to the attendees of each event whose time for them has come, each event's once; answers of how
    /// many events.
    ///
    /// Who registered after that time has just had a letter and gets none.
    public func oweRemindersDue() async throws -> Int {
        guard settings.letters else { return 0 }
        let now = now
        let due = try await store.read { snapshot in
            try snapshot.events().filter { try snapshot.isToRemind($0, at: now) }
        }
        var owed = 0
        for event in due where try await store.write({ try $0.oweReminders(of: event.id, at: now) }) {
            owed += 1
        }
        return owed
    }
}

extension Event {
    /// When those who registered are reminded: at nine in the morning, where the event is, of the day before.
    public var reminder: Timestamp { LocalTime(self).dayBefore(starts, hour: 9) }

    fileprivate func remindsNow(_ now: Timestamp) -> Bool { reminder <= now && now < starts }
}

extension Reading {
    fileprivate func isToRemind(_ event: Event, at now: Timestamp) throws -> Bool {
        guard event.remindsNow(now) else { return false }
        // Past it only where the event was moved to a later day since.
        guard let before = try remindersWritten(of: event.id) else { return true }
        return before < event.reminder
    }
}

extension Transaction {
    fileprivate func oweReminders(of event: EventID, at now: Timestamp) throws -> Bool {
        guard let event = try findEvent(event), try isToRemind(event, at: now) else { return false }
        try noteReminders(of: event.id, writtenFor: event.reminder)
        try oweToAll(.reminder, event: event.id, registeredBefore: event.reminder)
        return true
    }
}
