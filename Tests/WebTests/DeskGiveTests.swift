import HTTP
import Operations
import Registration
import TestPeers
import Testing

/// What an organiser gives to somebody at the desk while lists are held.
@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct DeskGiveTests {
    private func signedIn(_ house: House, _ role: Role) async throws -> Visit {
        let visit = Visit(house)
        try await visit.signIn(role)
        return visit
    }

    private func path(_ person: RegisteredAttendee) -> String {
        "/desk/\(Sample.event.slug)/\(person.attendee.reference)"
    }

    private func wait(_ name: String, for sessions: [String], in house: House) async throws
        -> RegisteredAttendee
    {
        try await house.register(
            RegistrationForm(name: name, email: "\(name)@example.org", sessions: sessions, ifFull: .wait))
    }

    /// An event that Ada had the only place of, and Bob and Eve wait for, with its lists held.
    private func smallHouse() async throws -> (House, bob: RegisteredAttendee, eve: RegisteredAttendee) {
        var small = Sample.event
        small.capacity = 1
        let house = try await House(event: small)
        let ada = try await house.register("Ada")
        let bob = try await wait("Bob", for: [], in: house)
        let eve = try await wait("Eve", for: ["walk"], in: house)
        _ = try await house.front.holdLists(event: Sample.event.slug, true)
        _ = try await house.front.cancel(
            event: Sample.event.slug, reference: ada.attendee.reference, byStaff: true)
        return (house, bob, eve)
    }

    @Test func `an organiser lets somebody into the event, then into the workshop that they wait for`()
        async throws
    {
        let (house, bob, eve) = try await smallHouse()
        let visit = try await signedIn(house, .organiser)
        let page = try await visit.get(path(eve))
        #expect(page.text.contains("Give a place in the event") && page.value("session") == nil)
        let place = path(eve) + "/place"
        let letIn = try await visit.follow(try await visit.post(place, [("token", page.token)]))
        #expect(letIn.text.contains("Place given") && letIn.text.contains("has a place in the event now."))
        #expect(letIn.text.contains("Check in") && letIn.value("session") == "walk")
        let fields = [("token", page.token), ("session", "walk")]
        let given = try await visit.follow(try await visit.post(place, fields))
        #expect(!given.text.contains("(waiting list)") && !given.text.contains("/place\""))
        let again = try await visit.follow(try await visit.post(place, fields))
        #expect(again.text.contains("has a place in “A walk in the park, with the High Sheriff” already."))
        // Nothing is left for Bob.
        #expect(try await !visit.get(path(bob)).text.contains("/place\""))
        let full = try await visit.follow(try await visit.post(path(bob) + "/place", [("token", page.token)]))
        #expect(full.text.contains("Not given") && full.text.contains("The event has no free place."))
    }

    @Test func `whoever would swap is asked for nothing more, and what they give up is named before`()
        async throws
    {
        let house = try await House()
        try await house.fill("case-studies")
        let bob = try await house.register(
            RegistrationForm(
                name: "Bob", email: "bob@example.org", sessions: ["resources", "case-studies"],
                waitsFor: ["case-studies"], swaps: true))
        _ = try await house.front.holdLists(event: Sample.event.slug, true)
        let guest = try #require(
            try await house.front.attendees(event: Sample.event.slug, limit: 1)?.items.first)
        _ = try await house.front.cancel(
            event: Sample.event.slug, reference: guest.attendee.reference, byStaff: true)
        let visit = try await signedIn(house, .organiser)
        let page = try await visit.get(path(bob))
        let title = try #require(Sample.programme["resources"]?.session.title)
        #expect(page.text.contains("They give up “\(title)” for it, as they wished."))
        let fields = [("token", page.token), ("session", "case-studies")]
        let done = try await visit.follow(try await visit.post(path(bob) + "/place", fields))
        #expect(done.text.contains("and has given up “\(title)” for it."))
        let now = try await house.front.attendee(
            event: Sample.event.slug, reference: bob.attendee.reference)
        #expect(now?.bookings.map(\.session.slug) == ["case-studies"])
    }

    @Test func `reception gives nothing, and neither does a form of another sign-in`() async throws {
        let (house, bob, _) = try await smallHouse()
        let reception = try await signedIn(house, .reception)
        let page = try await reception.get(path(bob))
        #expect(!page.text.contains("/place\""))
        let place = path(bob) + "/place"
        #expect(try await reception.post(place, [("token", page.token)]).status == .forbidden)
        let organiser = try await signedIn(house, .organiser)
        let forged = try await organiser.post(place, [("token", page.token)])
        #expect(forged.status == .forbidden && forged.text.contains("Press the button again."))
        let now = try await house.front.attendee(
            event: Sample.event.slug, reference: bob.attendee.reference)
        #expect(now?.attendee.status == .waiting)
    }

    @Test func `while lists go on nobody is given anything`() async throws {
        let (house, bob, eve) = try await smallHouse()
        let visit = try await signedIn(house, .organiser)
        let token = try await visit.get(path(bob)).token
        _ = try await house.front.holdLists(event: Sample.event.slug, false)
        // Bob had waited longest.
        #expect(try await visit.get(path(bob)).text.contains("Check in"))
        let refused = try await visit.follow(try await visit.post(path(eve) + "/place", [("token", token)]))
        #expect(refused.text.contains("The lists are not held: free places go by themselves"))
    }
}
