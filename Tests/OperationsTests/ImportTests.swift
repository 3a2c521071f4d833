import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct ImportTests {
    private func importing(
        into house: House, slug: String = "day", capacity: Int = 100, workshop: Int = 10,
        _ change: (inout [Session]) -> Void = { _ in }
    ) async throws -> ImportOutcome {
        var (event, sessions) = Day.plan(slug: slug, capacity: capacity, workshop: workshop)
        event.title = "Changed"
        change(&sessions)
        return try await house.front.importEvent(event, sessions: sessions)
    }

    @Test func `an event is made once and changed from then on, with its number`() async throws {
        let house = try await House()
        let made = try await house.importDay()
        guard case .changed(let changed) = try await importing(into: house, capacity: 7) else {
            Issue.record("not changed")
            return
        }
        #expect(changed.id == made.id)
        let programme = try #require(try await house.front.programme(event: "day"))
        #expect(programme.event.title == "Changed" && programme.places.capacity == 7)
        #expect(programme.points.map(\.slug) == ["entrance", "keynote", "first", "second", "third"])
        #expect(try await house.front.events().count == 1)
        #expect(try await house.activityNumber() == 2)
    }

    @Test func `what people hold can't be taken from them, each reason is told, and nothing is changed`()
        async throws
    {
        let house = try await House()
        try await house.importDay()
        for name in ["Ada", "Bob", "Cyd"] { _ = try await house.registered(name, sessions: ["first"]) }
        let dan = try await house.registered("Dan", sessions: ["third"])
        _ = try await house.front.cancel(event: "day", reference: dan.attendee.reference, byStaff: true)
        let before = try await house.activityNumber()
        let outcome = try await importing(into: house, capacity: 2, workshop: 2) { $0.removeLast() }
        #expect(
            outcome.refusals == [
                .eventCapacity(wanted: 2, confirmed: 3),
                .sessionCapacity(slug: "first", wanted: 2, confirmed: 3), .sessionInUse(slug: "third"),
            ])
        #expect(
            try await importing(into: house) { $0[1].capacity = nil }.refusals
                == [.sessionCapacity(slug: "first", wanted: 0, confirmed: 3)])
        let programme = try #require(try await house.front.programme(event: "day"))
        #expect(programme.event.title == "The Day" && programme.programme.offers.count == 4)
        #expect(try await house.activityNumber() == before)
        guard case .changed = try await importing(into: house, capacity: 3, workshop: 3) else {
            Issue.record("as many places as people were refused")
            return
        }
    }

    @Test func `sessions are not moved over each other where somebody has booked both`() async throws {
        let house = try await House()
        try await house.importDay()
        for name in ["Ada", "Bob"] { _ = try await house.registered(name, sessions: ["first", "third"]) }
        _ = try await house.registered("Cyd", sessions: ["third"])
        let moved = try await importing(into: house) { sessions in
            sessions[3].starts = Day.hour(10)
            sessions[3].ends = Day.hour(11)
        }
        #expect(moved.refusals == [.clashes(people: 2)])
        let programme = try #require(try await house.front.programme(event: "day"))
        #expect(programme.event.title == "The Day")
        #expect(programme.programme["third"]?.session.starts == Day.hour(12))
        // Changing places at once, they never overlap.
        let swapped = try await importing(into: house) { sessions in
            (sessions[1].starts, sessions[3].starts) = (sessions[3].starts, sessions[1].starts)
            (sessions[1].ends, sessions[3].ends) = (sessions[3].ends, sessions[1].ends)
        }
        #expect(swapped.refusals.isEmpty)
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `a session that nobody booked goes away and comes back`() async throws {
        let house = try await House()
        try await house.importDay()
        #expect(try await importing(into: house) { $0.removeLast() }.refusals.isEmpty)
        #expect(try await house.register("Ada", sessions: ["third"]).refusals == [.unknownSession])
        await #expect(throws: UnknownPoint.self) {
            try await house.front.checkIn(
                ScanRequest(text: "X", point: PointAddress(event: "day", point: "third"), door: "north"))
        }
        #expect(try await importing(into: house).refusals.isEmpty)
        #expect(try await house.register("Ada", sessions: ["third"]).isRegistered)
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `a session where somebody was scanned stays`() async throws {
        let house = try await House()
        try await house.importDay()
        _ = try await house.front.checkIn(
            ScanRequest(text: "X", point: PointAddress(event: "day", point: "third"), door: "north"))
        #expect(
            try await importing(into: house) { $0.removeLast() }.refusals == [.sessionInUse(slug: "third")])
    }

    @Test func `a change is in force for the very next registration and scan`() async throws {
        let house = try await House()
        try await house.importDay()
        #expect(try await house.register("Ada", sessions: ["late"]).refusals == [.unknownSession])
        _ = try await importing(into: house) { $0.append(Day.session("late", .workshop, 15, 16, 1)) }
        #expect(try await house.register("Ada", sessions: ["late"]).isRegistered)
        _ = try await importing(into: house) { sessions in
            sessions.append(Day.session("late", .workshop, 15, 16, 1))
            sessions[3].starts = Day.hour(15)
            sessions[3].ends = Day.hour(16)
        }
        #expect(
            try await house.register("Bob", sessions: ["third", "late"]).refusals == [.sessionFull, .clash])
    }

    @Test func `a change by another process is in force too`() async throws {
        let house = try await House()
        try await house.importDay()
        #expect(try await house.register("Ada").isRegistered)
        let other = try await House.open(house.folder, house.clock)
        var (event, sessions) = Day.plan(slug: "day", capacity: 1, workshop: 10)
        event.registrationCloses = Day.hour(10)
        sessions.append(Day.session("late", .workshop, 15, 16, 1))
        guard case .changed = try await other.importEvent(event, sessions: sessions) else {
            Issue.record("not changed")
            return
        }
        other.close()
        house.clock.now = Day.hour(9)
        #expect(try await house.register("Bob", sessions: ["late"]).refusals == [.eventFull])
    }

    @Test func `capacity changed in the middle of a stampede is never exceeded`() async throws {
        let house = try await House()
        try await house.importDay(capacity: 10)
        try await withThrowingTaskGroup { group in
            for number in 0..<120 {
                group.addTask { _ = try await house.register("Person \(number)") }
                guard number % 6 == 0 else { continue }
                let capacity = number % 12 == 0 ? 40 : 15
                group.addTask { _ = try await importing(into: house, capacity: capacity) }
            }
            try await group.waitForAll()
        }
        let attendance = try #require(try await house.front.attendance(event: "day"))
        #expect(attendance.registered <= attendance.event.capacity)
        #expect(try await house.front.verify().isEmpty)
    }
}

