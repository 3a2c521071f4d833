import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct FindPeopleTests {
    static let names = [
        "Ada Lovelace", "Élodie Müller", "O’Brien Conor", "Anne Clarke-Jones", "Søren Weiß", "Daniel Smith",
        "Daniel Smith", "Zoë Adams",
    ]

    private func house() async throws -> House {
        let house = try await House()
        try await house.importDay()
        for (number, name) in FindPeopleTests.names.enumerated() {
            _ = try await house.register(name, email: "n\(number)@example.org")
        }
        return house
    }

    private func find(_ text: String, in house: House, limit: Int = 100) async throws -> FoundPeople {
        guard let found = try await house.front.findPeople(event: "day", text, limit: limit) else {
            throw Missing()
        }
        return found
    }

    private struct Missing: Error {}

    @Test(arguments: [
        ("Muller", ["Élodie Müller"]), ("elodie muller", ["Élodie Müller"]), ("MÜLLER", ["Élodie Müller"]),
        ("o'brien", ["O’Brien Conor"]), ("obrien", ["O’Brien Conor"]), ("o brien", ["O’Brien Conor"]),
        ("Lovelace Ada", ["Ada Lovelace"]), ("Lovelace,  Ada", ["Ada Lovelace"]),
        ("ada  love", ["Ada Lovelace"]),
        ("Clarke Jones", ["Anne Clarke-Jones"]), ("clarkejones", ["Anne Clarke-Jones"]),
        ("clarke-jones", ["Anne Clarke-Jones"]), ("soren weiss", ["Søren Weiß"]),
        ("ada", ["Ada Lovelace", "Zoë Adams"]), ("-", []), ("", []),
    ])
    func `an ordinary way to type a name finds it`(text: String, names: [String]) async throws {
        let found = try await find(text, in: try await house())
        #expect(found.people.map(\.attendee.name) == names && !found.isGuess)
    }

    @Test func `people come by name, accents or not, and no more than are asked for`() async throws {
        let house = try await house()
        let all = try await find("example.org", in: house)
        #expect(
            all.people.map(\.attendee.name) == [
                "Ada Lovelace", "Anne Clarke-Jones", "Daniel Smith", "Daniel Smith", "Élodie Müller",
                "O’Brien Conor", "Søren Weiß", "Zoë Adams",
            ])
        #expect(!all.isCut)
        let some = try await find("example.org", in: house, limit: 2)
        #expect(some.people.map(\.attendee.name) == ["Ada Lovelace", "Anne Clarke-Jones"] && some.isCut)
    }

    @Test func `a misspelt name finds whose words begin alike, and says that it is a guess`() async throws {
        let house = try await house()
        let found = try await find("Elodee Mulder", in: house)
        #expect(found.people.map(\.attendee.name) == ["Élodie Müller"] && found.isGuess)
        #expect(try await find("Lovesmith", in: house).people.map(\.attendee.name) == ["Ada Lovelace"])
        // The letters stand in `Clarke`, but no word begins with them.
        #expect(try await find("arkwright", in: house).people.isEmpty)
    }

    @Test func `a reference that is read out is found while it is not whole yet`() async throws {
        let house = try await house()
        let eve = try await house.registered("Eve")
        let reference = eve.attendee.reference.description
        for text in [reference.prefix(4), reference.prefix(7)].map({ $0.lowercased() }) {
            #expect(try await find(text, in: house).people.map(\.attendee.name) == ["Eve"], "\(text)")
        }
        let spoken = "\(reference.prefix(4)) \(reference.suffix(4))".lowercased()
        let listed = try await house.front.attendees(
            event: "day", AttendeeFilter(search: spoken), limit: 10)
        #expect(listed?.items.map(\.attendee.name) == ["Eve"])
        #expect(try await house.front.findPeople(event: "nowhere", "eve", limit: 10) == nil)
    }
}
