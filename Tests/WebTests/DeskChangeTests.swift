import HTTP
import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct DeskChangeTests {
    private let desk = "/desk/\(Sample.event.slug)"

    private func signedIn(_ house: House, _ role: Role) async throws -> Visit {
        let visit = Visit(house)
        try await visit.signIn(role)
        return visit
    }

    private func path(_ person: RegisteredAttendee) -> String { "\(desk)/\(person.attendee.reference)" }

    private func now(_ person: RegisteredAttendee, _ house: House) async throws -> RegisteredAttendee {
        try #require(
            try await house.front.attendee(
                event: Sample.event.slug, reference: person.attendee.reference))
    }

    @Test func `reception corrects who somebody is, on the day too, and what they booked stays`() async throws
    {
        let house = try await House(letters: true)
        let ada = try await house.register("Ada Lovelase", sessions: ["case-studies"])
        house.clock.now = Sample.at(10)
        let visit = try await signedIn(house, .reception)
        #expect(try await visit.get(path(ada)).text.contains("\(path(ada))/details"))
        let form = try await visit.get(path(ada) + "/details")
        #expect(form.value("name") == "Ada Lovelase")
        let fields = [
            ("token", form.token), ("name", "Ada Lovelace"), ("email", "ada@example.org"),
            ("organisation", "Oak Tree Surgery"), ("role", ""),
        ]
        let saved = try await visit.follow(try await visit.post(path(ada) + "/details", fields))
        #expect(saved.text.contains("Ada Lovelace") && saved.text.contains("Oak Tree Surgery"))
        let found = try await now(ada, house)
        #expect(found.attendee.email == "ada@example.org" && found.bookings.count == 1)
        #expect(found.attendee.code.description == ada.attendee.code.description)
    }

    @Test func `a mistake in them is named, and nothing typed is lost`() async throws {
        let house = try await House()
        let ada = try await house.register("Ada Lovelace")
        let bob = try await house.register("Bob")
        let visit = try await signedIn(house, .reception)
        let form = try await visit.get(path(ada) + "/details")
        func send(_ name: String, _ email: String) async throws -> Page {
            try await visit.post(
                path(ada) + "/details",
                [("token", form.token), ("name", name), ("email", email), ("role", "Nurse <b>")])
        }
        let wrong = try await send("", "nobody")
        #expect(wrong.status == .unprocessableContent && wrong.value("email") == "nobody")
        #expect(wrong.text.contains("Nurse &lt;b&gt;") && wrong.text.contains("href=\"#name\""))
        let taken = try await send("Ada Lovelace", bob.attendee.email)
        #expect(taken.status == .unprocessableContent && taken.value("email") == bob.attendee.email)
        #expect(try await now(ada, house).attendee.name == "Ada Lovelace")
    }

    @Test func `reception changes workshops when attendees can't any more, and a full one is refused`()
        async throws
    {
        let house = try await House()
        let ada = try await house.register("Ada", sessions: ["case-studies"])
        try await house.fill("resources")
        house.clock.now = Sample.at(10)
        let visit = try await signedIn(house, .reception)
        let form = try await visit.get(path(ada) + "/workshops")
        let blocks = Sample.programme.blocks.compactMap { $0.first?.session.slug }
        func send(_ first: String) async throws -> Page {
            let answers = zip(blocks, [first] + blocks.dropFirst().map { _ in "-" })
            return try await visit.post(
                path(ada) + "/workshops",
                [("token", form.token)] + answers.map { ("session." + $0.0, $0.1) })
        }
        let full = try await send("resources")
        #expect(full.status == .unprocessableContent)
        #expect(try await now(ada, house).bookings.map(\.session.slug) == ["case-studies"])
        let unanswered = try await visit.post(path(ada) + "/workshops", [("token", form.token)])
        #expect(unanswered.status == .unprocessableContent)
        let saved = try await visit.follow(try await send("active-medicine"))
        #expect(saved.path == path(ada) && saved.text.contains("Active Medicine training"))
        #expect(try await now(ada, house).bookings.map(\.session.slug) == ["active-medicine"])
    }

    @Test func `an organiser cancels for somebody after being asked, and reception does not`() async throws {
        let house = try await House()
        let ada = try await house.register("Ada", sessions: ["case-studies"])
        let reception = try await signedIn(house, .reception)
        #expect(try await reception.get(path(ada)).text.contains("/cancel\"") == false)
        let token = try await reception.get(path(ada)).token
        #expect(try await reception.get(path(ada) + "/cancel").status == .forbidden)
        #expect(
            try await reception.post(path(ada) + "/cancel", [("token", token)]).status == .forbidden)
        let visit = try await signedIn(house, .organiser)
        #expect(try await visit.get(path(ada)).text.contains("\(path(ada))/cancel"))
        let asked = try await visit.get(path(ada) + "/cancel")
        #expect(asked.text.contains("Cancel this registration?") && asked.text.contains("their workshops"))
        #expect(try await now(ada, house).attendee.status == .confirmed)
        let done = try await visit.follow(
            try await visit.post(path(ada) + "/cancel", [("token", asked.token)]))
        #expect(done.text.contains("Cancelled") && !done.text.contains("/details\""))
        #expect(try await now(ada, house).attendee.status == .cancelled)
    }

    @Test(arguments: ["details", "workshops", "cancel"])
    func `a form of another sign-in changes nothing`(form: String) async throws {
        let house = try await House()
        let ada = try await house.register("Ada", sessions: ["case-studies"])
        let visit = try await signedIn(house, .organiser)
        let other = try await signedIn(house, .organiser)
        let token = try await other.get(path(ada) + "/" + form).token
        let fields = [("token", token), ("name", "Eve"), ("email", "eve@example.org")]
        #expect(try await visit.post(path(ada) + "/" + form, fields).status == .forbidden)
        let found = try await now(ada, house)
        #expect(found.attendee.name == "Ada" && found.bookings.count == 1)
        #expect(try await visit.get("\(desk)/00000000/\(form)").status == .notFound)
    }
}