extension ImportOutcome {
    var refusals: [ImportRefusal] {
        if case .refused(let refusals) = self { refusals } else { [] }
    }
}

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct UnchangedImportTests {
    @Test func `the same again changes nothing and is no activity`() async throws {
        let house = try await House()
        try await house.importDay()
        _ = try await house.registered("Ada", sessions: ["first"])
        let before = try await house.activityNumber()
        var (event, sessions) = Day.plan(slug: "day", capacity: 100, workshop: 10)
        guard
            case .unchanged(let same) = try await house.front.importEvent(
                event, sessions: sessions.reversed())
        else {
            Issue.record("not unchanged")
            return
        }
        #expect(same.slug == "day")
        #expect(try await house.activityNumber() == before)
        sessions[0].title += "!"
        guard case .changed = try await house.front.importEvent(event, sessions: sessions) else {
            Issue.record("not changed")
            return
        }
        event.capacity += 1
        guard case .changed = try await house.front.importEvent(event, sessions: sessions) else {
            Issue.record("not changed")
            return
        }
        #expect(try await house.activityNumber() == before + 2)
    }

    @Test func `registration that opened by itself stays open since then, unless a file says when`()
        async throws
    {
        let house = try await House()
        let made = try await house.importDay()
        var (event, sessions) = Day.plan(slug: "day", capacity: 100, workshop: 10)
        event.registrationOpens = event.registrationOpens.adding(seconds: 60)
        guard
            case .unchanged = try await house.front.importEvent(event, sessions: sessions, opensNow: true),
            case .changed(let moved) = try await house.front.importEvent(event, sessions: sessions)
        else {
            Issue.record("not as it should be")
            return
        }
        #expect(moved.registrationOpens == made.registrationOpens.adding(seconds: 60))
    }
}
