public import Registration
internal import Storage

extension FrontOfHouse {
    /// The records of an event after `number`, oldest first; nil if there is no such event.
    public func activity(event slug: String, since number: Int64, limit: Int) async throws
        -> [ActivityRecord]?
    {
        try await store.read { snapshot in
            guard let event = try snapshot.findEvent(slug) else { return nil }
            return try snapshot.activity(of: event.id, since: number, limit: limit)
        }
    }

    /// The number of an event's newest record; 0 before the first.
    public func latestActivity(of event: EventID) async throws -> Int64 {
        try await store.read { try $0.latestActivity(of: event) }
    }

    /// Follows an event from the record after `number` on, without a gap: first what there is, then what comes.
    public func followActivity(of event: EventID, since number: Int64) -> FollowedActivity {
        FollowedActivity(frontOfHouse: self, event: event, since: number)
    }
}

/// An event's records from some number on, in batches of at most `batchLimit`; ends when Lanyard stops.
public struct FollowedActivity: AsyncSequence, Sendable {
    public static let batchLimit = 500

    let frontOfHouse: FrontOfHouse
    let event: EventID
    let since: Int64

    public struct AsyncIterator: AsyncIteratorProtocol {
        let frontOfHouse: FrontOfHouse
        let event: EventID
        var number: Int64
        var changes: AsyncStream<Void>.AsyncIterator

        public mutating func next() async throws -> [ActivityRecord]? {
            while true {
                guard let records = try await waiting() else { return nil }
                if let last = records.last {
                    number = last.number
                    return records
                }
                if await changes.next() == nil { return nil }
            }
        }

        /// Nil when Lanyard stops.
        private func waiting() async throws -> [ActivityRecord]? {
            if let kept = frontOfHouse.feed.records(of: event, since: number) {
                return Array(kept.prefix(FollowedActivity.batchLimit))
            }
            do {
                return try await frontOfHouse.store.read { [event, number] snapshot in
                    try snapshot.activity(of: event, since: number, limit: FollowedActivity.batchLimit)
                }
            } catch is StorageClosed {
                return nil
            }
        }
    }

    public func makeAsyncIterator() -> AsyncIterator {
        // Following begins before the first look, so that nothing falls between the two.
        AsyncIterator(
            frontOfHouse: frontOfHouse, event: event, number: since,
            changes: frontOfHouse.feed.changes(of: event).makeAsyncIterator())
    }
}
