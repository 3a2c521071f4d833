import Registration
import Synchronization
import TestPeers
import Testing

@testable import Operations

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct ActivityFeedTests {
    /// Follows until the record `last` has come, and tells the numbers that came.
    private func follow(
        _ front: FrontOfHouse, _ event: EventID, since: Int64 = 0, to last: Int64
    ) async throws -> [Int64] {
        var numbers: [Int64] = []
        for try await records in front.followActivity(of: event, since: since) {
            #expect(records.count <= FollowedActivity.batchLimit)
            numbers += records.map(\.number)
            if numbers.last.map({ $0 >= last }) == true { break }
        }
        return numbers
    }

    /// Makes so many records.
    private func scanStrays(_ count: Int, in house: House, from start: Int = 0) async throws {
        let answered = Mutex(0)
        let point = PointAddress(event: "day", point: "entrance")
        for number in start..<(start + count) {
            // Each door keeps only so many in a minute.
            let door = "north-\(number / 1_000)"
            house.front.checkIn(ScanRequest(text: "\(number)", point: point, door: door)) { _ in
                answered.withLock { $0 += 1 }
            }
        }
        try await eventually("all scans are answered", isTrue: { answered.withLock { $0 } == count })
    }

    @Test func `everybody who follows sees 1, 2, 3… while many write, also who comes late or again`()
        async throws
    {
        let house = try await House()
        let event = try await house.importDay(capacity: 1_000).id
        let last: Int64 = 401
        try await withThrowingTaskGroup { group in
            for since: Int64 in [0, 0, 1, 100, 400] {
                group.addTask {
                    let numbers = try await follow(house.front, event, since: since, to: last)
                    #expect(numbers == Array((since + 1)...last))
                }
            }
            group.addTask {
                // Goes away after each batch and comes back for the rest.
                var seen: Int64 = 0
                while seen < last {
                    let numbers = try await follow(house.front, event, since: seen, to: seen + 1)
                    #expect(numbers.first == seen + 1)
                    seen = numbers.last ?? seen
                }
            }
            for number in 0..<400 {
                group.addTask { _ = try await house.register("Person \(number)") }
            }
            try await group.waitForAll()
        }
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `who is further behind than memory reaches misses nothing`() async throws {
        let house = try await House()
        let event = try await house.importDay().id
        let count = ActivityFeed.keptRecords * 3
        for part in 0..<3 {
            try await scanStrays(count / 3, in: house, from: part * count / 3)
        }
        let last = Int64(count) + 1
        #expect(house.front.feed.records(of: event, since: 0) == nil)
        #expect(house.front.feed.records(of: event, since: last - 10)?.count == 10)
        #expect(try await follow(house.front, event, to: last) == Array(1...last))
        #expect(try await follow(house.front, event, since: 7, to: last) == Array(8...last))
    }

    @Test func `what another process recorded in between is not missed`() async throws {
        let house = try await House()
        let event = try await house.importDay().id
        _ = try await house.registered("Ada")
        let other = try await House.open(house.folder, house.clock)
        let (plan, sessions) = Day.plan(slug: "day", capacity: 50, workshop: 10)
        _ = try await other.importEvent(plan, sessions: sessions)
        other.close()
        _ = try await house.registered("Bob")
        for since: Int64 in 0...3 {
            #expect(try await follow(house.front, event, since: since, to: 4) == Array((since + 1)...4))
        }
    }

    @Test func `any number may be asked for`() async throws {
        let house = try await House()
        let event = try await house.importDay().id
        _ = try await house.registered("Ada")
        for number in [Int64.min, -1, 0] {
            #expect(try await follow(house.front, event, since: number, to: 2) == [1, 2])
            #expect(
                try await house.front.activity(event: "day", since: number, limit: 9)?.map(\.number) == [
                    1, 2,
                ])
        }
        for number in [2, 3, Int64.max - 1, .max] {
            #expect(house.front.feed.records(of: event, since: number)?.isEmpty == true)
            #expect(try await house.front.activity(event: "day", since: number, limit: 9)?.isEmpty == true)
        }
        #expect(try await house.front.activity(event: "day", since: 0, limit: 1)?.map(\.number) == [1])
        #expect(try await house.front.activity(event: "nowhere", since: 0, limit: 1) == nil)
    }

    @Test func `following ends when Lanyard stops, whether anything was waiting or not`() async throws {
        let house = try await House()
        let event = try await house.importDay().id
        async let idle = follow(house.front, event, to: 99)
        try await eventually("somebody follows", isTrue: { house.front.feed.followerCount == 1 })
        house.front.close()
        #expect(try await idle.count <= 1)
        #expect(try await follow(house.front, EventID(rawValue: 77), to: 99).isEmpty)
    }

    @Test func `who follows one event is not woken by another, nor who follows badges by registrations`()
        async throws
    {
        let house = try await House()
        let busy = try await house.importDay().id
        let quiet = try await house.importDay(slug: "other").id
        let streams = [
            house.front.feed.changes(of: busy), house.front.feed.changes(of: quiet),
            house.front.badgeChanges(),
        ]
        _ = try await house.registered("Ada")
        house.front.feed.close()
        var calls: [Int] = []
        for stream in streams { calls.append(await stream.reduce(0) { count, _ in count + 1 }) }
        #expect(calls == [1, 0, 0])
    }

    @Test func `who goes away is forgotten`() async throws {
        let house = try await House()
        let event = try await house.importDay().id
        for _ in 0..<10 { _ = try await follow(house.front, event, to: 1) }
        let task = Task { try await follow(house.front, event, to: 99) }
        try await eventually("somebody follows", isTrue: { house.front.feed.followerCount == 1 })
        task.cancel()
        _ = try await task.value
        try await eventually("nobody follows", isTrue: { house.front.feed.followerCount == 0 })
    }

    @Test func `records name people by their reference alone`() async throws {
        let house = try await House()
        try await house.importDay()
        let ada = try await house.registered("Ada", sessions: ["first"])
        house.clock.now = Day.hour(9)
        try await house.scan(ada.attendee.code, printer: "desk")
        try await house.scan("ada@example.org")
        _ = try await house.front.cancel(event: "day", reference: ada.attendee.reference, byStaff: true)
        let records = try #require(try await house.front.activity(event: "day", since: 0, limit: 100))
        #expect(
            records.map(\.kind) == [
                .imported, .registered, .checkedIn, .badgeRequested, .checkedIn, .badgeChanged, .cancelled,
            ])
        for record in records {
            #expect(!record.detail.lowercased().contains("ada"))
            #expect(!record.detail.contains("example.org"))
        }
        #expect(records[1].detail.contains(ada.attendee.reference.description))
    }
}
