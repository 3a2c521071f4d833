import HTTP
import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct ListsPageTests {
    private let path = "/organise/\(Sample.event.slug)/lists"

    private func wait(_ name: String, for session: String, in house: House) async throws {
        var form = RegistrationForm(
            name: name, email: "\(name)@example.org", sessions: [session], ifFull: .wait)
        form.role = "GP"
        _ = try await house.register(form)
    }

    @Test func `organisers see who waits and who would be next`() async throws {
        let house = try await House()
        try await house.fill("case-studies")
        for name in ["Ada", "Bob"] { try await wait(name, for: "case-studies", in: house) }
        let visit = Visit(house)
        try await visit.signIn(.organiser)
        let page = try await visit.get(path)
        #expect(page.text.contains("Ada") && page.text.contains("Bob") && page.text.contains("2 on the list"))
        // One alone is next.
        #expect(page.text.split(separator: ">Next<", omittingEmptySubsequences: false).count == 2)
        _ = try await house.front.holdLists(event: Sample.event.slug, true)
        #expect(try await visit.get(path).text.contains(">Next, once lists go on<"))
        // Nothing would come of letting them go on once they are closed.
        house.clock.now = Sample.event.listsClose
        let later = Visit(house)
        try await later.signIn(.organiser)
        let closed = try await later.get(path).text
        #expect(closed.contains(">Next in turn<") && closed.contains("The lists closed at"))
        #expect(!closed.contains("lists go on") && !closed.contains("All lists are held"))
        #expect(closed.contains("until you give them"))
        house.clock.now = Sample.event.ends
        let after = Visit(house)
        try await after.signIn(.organiser)
        let over = try await after.get(path).text
        #expect(over.contains("The event is over") && !over.contains("give them"))
    }

    @Test func `lists are held and go on at the press of a button`() async throws {
        let house = try await House()
        let visit = Visit(house)
        try await visit.signIn(.organiser)
        for (held, words) in [("yes", "All lists are held"), ("no", "go to whoever has waited longest")] {
            let page = try await visit.get(path)
            #expect(page.value("held") == held)
            let sent = try await visit.post(path + "/hold", [("token", page.token), ("held", held)])
            #expect(try await visit.follow(sent).text.contains(words))
        }
    }

    @Test func `reception does not reach the lists`() async throws {
        let visit = Visit(try await House())
        try await visit.signIn(.reception)
        #expect(try await visit.get(path).status == .forbidden)
        #expect(try await visit.post(path + "/hold", [("held", "yes")]).status == .forbidden)
    }

    /// Ada has the first place of a workshop, Bob and Eve wait for it; then lists are held and Ada leaves.
    private func houseWithFreePlace() async throws -> (House, Visit) {
        let house = try await House(letters: true)
        try await house.fill("case-studies")
        for name in ["Bob", "Eve"] { try await wait(name, for: "case-studies", in: house) }
        _ = try await house.front.holdLists(event: Sample.event.slug, true)
        try await cancelFirst(of: "case-studies", in: house)
        let visit = Visit(house)
        try await visit.signIn(.organiser)
        return (house, visit)
    }

    private func cancelFirst(of session: String?, in house: House) async throws {
        let filter = AttendeeFilter(session: session, status: .confirmed)
        let page = try await house.front.attendees(event: Sample.event.slug, filter, limit: 1)
        let first = try #require(page?.items.first)
        _ = try await house.front.cancel(
            event: Sample.event.slug, reference: first.attendee.reference, byStaff: true)
    }

    private func reference(_ name: String, in house: House) async throws -> String {
        let found = try await house.front.findPeople(event: Sample.event.slug, name, limit: 1)
        return try #require(found?.people.first).attendee.reference.description
    }

    private func buttons(_ page: Page) -> Int { page.text.matches(of: /action="[^"]*\/give"/).count }

    @Test func `while lists are held and a place is free each who can have it has a button`() async throws {
        let (house, visit) = try await houseWithFreePlace()
        let page = try await visit.get(path)
        #expect(buttons(page) == 2 && page.text.contains("<strong>1 free</strong>"))
        #expect(
            page.text.contains("<li><a href=\"#list-case-studies\">")
                && page.text.contains(", 1 free</a></li>"))
        let sent = try await visit.post(
            path + "/give",
            [
                ("token", page.token), ("reference", try await reference("Eve", in: house)),
                ("session", "case-studies"),
            ])
        #expect(sent.headers["Location"]?.hasSuffix("#list-case-studies") == true)
        let done = try await visit.follow(sent)
        let title = try #require(Sample.programme["case-studies"]?.session.title)
        #expect(
            done.text.contains(
                "role=\"status\"><bdi>Eve</bdi> has a place in “\(title)” now. A letter tells them.</p>"))
        // What was free is not any more, and Bob waits on.
        #expect(buttons(done) == 0 && done.text.contains("30 of 30 places taken, 1 on the list"))
        #expect(try await buttons(visit.get(path)) == 0)
    }

    @Test func `the button is there neither while lists go on nor where all is full`() async throws {
        let house = try await House()
        try await house.fill("case-studies")
        try await wait("Bob", for: "case-studies", in: house)
        let visit = Visit(house)
        try await visit.signIn(.organiser)
        #expect(try await buttons(visit.get(path)) == 0)
        _ = try await house.front.holdLists(event: Sample.event.slug, true)
        #expect(try await buttons(visit.get(path)) == 0)
        try await cancelFirst(of: "case-studies", in: house)
        #expect(try await buttons(visit.get(path)) == 1)
    }

    @Test func `who waits for the event is let in by a button, from when the lists closed as well`()
        async throws
    {
        var small = Sample.event
        small.capacity = 2
        let house = try await House(event: small)
        for name in ["Ada", "Cyd"] { _ = try await house.register(name) }
        for name in ["Bob", "Eve"] { try await wait(name, for: "walk", in: house) }
        house.clock.now = Sample.at(9, 30)
        try await cancelFirst(of: nil, in: house)
        let visit = Visit(house)
        try await visit.signIn(.organiser)
        let page = try await visit.get(path)
        // For the event alone: no workshop gives a place to who is not in.
        #expect(buttons(page) == 2 && page.text.contains("Has no place in the event yet"))
        #expect(page.text.contains(">Next in turn<"))
        let give = [("token", page.token), ("reference", try await reference("Eve", in: house))]
        let done = try await visit.follow(try await visit.post(path + "/give", give))
        #expect(done.text.contains("<bdi>Eve</bdi> has a place in the event now."))
        // Now she can have the workshop; Bob can't.
        #expect(buttons(done) == 1 && done.text.contains("in “A walk in the park, with the High Sheriff” to"))
        // Pressed twice, it says what is so.
        let again = try await visit.follow(try await visit.post(path + "/give", give))
        #expect(again.text.contains("<bdi>Eve</bdi> has a place in the event already."))
    }

    @Test func `somebody with another place at that time is told of it instead, unless they would swap`()
        async throws
    {
        let (house, visit) = try await houseWithFreePlace()
        for (name, swaps) in [("Ike", false), ("Joy", true)] {
            _ = try await house.register(
                RegistrationForm(
                    name: name, email: "\(name)@example.org", sessions: ["resources", "case-studies"],
                    waitsFor: ["case-studies"], swaps: swaps))
        }
        let page = try await visit.get(path)
        let title = try #require(Sample.programme["resources"]?.session.title)
        #expect(buttons(page) == 3)
        #expect(page.text.contains("Has “\(title)” at that time"))
        #expect(page.text.contains("Would give up “\(title)”"))
        func give(_ name: String) async throws -> Page {
            try await visit.post(
                path + "/give",
                [
                    ("token", page.token), ("reference", try await reference(name, in: house)),
                    ("session", "case-studies"),
                ])
        }
        let refused = try await give("Ike")
        #expect(refused.status == .conflict && refused.problemTargets == ["list-case-studies"])
        #expect(refused.text.contains("\u{2068}Ike\u{2069} has a place in “\(title)” at that time"))
        let swapped = try await visit.follow(try await give("Joy"))
        #expect(swapped.text.contains(", and has given up “\(title)” for it."))
    }

    @Test func `what moved meanwhile is refused in plain words`() async throws {
        let (house, visit) = try await houseWithFreePlace()
        let token = try await visit.get(path).token
        func give(_ reference: String, _ session: String? = "case-studies") async throws -> Page {
            try await visit.post(
                path + "/give",
                [("token", token), ("reference", reference)] + (session.map { [("session", $0)] } ?? []))
        }
        let (bob, eve) = (try await reference("Bob", in: house), try await reference("Eve", in: house))
        let unknown = try await give(bob, "gone")
        #expect(unknown.status == .conflict && unknown.text.contains("not in the programme any more"))
        #expect(try await give("00000000").text.contains("not in the event any more"))
        #expect(try await give("nobody").status == .notFound)
        #expect(try await give(bob).status == .seeOther)
        let full = try await give(eve)
        #expect(full.status == .conflict && full.text.contains("has no free place."))
        _ = try await house.front.holdLists(event: Sample.event.slug, false)
        let late = try await give(eve)
        #expect(late.status == .conflict)
        #expect(late.text.contains("free places go by themselves to whoever has waited longest."))
    }

    @Test func `nobody gives a place but an organiser from their own page`() async throws {
        let (house, organiser) = try await houseWithFreePlace()
        let bob = try await reference("Bob", in: house)
        let fields = [("reference", bob), ("session", "case-studies")]
        let reception = Visit(house)
        try await reception.signIn(.reception)
        let token = try await reception.get("/desk/\(Sample.event.slug)").token
        #expect(try await reception.post(path + "/give", fields + [("token", token)]).status == .forbidden)
        #expect(try await organiser.post(path + "/give", fields + [("token", token)]).status == .forbidden)
        #expect(
            try await Visit(house).post(path + "/give", fields).headers["Location"]?.hasPrefix("/login")
                == true)
        let page = try await house.front.attendees(
            event: Sample.event.slug, AttendeeFilter(session: "case-studies", status: .waiting), limit: 9)
        #expect(page?.items.count == 2)
    }

    @Test func `those whom the page does not show are found at the desk`() async throws {
        let (house, visit) = try await houseWithFreePlace()
        for number in 0..<FrontOfHouse.shownWaiting {
            try await wait("Late\(number)", for: "case-studies", in: house)
        }
        let page = try await visit.get(path)
        #expect(buttons(page) == FrontOfHouse.shownWaiting && page.text.contains("and 2 more"))
        #expect(page.text.contains("href=\"/desk/\(Sample.event.slug)\""))
        let last = try await reference("Late\(FrontOfHouse.shownWaiting - 1)", in: house)
        #expect(!page.text.contains(last))
        let found = try await visit.get("/desk/\(Sample.event.slug)/\(last)")
        #expect(found.text.contains("action=\"/desk/\(Sample.event.slug)/\(last)/place\""))
    }
}
