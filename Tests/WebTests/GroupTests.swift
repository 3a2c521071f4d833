import HTTP
import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct GroupTests {
    private let path = Sample.registerPath + "/group"

    private func person(_ number: Int, _ name: String, session: String = "-") -> [(String, String)] {
        [
            ("name.\(number)", name), ("email.\(number)", "\(name.lowercased())@example.org"),
            ("session.active-medicine.\(number)", session),
        ]
    }

    private func send(_ visit: Visit, _ people: [[(String, String)]], _ press: String = "register")
        async throws -> Page
    {
        let form = try await visit.get(path)
        let hidden = [
            ("token", form.token), ("key", form.value("key") ?? ""), ("people", "\(people.count)"),
            ("do", press),
        ]
        return try await visit.post(path, hidden + people.joined())
    }

    @Test func `each of a group gets a reference and a page of their own`() async throws {
        let house = try await House()
        let done = try await send(
            Visit(house), [person(1, "Ada", session: "resources"), person(2, "Bob"), person(3, "Eve")])
        #expect(done.status == .created && done.text.contains("Everybody is registered"))
        let people = try #require(
            try await house.front.attendees(event: Sample.event.slug, limit: 10)?.items)
        #expect(people.map(\.attendee.name) == ["Ada", "Bob", "Eve"])
        for person in people {
            #expect(done.text.contains("/me/\(person.attendee.reference)/\(person.manageKey)"))
        }
        #expect(people[0].bookings.map(\.session.slug) == ["resources"])
    }

    @Test func `all are registered or none, and it is said whose form is wrong`() async throws {
        let house = try await House()
        _ = try await house.register(RegistrationForm(name: "Bob", email: "bob@example.org"))
        let page = try await send(
            Visit(house), [person(1, "Ada"), person(2, "Bob"), [("name.3", "Eve"), ("email.3", "eve")]])
        #expect(page.status == .unprocessableContent)
        #expect(page.problemTargets == ["email.2", "email.3"])
        #expect(page.text.contains("Person 2: ") && page.value("name.1") == "Ada")
        #expect(try await house.front.events().first?.places.confirmed == 1)
    }

    @Test func `two of a group with one address, or the last place, are refused together`() async throws {
        var small = Sample.event
        small.capacity = 2
        let house = try await House(event: small)
        let twice = try await send(
            Visit(house), [person(1, "Ada"), [("name.2", "Ada"), ("email.2", "ADA@example.org")]])
        #expect(twice.status == .unprocessableContent && twice.problemTargets == ["email.2"])
        let three = try await send(Visit(house), [person(1, "Ada"), person(2, "Bob"), person(3, "Eve")])
        #expect(three.status == .unprocessableContent)
        #expect(try await house.front.events().first?.places.confirmed == 0)
        #expect(try await send(Visit(house), [person(1, "Ada"), person(2, "Bob")]).status == .created)
    }

    @Test func `a group of twenty is taken, and no form has more`() async throws {
        let house = try await House()
        let twenty = (1...20).map { person($0, "Guest\($0)") }
        let visit = Visit(house)
        let more = try await send(visit, twenty, "more")
        #expect(more.value("people") == "20" && !more.text.contains("One more person"))
        #expect(try await send(visit, twenty).status == .created)
        let forms = (0..<21).map { RegistrationForm(name: "A", email: "x\($0)@example.org") }
        guard case .wrongSize = try await house.front.registerGroup(forms, event: Sample.event.slug) else {
            Issue.record("21 were taken")
            return
        }
        #expect(try await house.front.events().first?.places.confirmed == 20)
    }

    @Test func `somebody of a group may have two workshops between which another runs`() async throws {
        let house = try await House(event: nil)
        let chain = [
            Sample.session(1, "early", .workshop, "Early", [], Sample.at(13), Sample.at(14), capacity: 5),
            Sample.session(
                2, "between", .workshop, "Between", [], Sample.at(13, 30), Sample.at(14, 30), capacity: 5),
            Sample.session(3, "late", .workshop, "Late", [], Sample.at(14), Sample.at(15), capacity: 5),
        ]
        _ = try await house.front.importEvent(Sample.event, sessions: chain.map(\.session))
        func send(_ slugs: [String]) async throws -> Page {
            let people = [
                [("name.1", "Ada"), ("email.1", "ada@example.org")]
                    + slugs.map { ("session.early.1", $0) },
                [("name.2", "Bob"), ("email.2", "bob@example.org")],
            ]
            return try await self.send(Visit(house), people)
        }
        let clash = try await send(["early", "between"])
        #expect(clash.status == .unprocessableContent && clash.text.contains("overlap"))
        #expect(clash.text.contains("name=\"session.early.1\" value=\"between\" checked"))
        #expect(try await send(["early", "late"]).status == .created)
        let ada = try #require(
            try await house.front.attendees(event: Sample.event.slug, limit: 1)?.items.first)
        #expect(ada.bookings.map(\.session.slug) == ["early", "late"])
    }

    @Test func `the form grows and shrinks and keeps what was typed`() async throws {
        let house = try await House()
        let people = [person(1, "Ada", session: "resources"), person(2, "Bob")]
        let more = try await send(Visit(house), people, "more")
        #expect(more.value("people") == "3" && more.value("name.2") == "Bob")
        #expect(more.text.contains("value=\"resources\" selected"))
        let fewer = try await send(Visit(house), people + [person(3, "Eve")], "fewer")
        #expect(fewer.value("people") == "2" && fewer.value("name.3") == nil)
        #expect(try await house.front.events().first?.places.confirmed == 0)
    }

    @Test func `the same form sent twice registers once and answers the same`() async throws {
        let house = try await House()
        let visit = Visit(house)
        let form = try await visit.get(path)
        let fields =
            [
                ("token", form.token), ("key", form.value("key") ?? ""), ("people", "2"), ("do", "register"),
            ] + person(1, "Ada") + person(2, "Bob")
        let one = try await visit.post(path, fields)
        let other = try await visit.post(path, fields)
        #expect(one.status == .created && one.text == other.text)
        #expect(try await house.front.events().first?.places.confirmed == 2)
    }

    @Test(arguments: [false, true])
    func `who sends a form again that took the last places is answered as the first time`(letters: Bool)
        async throws
    {
        var small = Sample.event
        small.capacity = letters ? 4 : 3
        let house = try await House(registrationsPerMinute: 3, event: small, letters: letters)
        if letters { _ = try await house.register(RegistrationForm(name: "Eve", email: "eve@example.org")) }
        let visit = Visit(house)
        let form = try await visit.get(path)
        let fields =
            [
                ("token", form.token), ("key", form.value("key") ?? ""), ("people", "3"), ("do", "register"),
            ] + [person(1, "Ada"), person(2, "Bob"), person(3, letters ? "Eve" : "Zoe")].joined()
        let one = try await visit.post(path, fields)
        let told = try await house.front.lettersDue(limit: 100).count
        let other = try await visit.post(path, fields)
        #expect(one.status == (letters ? .seeOther : .created))
        #expect(one.status == other.status && one.text == other.text)
        #expect(try await house.front.lettersDue(limit: 100).count == told)
    }

    @Test func `a group counts as many against the limit of an address as it has people`() async throws {
        let house = try await House(registrationsPerMinute: 5)
        let visit = Visit(house)
        #expect(
            try await send(visit, (1...4).map { person($0, "Guest\($0)") }).status == .created)
        let late = try await send(visit, [person(1, "Ada"), person(2, "Bob")])
        #expect(late.status == .tooManyRequests && late.value("name.2") == "Bob")
    }

    @Test func `an address that two of a group have is refused, with letters too, and loses nobody`()
        async throws
    {
        let house = try await House(letters: true)
        let second = [("name.2", "Bob"), ("email.2", " ADA@example.org"), ("session.active-medicine.2", "-")]
        let page = try await send(Visit(house), [person(1, "Ada"), second, person(3, "Eve")])
        #expect(page.status == .unprocessableContent && page.problemTargets == ["email.2"])
        #expect(page.text.contains("Person 2: Person 1 has this address."))
        #expect(try await house.front.attendees(event: Sample.event.slug, limit: 10)?.items.isEmpty == true)
    }

    @Test func `with letters nobody learns who of a group was registered before`() async throws {
        let house = try await House(letters: true)
        _ = try await house.register(RegistrationForm(name: "Bob", email: "bob@example.org"))
        let sent = try await send(Visit(house), [person(1, "Ada"), person(2, "Bob")])
        #expect(sent.headers["Location"] == Sample.path + "/sent")
        let kinds = try await house.front.lettersDue(limit: 10).map(\.told.kind)
        #expect(kinds == [.registered, .link, .registered])
        // Nor where somebody else's mistake keeps the group from being registered.
        let mistake = [("name.2", ""), ("email.2", ""), ("session.active-medicine.2", "-")]
        var pages: [Page] = []
        for name in ["Bob", "Nobody"] {
            pages.append(try await send(Visit(house), [person(1, name), mistake]))
        }
        #expect(pages.map(\.problemTargets) == [["name.2", "email.2"], ["name.2", "email.2"]])
        #expect(!pages[0].text.contains("registered with this e-mail address"))
    }
}
