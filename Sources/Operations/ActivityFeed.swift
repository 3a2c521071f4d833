internal import Registration
internal import Synchronization

/// Hands new activity to whoever follows it, after each commit.
///
/// A follower is only told that there is something new; it reads the records themselves from what is kept
/// here of the newest ones, or from the database where it is further behind, so a slow follower misses nothing
/// and holds nobody up.
final class ActivityFeed: Sendable {
    /// How many of an event's newest records are kept in memory.
    static let keptRecords = 1_024

    private struct State {
        var newest: [EventID: [ActivityRecord]] = [:]
        var followers: [Int: AsyncStream<Void>.Continuation] = [:]
        var badgeFollowers: [Int: AsyncStream<Void>.Continuation] = [:]
        var nextFollower = 0
        var isClosed = false

        mutating func keep(_ record: ActivityRecord) {
            // Another process, say an import beside the daemon, records what is not told here: memory begins
            // anew after it, and whoever is further behind reads the database.
            if let last = newest[record.event]?.last, last.number != record.number - 1 {
                newest[record.event] = []
            }
            newest[record.event, default: []].append(record)
        }
    }

    private let state = Mutex(State())

    /// Called on the writer's thread with what a commit recorded, in the order of the record.
    func publish(_ records: [ActivityRecord]) {
        guard !records.isEmpty else { return }
        let hasBadges = records.contains { $0.kind == .badgeRequested || $0.kind == .badgeChanged }
        let told = state.withLock { state in
            for record in records { state.keep(record) }
            for event in Set(records.map(\.event)) {
                let surplus = (state.newest[event]?.count ?? 0) - ActivityFeed.keptRecords
                // Dropped by the thousand, so that a record seldom moves the others.
                if surplus > ActivityFeed.keptRecords { state.newest[event]?.removeFirst(surplus) }
            }
            return Array(state.followers.values) + (hasBadges ? Array(state.badgeFollowers.values) : [])
        }
        for follower in told { follower.yield() }
    }

    /// The records after `number` if memory reaches that far back; nil if only the database does.
    func records(of event: EventID, since number: Int64) -> ArraySlice<ActivityRecord>? {
        state.withLock { state in
            // Any number may be asked for, also the largest there is: nothing is added to it.
            guard let newest = state.newest[event], let first = newest.first, first.number - 1 <= number
            else { return nil }
            let known = number - (first.number - 1)
            return newest[min(newest.count, Int(known))...]
        }
    }

    /// Yields after each commit; several commits may be told of at once. Ends when the feed is closed.
    func changes() -> AsyncStream<Void> {
        follow(\.followers)
    }

    /// Yields after each commit that concerns badges.
    func badgeChanges() -> AsyncStream<Void> {
        follow(\.badgeFollowers)
    }

    /// How many follow the activity at this moment.
    var followerCount: Int { state.withLock { $0.followers.count } }

    func close() {
        let followers = state.withLock { state in
            state.isClosed = true
            defer {
                state.followers = [:]
                state.badgeFollowers = [:]
            }
            return Array(state.followers.values) + Array(state.badgeFollowers.values)
        }
        for follower in followers { follower.finish() }
    }

    private func follow(
        _ list: any WritableKeyPath<State, [Int: AsyncStream<Void>.Continuation]> & Sendable
    ) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state -> Int? in
            guard !state.isClosed else { return nil }
            state.nextFollower += 1
            state[keyPath: list][state.nextFollower] = continuation
            return state.nextFollower
        }
        guard let number else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0[keyPath: list].removeValue(forKey: number) }
        }
        return stream
    }
}
