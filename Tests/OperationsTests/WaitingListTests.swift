import Operations
import Registration
import TestPeers
import Testing

/// Who gets a place that becomes free. Workshops `first` and `second` overlap, `third` stands alone; each has one
/// place.
@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct WaitingListTests {
    private func house(capacity: Int = 100) async throws -> House {
        let house = try await House()
        try await house.importDay(capacity: capacity, workshop: 1)
        return house
    }

    @Test func `the oldest gets the place that is given back`() async throws {
        let house = try await house()
        let ada = try await house.registered("Ada", sessions: ["first"])
        let bob = try await house.waits("Bob", for: ["first"])
        let eve = try await house.waits("Eve", for: ["first"])
        #expect(bob.bookings.map(\.position) == [1] && eve.bookings.map(\.position) == [2])
        try await house.change(ada, ["third"])
        #expect(try await house.holds(bob) == ["first"])
        #expect(try await house.holds(eve) == ["first?1"])
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `a chain of swaps settles at once`() async throws {
        let house = try await house()
        let ada = try await house.registered("Ada", sessions: ["first"])
        let bob = try await house.registered("Bob", sessions: ["second"])
        let eve = try await house.registered("Eve", sessions: ["third"])
        let dan = try await house.waits("Dan", for: ["second"])
        try await house.change(bob, ["first", "second"], swaps: true)
        #expect(try await house.holds(bob) == ["first?1", "second"])
        _ = try await house.front.cancel(event: "day", reference: ada.attendee.reference, byStaff: false)
        #expect(try await house.holds(bob) == ["first"])
        #expect(try await house.holds(dan) == ["second"])
        #expect(try await house.holds(eve) == ["third"])
        let kinds = try #require(try await house.front.activity(event: "day", since: 0, limit: 100))
            .suffix(3).map(\.detail)
        #expect(
            kinds == [
                #"{"reference":"\#(ada.attendee.reference)"}"#,
                #"{"reference":"\#(bob.attendee.reference)","session":"first","released":["second"]}"#,
                #"{"reference":"\#(dan.attendee.reference)","session":"second","released":[]}"#,
            ])
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `two who wish what the other has swap as soon as one of them may`() async throws {
        let house = try await house()
        let ada = try await house.registered("Ada", sessions: ["first"])
        let bob = try await house.registered("Bob", sessions: ["second"])
        try await house.change(ada, ["first", "second"], swaps: true)
        try await house.change(bob, ["second", "first"], swaps: true)
        // Nobody gave anything back yet: both hold what they have.
        #expect(try await house.holds(ada) == ["first", "second?1"])
        #expect(try await house.holds(bob) == ["first?1", "second"])
        try await house.change(ada, ["second"])
        #expect(try await house.holds(ada) == ["second"])
        #expect(try await house.holds(bob) == ["first"])
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `whoever does not swap is passed over and keeps both`() async throws {
        let house = try await house()
        let ada = try await house.registered("Ada", sessions: ["first"])
        let bob = try await house.registered("Bob", sessions: ["second"])
        try await house.change(bob, ["second", "first"])
        let eve = try await house.waits("Eve", for: ["first"])
        try await house.change(ada, [])
        #expect(try await house.holds(bob) == ["first?1", "second"])
        #expect(try await house.holds(eve) == ["first"])
        // Saying so later gives Bob the next place; giving up what clashes does, too.
        _ = try await house.front.cancel(event: "day", reference: eve.attendee.reference, byStaff: false)
        #expect(try await house.holds(bob) == ["first?1", "second"])
        guard
            case .changed = try await house.front.change(
                event: "day", reference: bob.attendee.reference, AttendeeChange(swaps: true), byStaff: false)
        else {
            Issue.record("not changed")
            return
        }
        #expect(try await house.holds(bob) == ["first"])
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `giving up what clashes takes the free place that was waited for`() async throws {
        let house = try await house()
        let ada = try await house.registered("Ada", sessions: ["first"])
        let bob = try await house.registered("Bob", sessions: ["second"])
        try await house.change(bob, ["second", "first"])
        try await house.change(ada, [])
        #expect(try await house.holds(bob) == ["first?1", "second"])
        try await house.change(bob, ["first"], ifFull: .refuse)
        #expect(try await house.holds(bob) == ["first"])
    }

    @Test func `a place in the event goes to the oldest who waits for it, with the sessions they wished`()
        async throws
    {
        let house = try await house(capacity: 1)
        let ada = try await house.registered("Ada", sessions: ["first"])
        let bob = try await house.waits("Bob", for: ["first", "third"])
        let eve = try await house.waits("Eve", for: ["third"])
        #expect(bob.attendee.status == .waiting && bob.position == 1 && eve.position == 2)
        #expect(try await house.holds(bob) == ["first?1", "third?1"])
        #expect(try await house.scan(bob.attendee.code).verdict == .deny(.waiting))
        _ = try await house.front.cancel(event: "day", reference: ada.attendee.reference, byStaff: false)
        let promoted = try #require(
            try await house.front.attendee(event: "day", reference: bob.attendee.reference))
        #expect(promoted.attendee.status == .confirmed && promoted.position == nil)
        #expect(try await house.holds(bob) == ["first", "third"])
        #expect(
            try await house.front.attendee(event: "day", reference: eve.attendee.reference)?.position == 1)
        let attendance = try #require(try await house.front.attendance(event: "day"))
        #expect(attendance.registered == 1 && attendance.waiting == 1)
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `who comes into the event keeps their place in a list before those who came later`()
        async throws
    {
        let house = try await house(capacity: 2)
        let ada = try await house.registered("Ada", sessions: ["first"])
        let eve = try await house.registered("Eve")
        let bob = try await house.waits("Bob", for: ["first"])
        try await house.change(eve, ["first"])
        #expect(try await house.holds(eve) == ["first?2"])
        _ = try await house.front.cancel(event: "day", reference: ada.attendee.reference, byStaff: false)
        #expect(try await house.holds(bob) == ["first"])
        #expect(try await house.holds(eve) == ["first?1"])
    }

    @Test func `a larger capacity, by an import or alone, lets as many in as it holds`() async throws {
        let house = try await house(capacity: 1)
        _ = try await house.registered("Ada", sessions: ["first"])
        let bob = try await house.waits("Bob", for: ["first"])
        let (event, sessions) = Day.plan(slug: "day", capacity: 2, workshop: 1)
        guard case .changed = try await house.front.importEvent(event, sessions: sessions) else {
            Issue.record("not imported")
            return
        }
        #expect(try await house.holds(bob) == ["first?1"])
        guard
            case .changed(let offer) = try await house.front.changeCapacity(
                event: "day", session: "first", to: 2, isForced: false)
        else {
            Issue.record("not changed")
            return
        }
        #expect(offer.places == Places(capacity: 2, confirmed: 2, waiting: 0))
        #expect(try await house.holds(bob) == ["first"])
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `lists that are held promote nobody, and then all whom they owe`() async throws {
        let house = try await house()
        let ada = try await house.registered("Ada", sessions: ["first"])
        let bob = try await house.waits("Bob", for: ["first"])
        #expect(try await house.front.holdLists(event: "day", true))
        _ = try await house.front.cancel(event: "day", reference: ada.attendee.reference, byStaff: false)
        #expect(try await house.holds(bob) == ["first?1"])
        #expect(try await house.register("Eve", sessions: ["first"]).refusals == [.sessionFull])
        #expect(try await house.front.verify().isEmpty)
        let lists = try #require(try await house.front.waitingLists(event: "day"))
        #expect(lists.isHeld && lists.sessions.map(\.people.count) == [1])
        #expect(lists.sessions.first?.people.first?.next == .promote)
        #expect(try await house.front.holdLists(event: "day", false))
        #expect(try await house.holds(bob) == ["first"])
        #expect(try await !house.front.holdLists(event: "nowhere", true))
    }

    @Test func `from their time on lists promote nobody`() async throws {
        let house = try await house()
        let ada = try await house.registered("Ada", sessions: ["first"])
        let bob = try await house.waits("Bob", for: ["first"])
        house.clock.now = Day.hour(9)
        _ = try await house.front.cancel(event: "day", reference: ada.attendee.reference, byStaff: true)
        #expect(try await house.holds(bob) == ["first?1"])
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `a repeated registration is answered with the place in the list that it had then`()
        async throws
    {
        let house = try await house(capacity: 1)
        let ada = try await house.registered("Ada", sessions: ["first"])
        for _ in 0..<2 {
            let bob = try await house.waits("Bob", for: ["first", "third"], key: "again")
            #expect(bob.position == 1 && bob.bookings.map(\.position) == [1, 1])
            #expect(bob.bookings.map(\.status) == [.waiting, .waiting])
            _ = try await house.front.cancel(event: "day", reference: ada.attendee.reference, byStaff: true)
        }
    }

    @Test func `300 who leave and 300 who wait at once keep the list's order and every rule`() async throws {
        let house = try await House()
        try await house.importDay(capacity: 1_000, workshop: 50)
        var holders: [RegisteredAttendee] = []
        for number in 0..<50 {
            holders.append(try await house.registered("Holder \(number)", sessions: ["third"]))
        }
        let leaving = holders
        try await withThrowingTaskGroup { group in
            for number in 0..<300 {
                group.addTask { _ = try await house.waits("Guest \(number)", for: ["third"]) }
            }
            for holder in leaving {
                group.addTask {
                    _ = try await house.front.cancel(
                        event: "day", reference: holder.attendee.reference, byStaff: false)
                }
            }
            try await group.waitForAll()
        }
        let attendance = try #require(try await house.front.attendance(event: "day"))
        let third = try #require(attendance.sessions.first { $0.session.slug == "third" })
        #expect(third.places == Places(capacity: 50, confirmed: 50, waiting: 250))
        // Those in are the fifty who came first: no one who waits came before one who has a place.
        let waiting = try #require(
            try await house.front.attendees(
                event: "day", AttendeeFilter(session: "third", status: .waiting), limit: 1_000))
        let confirmed = try #require(
            try await house.front.attendees(
                event: "day", AttendeeFilter(session: "third", status: .confirmed), limit: 1_000))
        let firstWaiting = try #require(waiting.items.map(\.attendee.id.rawValue).min())
        #expect(confirmed.items.allSatisfy { $0.attendee.id.rawValue < firstWaiting })
        #expect(
            waiting.items.map(\.attendee.id.rawValue).sorted() == waiting.items.map(\.attendee.id.rawValue))
        #expect(try await house.front.verify().isEmpty)
    }
}

extension House {
    /// Registers somebody who takes a place on a list where it is full.
    func waits(_ name: String, for sessions: [String], key: String? = nil) async throws -> RegisteredAttendee
    {
        let form = RegistrationForm(
            name: name, email: "\(name.lowercased().filter { $0 != " " })@example.org", sessions: sessions,
            ifFull: .wait)
        guard
            case .registered(let attendee) = try await front.register(
                form, event: "day", idempotencyKey: key)
        else { throw Unexpected("\(name) is not registered") }
        return attendee
    }

    func change(
        _ person: RegisteredAttendee, _ sessions: [String], ifFull: IfFull = .wait, swaps: Bool? = nil
    ) async throws {
        let outcome = try await front.change(
            event: "day", reference: person.attendee.reference,
            AttendeeChange(sessions: sessions, ifFull: ifFull, swaps: swaps), byStaff: false)
        guard case .changed = outcome else { throw Unexpected("\(outcome)") }
    }

    /// What the person has now, in alphabetical order: `first`, or `first?2` for the second place in its list.
    func holds(_ person: RegisteredAttendee) async throws -> [String] {
        let now = try await front.attendee(event: "day", reference: person.attendee.reference)
        return (now?.bookings ?? []).map { booked in
            booked.session.slug + (booked.position.map { "?\($0)" } ?? "")
        }.sorted()
    }
}

struct Unexpected: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}
