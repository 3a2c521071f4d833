import HTTP
import Operations
import Registration
import TestPeers
import Testing

/// Groups for whom there are too few places.
@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct GroupPlacesTests {
    private let path = Sample.registerPath + "/group"

    private func house(capacity: Int, letters: Bool = false) async throws -> House {
        var event = Sample.event
        event.capacity = capacity
        return try await House(event: event, letters: letters)
    }

    private func people(_ names: [String]) -> [(String, String)] {
        [("people", "\(names.count)")]
            + names.enumerated().flatMap { index, name in
                [
                    ("name.\(index + 1)", name), ("email.\(index + 1)", "\(name.lowercased())@example.org"),
                    ("dietary_needs.\(index + 1)", "Vegan \(name)"),
                ]
            }
    }

    private func hidden(_ page: Page) -> [(String, String)] {
        [("token", page.token), ("key", page.value("key") ?? "")]
            + (page.value("if_full").map { [("if_full", $0)] } ?? [])
    }

    private func standing(_ house: House) async throws -> [String] {
        let items = try await house.front.attendees(event: Sample.event.slug, limit: 99)?.items ?? []
        return items.map { "\($0.attendee.name) \($0.attendee.status)" }
    }

    @Test func `a group is told how many places are left, loses nothing, and takes them by one more press`()
        async throws
    {
        let house = try await house(capacity: 3)
        _ = try await house.register("Zoe")
        let visit = Visit(house)
        let three = people(["Ada", "Bob", "Cy"])
        let form = try await visit.get(path)
        let told = try await visit.post(path, hidden(form) + three + [("do", "register")])
        #expect(told.status == .unprocessableContent && told.problemTargets == ["places"])
        #expect(told.text.contains("There are 2 places left for 3 people. Nobody is registered yet."))
        #expect(told.text.contains("There is a problem") && told.text.contains(" id=\"places\""))
        #expect(told.text.contains("Register the first 2, put 1 on the waiting list"))
        for name in ["Ada", "Bob", "Cy"] { #expect(told.text.contains("Vegan \(name)</textarea>")) }
        #expect(try await standing(house) == ["Zoe confirmed"])
        let done = try await visit.post(path, hidden(told) + three + [("do", "first.2")])
        #expect(done.status == .created)
        #expect(done.text.contains("<h1>2 people have a place, 1 waits for one</h1>"))
        #expect(
            try await standing(house) == ["Zoe confirmed", "Ada confirmed", "Bob confirmed", "Cy waiting"])
    }

    @Test func `what is too many is said before anything is sent, and goes away with the people`()
        async throws
    {
        let house = try await house(capacity: 2)
        let visit = Visit(house)
        let two = try await visit.get(path)
        #expect(!two.text.contains("place left") && two.text.contains("Register 2 people"))
        let three = try await visit.post(path, hidden(two) + people(["Ada", "Bob"]) + [("do", "more")])
        #expect(three.text.contains("<strong>There are 2 places left for 3 people.</strong>"))
        #expect(three.text.contains("take people out of the form until there are 2"))
        let fewer = try await visit.post(
            path, hidden(three) + people(["Ada", "Bob", "Cy"]) + [("do", "fewer")])
        #expect(fewer.text.contains("Register 2 people") && fewer.value("name.2") == "Bob")
        _ = try await house.register("Zoe")
        let one = try await visit.get(path)
        #expect(one.text.contains("There is 1 place left for 2 people."))
        #expect(one.text.contains("href=\"\(Sample.registerPath)\">the form for one</a>"))
        #expect(one.text.contains("Register the first, put 1 on the waiting list"))
    }

    @Test func `nobody is put on the waiting list who was not asked`() async throws {
        let house = try await house(capacity: 3)
        let visit = Visit(house)
        let three = people(["Ada", "Bob", "Cy"])
        let form = try await visit.get(path)
        _ = try await house.register("Zoe")
        let short = try await visit.post(path, hidden(form) + three + [("do", "register")])
        #expect(short.problemTargets == ["places"])
        _ = try await house.register("Yan")
        // One place is left instead of the two that were promised.
        let shorter = try await visit.post(path, hidden(short) + three + [("do", "first.2")])
        #expect(shorter.text.contains("There is 1 place left for 2 people. Nobody is registered yet."))
        _ = try await house.register("Xi")
        let full = try await visit.post(path, hidden(shorter) + three + [("do", "first.1")])
        #expect(
            full.status == .unprocessableContent && full.text.contains("All places of the event are taken"))
        #expect(full.text.contains("Put 3 people on the waiting list"))
        #expect(try await standing(house).count == 3)
        let waits = try await visit.post(path, hidden(full) + three + [("do", "register")])
        #expect(waits.status == .created && waits.text.contains("<h1>Everybody is on the waiting list</h1>"))
        #expect(try await standing(house).suffix(3) == ["Ada waiting", "Bob waiting", "Cy waiting"])
    }

    @Test func `everything that stands in the way of a group is told in one round, as the page goes on`()
        async throws
    {
        let house = try await house(capacity: 2)
        let visit = Visit(house)
        let form = try await visit.get(path)
        let page = try await visit.post(
            path,
            hidden(form) + [
                ("people", "3"), ("do", "register"), ("name.1", "Ada"), ("email.1", "ada@example.org"),
                ("dietary_needs.1", String(repeating: "x", count: 2_001)), ("name.2", ""),
                ("email.2", "ADA@example.org"), ("name.3", "Cy"), ("email.3", "cy"),
            ])
        #expect(page.problemTargets == ["places", "dietary_needs.1", "name.2", "email.2", "email.3"])
        #expect(try await standing(house).isEmpty)
    }

    @Test func `a workshop with fewer places than people of the group is not called full`() async throws {
        let house = try await House()
        try await house.fill("resources", leaving: 1)
        let visit = Visit(house)
        let form = try await visit.get(path)
        let choice = ["1", "2"].map { ("session.active-medicine.\($0)", "resources") }
        let page = try await visit.post(
            path, hidden(form) + people(["Ada", "Bob"]) + choice + [("do", "register")])
        #expect(page.problemTargets == ["session.active-medicine.2"])
        #expect(
            page.text.contains("has 1 place left, which others of this group take. Choose another session."))
        #expect(!page.text.contains("is full."))
    }
}
