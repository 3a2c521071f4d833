internal import Registration
internal import Storage

extension FrontOfHouse {
    /// Deletes the access and dietary needs of each event whose time for that has come, so that neither the
    /// database file nor its log still has them; answers of how many events.
    ///
    /// A crash in between leaves a note, by which the next call goes on. Copies of the database that were made
    /// before are beyond it.
    @discardableResult
    public func purgeNeedsDue() async throws -> Int {
        let now = now
        let due = try await store.read { try $0.eventsToPurge(at: now) }
        var purged = 0
        for event in due {
            let isDone = try await store.write { transaction in
                // Another process may have moved or purged it meanwhile.
                guard try transaction.eventsToPurge(at: now).contains(event) else { return false }
                try transaction.purgeNeeds(of: event, at: now)
                try transaction.record(.needsPurged, Detail().json, of: event, at: now)
                return true
            }
            if isDone { purged += 1 }
        }
        let unfinished = try await store.read { try $0.needsPurges().filter { !$0.isErased } }
        if let last = unfinished.map(\.purged).max() {
            try await store.emptyLog()
            try await store.write { try $0.noteErased(purgedBy: last) }
        }
        return purged
    }
}

extension Reading {
    /// Those whose time has come since they were purged last, and those that have needs again: an event that was moved to
    /// a later day and back, or a form that came to the writer late.
    fileprivate func eventsToPurge(at now: Timestamp) throws -> [EventID] {
        let purged = Dictionary(
            uniqueKeysWithValues: try needsPurges().map { ($0.event, $0.purged) })
        return try events().filter { event in
            guard !event.takesNeeds(at: now) else { return false }
            guard let last = purged[event.id], last >= event.needsPurged else { return true }
            return try hasNeeds(of: event.id)
        }.map(\.id)
    }
}
