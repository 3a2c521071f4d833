import Operations
import Registration
import TestPeers
import Testing

/// How many people an event itself has room for, changed while people come and go. Each workshop has one place.
@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct EventCapacityTests {
    private func house(capacity: Int, workshop: Int = 1, letters: Bool = false) async throws -> House {
        let house = try await House(letters: letters)
        try await house.importDay(capacity: capacity, workshop: workshop)
        return house
    }

    @discardableResult
    private func set(
        _ capacity: Int, forced: Bool = false, listsHeld: Bool? = nil, in house: House
    ) async throws -> Places {
        let outcome = try await house.front.changeCapacity(
            event: "day", to: capacity, isForced: forced, listsHeld: listsHeld)
        guard case .changed(let event, let places) = outcome, event.capacity == capacity else {
            throw Unexpected("\(outcome)")
        }
        return places
    }

    private func cancel(_ person: RegisteredAttendee, _ house: House) async throws {
        _ = try await house.front.cancel(event: "day", reference: person.attendee.reference, byStaff: true)
    }

    private func status(_ person: RegisteredAttendee, _ house: House) async throws -> Attendee.Status? {
        try await house.front.attendee(event: "day", reference: person.attendee.reference)?.attendee.status
    }

    /// Of those who wait for the event, in their order.
    private func waiting(_ house: House) async throws -> [String] {
        try #require(try await house.front.waitingLists(event: "day")).forEvent.map(\.attendee.name)
    }

    private func record(_ house: House, _ count: Int) async throws -> [String] {
        try #require(try await house.front.activity(event: "day", since: 0, limit: 1_000))
            .suffix(count).map { "\($0.kind.rawValue) \($0.detail)" }
    }

    @Test func `a larger one lets in who has waited longest, with the workshops they wished, by letter`()
        async throws
    {
        let house = try await house(capacity: 1, letters: true)
        _ = try await house.registered("Ada")
        let bob = try await house.waits("Bob", for: ["first"])
        let eve = try await house.waits("Eve", for: ["first"])
        _ = try await house.waits("Liz", for: [])
        for letter in try await house.front.lettersDue(limit: 9) {
            try await house.front.noteLetter(letter.id, .sent)
        }
        let places = try await set(3, in: house)
        #expect(places == Places(capacity: 3, confirmed: 3, waiting: 1))
        #expect(try await house.holds(bob) == ["first"])
        #expect(try await house.holds(eve) == ["first?1"])
        #expect(try await waiting(house) == ["Liz"])
        let (bobs, eves) = (bob.attendee.reference, eve.attendee.reference)
        #expect(
            try await record(house, 4) == [
                #"capacity-changed {"capacity":3}"#, #"promoted {"reference":"\#(bobs)"}"#,
                #"promoted {"reference":"\#(eves)"}"#,
                #"promoted {"reference":"\#(bobs)","session":"first","released":[]}"#,
            ])
        let letters = try await house.front.lettersDue(limit: 9)
        #expect(letters.map(\.told.kind) == [.promoted, .promoted])
        #expect(Set(letters.map(\.told.attendee)) == [bob.attendee.id, eve.attendee.id])
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `one below who is in is refused with the number, and forced lets nobody in until fewer are`()
        async throws
    {
        let house = try await house(capacity: 5)
        var people: [RegisteredAttendee] = []
        for name in ["Ada", "Bob", "Eve", "Dan"] { people.append(try await house.registered(name)) }
        guard
            case .belowConfirmed(4) = try await house.front.changeCapacity(
                event: "day", to: 2, isForced: false, listsHeld: true)
        else { throw Unexpected("not refused") }
        #expect(try await house.front.event("day")?.capacity == 5)
        #expect(try await house.front.event("day")?.listsHeld == false)
        let lowered = try await set(2, forced: true, in: house)
        #expect(lowered == Places(capacity: 2, confirmed: 4, waiting: 0) && lowered.left == 0)
        #expect(try await house.front.verify().isEmpty)
        #expect(try await house.register("Late").refusals == [.eventFull])
        let liz = try await house.waits("Liz", for: [])
        for person in people.prefix(2) {
            try await cancel(person, house)
            #expect(try await status(liz, house) == .waiting)
            #expect(try await house.front.event("day")?.capacity == 2)
            #expect(try await house.front.verify().isEmpty)
        }
        try await cancel(people[2], house)
        #expect(try await status(liz, house) == .confirmed)
        let attendance = try #require(try await house.front.attendance(event: "day"))
        #expect(attendance.event.capacity == 2 && attendance.registered == 2 && attendance.waiting == 0)
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `while more are in than there are places none is given by hand, and all are let in`()
        async throws
    {
        let house = try await house(capacity: 3)
        var people: [RegisteredAttendee] = []
        for name in ["Ada", "Bob", "Eve"] { people.append(try await house.registered(name)) }
        let liz = try await house.waits("Liz", for: [])
        #expect(try await set(1, forced: true, listsHeld: true, in: house).free == 0)
        for person in people.prefix(2) {
            let given = try await house.front.givePlace(event: "day", reference: liz.attendee.reference)
            guard case .refused(.full, _, _) = given else { throw Unexpected("\(given)") }
            try await cancel(person, house)
        }
        let full = try await house.front.givePlace(event: "day", reference: liz.attendee.reference)
        guard case .refused(.full, _, _) = full else { throw Unexpected("\(full)") }
        house.clock.now = Day.hour(9)
        #expect(try await house.scan(people[2].attendee.code).verdict == .admit)
        #expect(try await house.scan(liz.attendee.code).verdict == .deny(.waiting))
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `lists are held before places come, and go on after, where both are asked for`() async throws {
        let house = try await house(capacity: 1)
        _ = try await house.registered("Ada")
        for name in ["Bob", "Eve", "Liz"] { _ = try await house.waits(name, for: []) }
        let held = try await set(3, listsHeld: true, in: house)
        #expect(held == Places(capacity: 3, confirmed: 1, waiting: 3, isHeld: true) && held.left == 0)
        let going = try await set(2, listsHeld: false, in: house)
        #expect(going == Places(capacity: 2, confirmed: 2, waiting: 2))
        #expect(try await waiting(house) == ["Eve", "Liz"])
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `what is no capacity, or no event's, is said`() async throws {
        let house = try await house(capacity: 1)
        for (capacity, event) in [(0, "day"), (1_000_001, "day"), (5, "nowhere")] {
            let outcome = try await house.front.changeCapacity(event: event, to: capacity, isForced: true)
            switch (outcome, event) {
            case (.outOfRange, "day"), (.unknownEvent, "nowhere"): break
            default: Issue.record("\(capacity) for \(event): \(outcome)")
            }
        }
        #expect(try await set(1_000_000, in: house).left == 1_000_000)
    }

    @Test func `an import leaves what was forced as it is, and an older file sets it back`() async throws {
        let house = try await house(capacity: 3)
        for name in ["Ada", "Bob", "Eve"] { _ = try await house.registered(name) }
        let liz = try await house.waits("Liz", for: [])
        func importing(_ capacity: Int, _ title: String) async throws -> ImportOutcome {
            var (event, sessions) = Day.plan(slug: "day", capacity: capacity, workshop: 1)
            event.title = title
            return try await house.front.importEvent(event, sessions: sessions)
        }
        try await set(2, forced: true, in: house)
        guard case .unchanged(let event) = try await importing(2, "The Day"), event.capacity == 2,
            case .changed(let renamed) = try await importing(2, "Another Day"), renamed.capacity == 2
        else { throw Unexpected("what is so already is refused") }
        #expect(try await house.front.verify().isEmpty)
        #expect(
            try await importing(1, "The Day").refusals == [.eventCapacity(wanted: 1, confirmed: 3)])
        #expect(try await status(liz, house) == .waiting)
        guard case .changed = try await importing(4, "The Day") else { throw Unexpected("not set back") }
        #expect(try await status(liz, house) == .confirmed)
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `changed while people come, wait and leave, it is never exceeded and keeps their order`()
        async throws
    {
        let house = try await house(capacity: 30, workshop: 1_000)
        var first: [RegisteredAttendee] = []
        for number in 0..<20 { first.append(try await house.registered("First \(number)")) }
        let leaving = first
        try await withThrowingTaskGroup { group in
            for number in 0..<150 {
                group.addTask { _ = try await house.waits("Guest \(number)", for: ["third"]) }
                guard number % 5 == 0 else { continue }
                group.addTask {
                    _ = try await house.front.changeCapacity(
                        event: "day", to: number % 10 == 0 ? 25 : 40 + number / 10, isForced: number % 3 == 0)
                }
                guard number / 5 < leaving.count else { continue }
                group.addTask { try await cancel(leaving[number / 5], house) }
            }
            try await group.waitForAll()
        }
        #expect(try await house.front.verify().isEmpty)
        try await gaveNoneTooMany(house)
        // Who came first is in before who came later.
        func people(_ status: Booking.Status) async throws -> [Int64] {
            let page = try await house.front.attendees(
                event: "day", AttendeeFilter(status: status), limit: 1_000)
            return try #require(page).items.map(\.attendee.id.rawValue)
        }
        let (confirmed, waiting) = (try await people(.confirmed), try await people(.waiting))
        #expect(confirmed.allSatisfy { $0 < waiting.min() ?? .max })
        let total = confirmed.count + waiting.count
        #expect(try await set(total, in: house) == Places(capacity: total, confirmed: total, waiting: 0))
        #expect(try await house.front.verify().isEmpty)
    }

    /// Whether everybody who came in was let in while there was a place, by the record.
    private func gaveNoneTooMany(_ house: House) async throws {
        var (capacity, confirmed, lowered) = (30, 0, 0)
        for record in try #require(try await house.front.activity(event: "day", since: 0, limit: 10_000)) {
            switch record.kind {
            case .capacityChanged:
                capacity = try #require(Int(record.detail.filter(\.isNumber)))
                if capacity < confirmed { lowered += 1 }
            case .registered where record.detail.contains(#""status":"waiting""#): break
            case .promoted where record.detail.contains(#""session""#): break
            case .registered, .promoted:
                confirmed += 1
                #expect(confirmed <= capacity, "\(record.number) \(record.kind) \(record.detail)")
            case .cancelled: confirmed -= 1
            default: break
            }
        }
        #expect(lowered > 0)
        #expect(try await house.front.attendance(event: "day")?.registered == confirmed)
    }
}
