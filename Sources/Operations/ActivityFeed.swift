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

    private enum Subject {
        case event(EventID)
        /// The badges or the letters of all events.
        case badges, letters
    }

    private struct Follower {
        let subject: Subject
        let continuation: AsyncStream<Void>.Continuation
    }

    private struct State {
        var newest: [EventID: [ActivityRecord]] = [:]
        var followers: [Int: Follower] = [:]
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

    /// Called on the writer's thread with what a commit recorded, in the order of the record, and whether it
    /// wrote letters, some of which tell of nothing that is recorded.
    func publish(_ records: [ActivityRecord], hasLetters: Bool = false) {
        guard !records.isEmpty || hasLetters else { return }
        let hasBadges = records.contains { $0.kind == .badgeRequested || $0.kind == .badgeChanged }
        let told = state.withLock { state in
            for record in records { state.keep(record) }
            let events = Set(records.map(\.event))
            for event in events {
                let surplus = (state.newest[event]?.count ?? 0) - ActivityFeed.keptRecords
                // Dropped by the thousand, so that a record seldom moves the others.
                if surplus > ActivityFeed.keptRecords { state.newest[event]?.removeFirst(surplus) }
            }
            // Who follows a quiet event is left alone: each look of theirs would be one into the database.
            return state.followers.values.filter { follower in
                switch follower.subject {
                case .event(let event): events.contains(event)
                case .badges: hasBadges
                case .letters: hasLetters
                }
            }
        }
        for follower in told { follower.continuation.yield() }
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

    /// Yields after each commit that recorded something in the event; several commits may be told of at once.
    /// Ends when the feed is closed.
    func changes(of event: EventID) -> AsyncStream<Void> {
        follow(.event(event))
    }

    /// Yields after each commit that concerns badges.
    func badgeChanges() -> AsyncStream<Void> {
        follow(.badges)
    }

    /// Yields after each commit that wrote letters.
    func letterChanges() -> AsyncStream<Void> {
        follow(.letters)
    }

    /// How many follow the activity at this moment.
    var followerCount: Int { state.withLock { $0.followers.count } }

    func close() {
        let followers = state.withLock { state in
            state.isClosed = true
            defer { state.followers = [:] }
            return Array(state.followers.values)
        }
        for follower in followers { follower.continuation.finish() }
    }

    private func follow(_ subject: Subject) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state -> Int? in
            guard !state.isClosed else { return nil }
            state.nextFollower += 1
            state.followers[state.nextFollower] = Follower(subject: subject, continuation: continuation)
            return state.nextFollower
        }
        guard let number else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.followers.removeValue(forKey: number) }
        }
        return stream
    }
}
