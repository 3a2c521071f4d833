public import Registration
internal import Storage

extension FrontOfHouse {
    /// Writes the reminders of each event whose time for them has come, each event's once; answers how many were
    /// written.
    ///
    /// Who registered after that time has just had a letter and gets none.
    public func writeRemindersDue() async throws -> Int {
        guard settings.letters else { return 0 }
        let now = now
        let due = try await store.read { try $0.events().filter { $0.remindsNow(now) } }
        var written = 0
        for event in due {
            written += try await store.write { try $0.writeReminders(of: event.id, at: now) }
        }
        return written
    }
}

extension Event {
    /// When those who registered are reminded: at nine in the morning, where the event is, of the day before.
    public var reminder: Timestamp { LocalTime(self).dayBefore(starts, hour: 9) }

    fileprivate func remindsNow(_ now: Timestamp) -> Bool { reminder <= now && now < starts }
}

extension Transaction {
    fileprivate func writeReminders(of event: EventID, at now: Timestamp) throws -> Int {
        guard let event = try findEvent(event), event.remindsNow(now) else { return 0 }
        let time = event.reminder
        // Past it only where the event was moved to a later day since.
        if let before = try remindersWritten(of: event.id), before >= time { return 0 }
        try noteReminders(of: event.id, writtenFor: time)
        return try writeToAll(.reminder, event: event.id, registeredBefore: time, at: now)
    }
}
