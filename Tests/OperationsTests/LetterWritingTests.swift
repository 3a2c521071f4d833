import Operations
import Registration
import TestPeers
import Testing

/// Which letters the operations write, each in the transaction that it tells of.
@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct LetterWritingTests {
    private func house(capacity: Int = 100) async throws -> House {
        let house = try await House(letters: true)
        try await house.importDay(capacity: capacity, workshop: 1)
        return house
    }

    /// The letters since the last look, as kind and what they tell: `promoted first -second`.
    private func letters(in house: House) async throws -> [String] {
        var told: [String] = []
        try await house.front.writeOwedLetters()
        for letter in try await house.front.lettersDue(limit: 100) {
            let contents = try #require(try await house.front.contents(of: letter))
            let bookings = contents.bookings.map { booked in
                booked.session.slug + (booked.position.map { "?\($0)" } ?? "")
            }
            let moves =
                contents.gained.map { "+\($0.slug)" } + contents.released.map { "-\($0.slug)" }
                + contents.joined.map { "joins \($0.slug)" } + contents.left.map { "leaves \($0.slug)" }
                + (letter.told.swaps.map { [$0 ? "swaps" : "stays"] } ?? [])
            told.append(
                ([contents.attendee.name, letter.told.kind.rawValue] + bookings + moves
                    + (contents.isEventWaiting ? ["event?"] : [])).joined(separator: " "))
            try await house.front.noteLetter(letter.id, .sent)
        }
        return told
    }

    @Test func `a registration is told what it got, a refused one nothing`() async throws {
        let house = try await house(capacity: 2)
        _ = try await house.registered("Ada", sessions: ["first", "third"])
        _ = try await house.register("Ada")
        _ = try await house.register("Bob", sessions: ["first"])
        _ = try await house.waits("Bob", for: ["first"])
        _ = try await house.waits("Eve", for: ["second"])
        #expect(
            try await letters(in: house) == [
                "Ada registered first third", "Bob registered first?1", "Eve waiting second?1 event?",
            ])
    }

    @Test func `a repeated request writes no second letter`() async throws {
        let house = try await house()
        for _ in 0..<2 { _ = try await house.register("Ada", key: "k") }
        #expect(try await letters(in: house) == ["Ada registered"])
    }

    @Test func `everybody whose places moved gets one letter that tells from what to what`() async throws {
        let house = try await house()
        let ada = try await house.registered("Ada", sessions: ["first"])
        let bob = try await house.registered("Bob", sessions: ["second"])
        _ = try await house.waits("Eve", for: ["second"])
        try await house.change(bob, ["second", "first"], swaps: true)
        _ = try await letters(in: house)
        try await house.change(ada, ["third"])
        #expect(
            try await letters(in: house) == [
                "Bob promoted first +first -second", "Eve promoted second +second",
                "Ada changed third +third -first",
            ])
    }

    @Test func `one's own change that is fulfilled at once is told in one letter`() async throws {
        let house = try await house()
        let ada = try await house.registered("Ada", sessions: ["first"])
        let bob = try await house.registered("Bob", sessions: ["second"])
        try await house.change(ada, ["first", "second"], swaps: true)
        try await house.change(bob, ["second", "first"], swaps: true)
        _ = try await letters(in: house)
        try await house.change(ada, ["second"])
        #expect(
            try await letters(in: house) == [
                "Bob promoted first +first -second", "Ada changed second +second -first",
            ])
    }

    @Test func `whoever sends what they have changes nothing, and nothing is recorded or told`() async throws
    {
        let house = try await house()
        _ = try await house.registered("Ada", sessions: ["first"])
        let bob = try await house.registered("Bob", sessions: ["second"])
        try await house.change(bob, ["second", "first"])
        _ = try await letters(in: house)
        let before = try await house.front.attendance(event: "day")?.activity
        try await house.change(bob, ["first", "second"])
        try await house.change(bob, ["first", "second"], swaps: false)
        #expect(try await letters(in: house) == [])
        #expect(try await house.front.attendance(event: "day")?.activity == before)
        try await house.change(bob, ["first", "second"], swaps: true)
        #expect(try await letters(in: house) == ["Bob changed first?1 second swaps"])
        try await house.change(bob, ["first", "second"], swaps: false)
        #expect(try await letters(in: house) == ["Bob changed first?1 second stays"])
    }

    @Test func `who joins or leaves a waiting list is told that, and no change of bookings`() async throws {
        let house = try await house(capacity: 3)
        _ = try await house.registered("Ada", sessions: ["first", "third"])
        let bob = try await house.registered("Bob", sessions: ["second"])
        _ = try await house.registered("Cy")
        _ = try await house.waits("Eve", for: ["first"])
        _ = try await letters(in: house)
        try await house.change(bob, ["first", "second"])
        #expect(try await letters(in: house) == ["Bob changed first?2 second joins first"])
        try await house.change(bob, ["third", "second"], swaps: true)
        #expect(
            try await letters(in: house) == ["Bob changed second third?1 joins third leaves first swaps"])
        try await house.change(bob, ["second"], swaps: true)
        #expect(try await letters(in: house) == ["Bob changed second leaves third"])
    }

    @Test func `who cancels and who gets into the event are told`() async throws {
        let house = try await house(capacity: 1)
        let ada = try await house.registered("Ada", sessions: ["first"])
        _ = try await house.waits("Bob", for: ["first"])
        _ = try await letters(in: house)
        for _ in 0..<2 {
            _ = try await house.front.cancel(event: "day", reference: ada.attendee.reference, byStaff: false)
        }
        #expect(
            try await letters(in: house) == ["Ada cancelled -first", "Bob promoted first +first"])
    }

    @Test func `a link that is asked for is that of the registration that holds, or of the last one`()
        async throws
    {
        let house = try await house()
        func ask() async throws -> [Attendee] {
            _ = try await letters(in: house)
            try await house.front.sendLink(event: "day", email: "ADA@example.org")
            let written = try await house.front.lettersDue(limit: 9)
            #expect(written.allSatisfy { $0.told.kind == .link })
            var people: [Attendee] = []
            for letter in written {
                let contents = try #require(try await house.front.contents(of: letter))
                #expect(contents.isRegistrationOpen)
                people.append(contents.attendee)
            }
            house.clock.now = house.clock.now.adding(seconds: 3_600)
            return people
        }
        #expect(try await ask().isEmpty)
        var last: RegisteredAttendee?
        for _ in 0..<2 {
            let ada = try await house.registered("Ada")
            #expect(try await ask().map(\.reference) == [ada.attendee.reference])
            _ = try await house.front.cancel(event: "day", reference: ada.attendee.reference, byStaff: true)
            let told = try await ask()
            #expect(told.map(\.reference) == [ada.attendee.reference])
            #expect(told.map(\.status) == [.cancelled])
            last = ada
        }
        _ = try await house.front.erase(event: "day", reference: try #require(last).attendee.reference)
        #expect(try await ask().map(\.reference) != [last?.attendee.reference])
    }

    @Test func `a programme that moved is told to those whom it concerns`() async throws {
        let house = try await house()
        _ = try await house.registered("Ada", sessions: ["first"])
        _ = try await house.registered("Bob", sessions: ["third"])
        _ = try await house.waits("Eve", for: ["first"])
        _ = try await letters(in: house)
        var (event, sessions) = Day.plan(slug: "day", capacity: 100, workshop: 1)
        sessions[1].title = "Another title"
        _ = try await house.front.importEvent(event, sessions: sessions)
        #expect(try await letters(in: house) == [])
        sessions[1].room = "Elsewhere"
        _ = try await house.front.importEvent(event, sessions: sessions)
        #expect(
            try await letters(in: house) == [
                "Ada programme-changed first", "Eve programme-changed first?1",
            ])
        event.venue = "Another hall"
        _ = try await house.front.importEvent(event, sessions: sessions)
        #expect(try await letters(in: house).count == 3)
    }

    @Test func `the sequence of somebody's letters only rises`() async throws {
        let house = try await house()
        let ada = try await house.registered("Ada", sessions: ["first"])
        try await house.change(ada, ["second"])
        try await house.change(ada, ["third"])
        _ = try await house.front.cancel(event: "day", reference: ada.attendee.reference, byStaff: false)
        let sequence = try await house.front.lettersDue(limit: 10).map(\.told.sequence)
        #expect(sequence.count == 4 && sequence == sequence.sorted() && Set(sequence).count == 4)
    }
}
