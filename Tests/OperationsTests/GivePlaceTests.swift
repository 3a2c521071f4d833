import Operations
import Registration
import TestPeers
import Testing

/// What staff give by hand while lists are held. Workshops `first` and `second` overlap, `third` stands alone; each has
/// one place.
@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct GivePlaceTests {
    private func house(capacity: Int = 100, letters: Bool = false) async throws -> House {
        let house = try await House(letters: letters)
        try await house.importDay(capacity: capacity, workshop: 1)
        return house
    }

    private func hold(_ isHeld: Bool, _ house: House) async throws {
        #expect(try await house.front.holdLists(event: "day", isHeld))
    }

    private func cancel(_ person: RegisteredAttendee, _ house: House) async throws {
        _ = try await house.front.cancel(event: "day", reference: person.attendee.reference, byStaff: true)
    }

    private func give(
        _ session: String? = nil, to person: RegisteredAttendee, _ house: House
    ) async throws -> GivingOutcome {
        try await house.front.givePlace(
            event: "day", reference: person.attendee.reference, session: session)
    }

    private func refusal(
        of session: String? = nil, to person: RegisteredAttendee, _ house: House
    ) async throws -> GivingRefusal? {
        guard case .refused(let refusal, _, _) = try await give(session, to: person, house) else {
            return nil
        }
        return refusal
    }

    private func record(_ house: House, _ count: Int) async throws -> [String] {
        try #require(try await house.front.activity(event: "day", since: 0, limit: 1_000))
            .suffix(count).map { "\($0.kind.rawValue) \($0.detail)" }
    }

    @Test func `a free place goes to whoever it is given to, and the rest to the oldest once lists go on`()
        async throws
    {
        let house = try await house()
        let ada = try await house.registered("Ada", sessions: ["first"])
        let bob = try await house.waits("Bob", for: ["first"])
        let eve = try await house.waits("Eve", for: ["first"])
        try await hold(true, house)
        try await cancel(ada, house)
        guard case .given(let given, let session, let released) = try await give("first", to: eve, house)
        else { throw Unexpected("not given") }
        #expect(given.bookings.map(\.status) == [.confirmed] && session?.slug == "first" && released.isEmpty)
        #expect(try await house.holds(eve) == ["first"])
        #expect(try await house.holds(bob) == ["first?1"])
        // The record tells it from a promotion.
        #expect(
            try await record(house, 1) == [
                #"promoted {"reference":"\#(eve.attendee.reference)","session":"first","released":[],"by_hand":true}"#
            ])
        #expect(try await house.front.verify().isEmpty)
        try await cancel(eve, house)
        try await hold(false, house)
        #expect(try await house.holds(bob) == ["first"])
        #expect(
            try await record(house, 1) == [
                #"promoted {"reference":"\#(bob.attendee.reference)","session":"first","released":[]}"#
            ])
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `a place in the event lets somebody in, and gives them none of the workshops yet`()
        async throws
    {
        let house = try await house(capacity: 1)
        let ada = try await house.registered("Ada")
        let bob = try await house.waits("Bob", for: ["first"])
        let eve = try await house.waits("Eve", for: ["first"])
        try await hold(true, house)
        try await cancel(ada, house)
        #expect(try await refusal(of: "first", to: eve, house) == .notInEvent)
        guard case .given(let given, nil, []) = try await give(to: eve, house) else {
            throw Unexpected("not given")
        }
        #expect(given.attendee.status == .confirmed && given.position == nil)
        #expect(
            try await record(house, 1) == [
                #"promoted {"reference":"\#(eve.attendee.reference)","by_hand":true}"#
            ])
        #expect(try await house.holds(eve) == ["first?2"])
        #expect(try await refusal(to: bob, house) == .full)
        guard case .given = try await give("first", to: eve, house) else { throw Unexpected("not given") }
        #expect(try await house.holds(eve) == ["first"])
        let attendance = try #require(try await house.front.attendance(event: "day"))
        #expect(attendance.registered == 1 && attendance.waiting == 1)
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `from the time on at which lists close places are given by hand as well`() async throws {
        let house = try await house(capacity: 1)
        let ada = try await house.registered("Ada")
        let bob = try await house.waits("Bob", for: [])
        house.clock.now = Day.hour(9)
        try await cancel(ada, house)
        guard case .given = try await give(to: bob, house) else { throw Unexpected("not given") }
        #expect(try await house.front.verify().isEmpty)
    }

    @Test
    func `a clash names what is there, or is swapped where that was wished, and frees it for nobody yet`()
        async throws
    {
        let house = try await house()
        let ada = try await house.registered("Ada", sessions: ["first"])
        let bob = try await house.registered("Bob", sessions: ["second"])
        let eve = try await house.waits("Eve", for: ["second"])
        try await house.change(bob, ["second", "first"])
        try await hold(true, house)
        try await cancel(ada, house)
        guard case .refused(.clash(let clashing), _, let session) = try await give("first", to: bob, house)
        else { throw Unexpected("not refused") }
        #expect(clashing.map(\.slug) == ["second"])
        #expect(
            GivingRefusal.clash(clashing).sentence(of: "Bob", session: session).contains(
                "“The second session”"))
        #expect(try await house.holds(bob) == ["first?1", "second"])
        _ = try await house.front.change(
            event: "day", reference: bob.attendee.reference, AttendeeChange(swaps: true), byStaff: true)
        guard case .given(_, _, let released) = try await give("first", to: bob, house) else {
            throw Unexpected("not given")
        }
        #expect(released.map(\.slug) == ["second"])
        #expect(try await house.holds(bob) == ["first"])
        #expect(
            try await record(house, 1) == [
                #"promoted {"reference":"\#(bob.attendee.reference)","session":"first","released":["second"],"by_hand":true}"#
            ])
        #expect(try await house.holds(eve) == ["second?1"])
        #expect(try await house.front.verify().isEmpty)
        try await hold(false, house)
        #expect(try await house.holds(eve) == ["second"])
    }

    @Test func `what can't be given is refused, and nothing of it is recorded`() async throws {
        let house = try await house(capacity: 2)
        let ada = try await house.registered("Ada", sessions: ["first"])
        let bob = try await house.waits("Bob", for: ["first"])
        let gone = try await house.waits("Gone", for: ["first"])
        try await cancel(gone, house)
        #expect(try await refusal(of: "first", to: bob, house) == .listsNotHeld)
        #expect(
            GivingRefusal.listsNotHeld.sentence(of: "Bob", session: nil)
                == "The lists are not held: free places go by themselves to whoever has waited longest.")
        try await hold(true, house)
        let before = try await house.front.attendance(event: "day")?.activity
        #expect(try await refusal(of: "first", to: bob, house) == .full)
        #expect(try await refusal(of: "first", to: ada, house) == .hasPlace)
        #expect(try await refusal(to: ada, house) == .hasPlace)
        #expect(try await refusal(of: "third", to: bob, house) == .notWaiting)
        #expect(try await refusal(of: "keynote", to: bob, house) == .notWaiting)
        #expect(try await refusal(of: "first", to: gone, house) == .cancelled)
        guard case .unknownSession = try await give("nowhere", to: bob, house) else {
            throw Unexpected("there is no such session")
        }
        for (event, reference) in [
            ("nowhere", bob.attendee.reference), ("day", Reference(number: 0)),
        ] {
            guard
                case .unknownAttendee = try await house.front.givePlace(event: event, reference: reference)
            else { throw Unexpected("there is nobody of that reference") }
        }
        #expect(try await house.front.attendance(event: "day")?.activity == before)
    }

    @Test func `a workshop whose places were lowered below what is booked gives none`() async throws {
        let house = try await House()
        try await house.importDay(workshop: 2)
        let ada = try await house.registered("Ada", sessions: ["first"])
        _ = try await house.registered("Cyd", sessions: ["first"])
        let bob = try await house.waits("Bob", for: ["first"])
        try await hold(true, house)
        _ = try await house.front.changeCapacity(event: "day", session: "first", to: 1, isForced: true)
        try await cancel(ada, house)
        #expect(try await refusal(of: "first", to: bob, house) == .full)
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `however many give at once, no more get a place than there are`() async throws {
        let house = try await House()
        try await house.importDay(capacity: 1_000, workshop: 5)
        var holders: [RegisteredAttendee] = []
        for number in 0..<5 {
            holders.append(try await house.registered("Holder \(number)", sessions: ["third"]))
        }
        var waiting: [RegisteredAttendee] = []
        for number in 0..<40 { waiting.append(try await house.waits("Guest \(number)", for: ["third"])) }
        try await hold(true, house)
        for holder in holders.prefix(3) { try await cancel(holder, house) }
        let given = try await withThrowingTaskGroup { group in
            for person in waiting {
                group.addTask {
                    if case .given = try await give("third", to: person, house) { 1 } else { 0 }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(given == 3)
        let third = try await house.front.attendance(event: "day")?.sessions.last
        #expect(third?.places == Places(capacity: 5, confirmed: 5, waiting: 37))
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `the letter is that of a promotion`() async throws {
        let house = try await house(letters: true)
        let ada = try await house.registered("Ada", sessions: ["first"])
        let bob = try await house.registered("Bob", sessions: ["second"])
        try await house.change(bob, ["second", "first"], swaps: true)
        try await hold(true, house)
        try await cancel(ada, house)
        let before = try await house.front.lettersDue(limit: 100).count
        _ = try await give("first", to: bob, house)
        let letters = try await house.front.lettersDue(limit: 100).dropFirst(before)
        #expect(letters.count == 1)
        let letter = try #require(letters.first)
        let contents = try #require(try await house.front.contents(of: letter))
        #expect(letter.told.kind == .promoted && contents.attendee.name == "Bob")
        #expect(contents.gained.map(\.slug) == ["first"] && contents.released.map(\.slug) == ["second"])
        #expect(contents.bookings.map(\.session.slug) == ["first"])
    }

    @Test func `the lists tell whom a place can be given, and what is in the way`() async throws {
        let house = try await house(capacity: 4)
        let ada = try await house.registered("Ada", sessions: ["first"])
        let bob = try await house.registered("Bob", sessions: ["second"])
        let cyd = try await house.registered("Cyd")
        _ = try await house.registered("Dan")
        try await house.change(bob, ["second", "first"])
        try await house.change(cyd, ["first"])
        _ = try await house.waits("Eve", for: ["first"])
        func giving() async throws -> [GivingDecision] {
            let lists = try #require(try await house.front.waitingLists(event: "day"))
            let people = lists.forEvent + lists.sessions.flatMap(\.people)
            for person in people where person.attendee.name == "Bob" {
                #expect(person.clashing.map(\.slug) == ["second"])
            }
            // The desk asks the same of one person.
            let programme = try #require(try await house.front.programme(event: "day"))
            let someone = try #require(
                try await house.front.attendee(event: "day", reference: cyd.attendee.reference))
            #expect(
                programme.giving("first", to: someone, at: house.front.now)
                    == lists.sessions.first?.people[1].giving)
            #expect(programme.giving("nowhere", to: someone, at: house.front.now) == nil)
            return people.map(\.giving)
        }
        #expect(try await giving() == Array(repeating: .refuse(.listsNotHeld), count: 4))
        try await hold(true, house)
        let clash = GivingDecision.refuse(.clash(bob.bookings.map(\.session)))
        // Those who wait for `first`, in their order: Bob, Cyd, Eve; Eve for the event before them.
        #expect(
            try await giving() == [.refuse(.full), .refuse(.full), .refuse(.full), .refuse(.notInEvent)])
        try await cancel(ada, house)
        #expect(
            try await giving() == [
                .give(releasing: []), clash, .give(releasing: []), .refuse(.notInEvent),
            ])
    }
}
