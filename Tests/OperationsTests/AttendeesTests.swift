import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct AttendeesTests {
    static let names = [
        "Ada Lovelace", "Élodie Ünal", "Łukasz 100%", "under_score", "wow!", "ΣΟΦΙΑ", "O'Neill",
    ]

    private func house() async throws -> House {
        let house = try await House()
        try await house.importDay()
        for (number, name) in AttendeesTests.names.enumerated() {
            let form = RegistrationForm(
                name: name, email: "n\(number)@example.org", organisation: "Org \(number)",
                sessions: number % 2 == 0 ? ["first"] : [])
            _ = try await house.front.register(form, event: "day")
        }
        return house
    }

    private func search(_ text: String, in house: House) async throws -> [String]? {
        try await house.front.attendees(event: "day", AttendeeFilter(search: text), limit: 100)?.items.map(
            \.attendee.name)
    }

    @Test(arguments: [
        ("ada", ["Ada Lovelace"]), ("LOVE", ["Ada Lovelace"]), ("Élodie", ["Élodie Ünal"]),
        ("élodie", ["Élodie Ünal"]), ("ÜNAL", ["Élodie Ünal"]), ("łUKASZ", ["Łukasz 100%"]),
        ("Łukasz", ["Łukasz 100%"]), ("σοφια", ["ΣΟΦΙΑ"]), ("100%", ["Łukasz 100%"]), ("%", ["Łukasz 100%"]),
        ("r_s", ["under_score"]), ("_", ["under_score"]), ("!", ["wow!"]), ("o'n", ["O'Neill"]),
        ("%\u{301}", ["Łukasz 100%"]), ("lukasz", ["Łukasz 100%"]), ("-", []),
        ("N3@EXAMPLE", ["under_score"]), ("org 6", ["O'Neill"]), ("nobody", []), ("\\", []),
        ("' OR 1=1 --", []), ("", names), ("org", names),
    ])
    func `people are found by part of a name, an organisation or an address, without case and accents`(
        text: String, names: [String]
    ) async throws {
        #expect(try await search(text, in: try await house()) == names)
    }

    @Test func `a reference finds its one person`() async throws {
        let house = try await house()
        let eve = try await house.registered("Eve")
        let reference = eve.attendee.reference.description
        #expect(try await search(reference, in: house) == ["Eve"])
        #expect(try await search(reference.lowercased(), in: house) == ["Eve"])
        #expect(try await search(" \(reference)\n", in: house) == ["Eve"])
        #expect(try await search("  ada ", in: house) == ["Ada Lovelace"])
        let room = try await house.front.attendees(
            event: "day", AttendeeFilter(search: reference, session: "first"), limit: 10)
        #expect(room?.items.isEmpty == true)
        let bob = try await house.registered("Bob", sessions: ["first"]).attendee.reference.description
        let booked = try await house.front.attendees(
            event: "day", AttendeeFilter(search: bob, session: "first"), limit: 10)
        #expect(booked?.items.map(\.attendee.name) == ["Bob"])
        try await house.importDay(slug: "other")
        let elsewhere = try await house.front.attendees(
            event: "other", AttendeeFilter(search: reference), limit: 10)
        #expect(elsewhere?.items.isEmpty == true)
        #expect(try await house.front.attendees(event: "nowhere", limit: 10) == nil)
    }

    @Test func `the parts of a list make the whole, each person once`() async throws {
        let house = try await house()
        for limit in 1...8 {
            var found: [String] = []
            var after: Int64?
            repeat {
                let page = try #require(
                    try await house.front.attendees(event: "day", after: after, limit: limit))
                #expect(page.items.count <= limit)
                found += page.items.map(\.attendee.name)
                after = page.next
            } while after != nil
            #expect(found == AttendeesTests.names)
        }
    }

    @Test func `a session lists who has booked it`() async throws {
        let house = try await house()
        let booked = try await house.front.attendees(
            event: "day", AttendeeFilter(session: "first"), limit: 100)
        #expect(booked?.items.map(\.attendee.name) == ["Ada Lovelace", "Łukasz 100%", "wow!", "O'Neill"])
        #expect(booked?.items.first?.bookings.map(\.session.slug) == ["first"])
        if let ada = booked?.items.first {
            _ = try await house.front.cancel(event: "day", reference: ada.attendee.reference, byStaff: true)
        }
        #expect(
            try await house.front.attendees(event: "day", AttendeeFilter(session: "first"), limit: 100)?.items
                .count == 3)
        await #expect(throws: UnknownSession.self) {
            try await house.front.attendees(event: "day", AttendeeFilter(session: "nowhere"), limit: 9)
        }
    }
}
