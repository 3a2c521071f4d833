import HTTP
import Operations
import Registration
import TestPeers
import Testing

/// The forms of the lists' page that change how many places there are.
@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct CapacityTests {
    private let path = "/organise/\(Sample.event.slug)/lists"

    private func wait(_ name: String, for sessions: [String], in house: House) async throws {
        _ = try await house.register(
            RegistrationForm(name: name, email: "\(name)@example.org", sessions: sessions, ifFull: .wait))
    }

    private func organiser(of house: House) async throws -> Visit {
        let visit = Visit(house)
        try await visit.signIn(.organiser)
        return visit
    }

    /// Without a session it is the event's own.
    private func save(
        _ capacity: String, of session: String? = nil, force: Bool = false, _ visit: Visit
    ) async throws -> Page {
        try await visit.post(
            path + "/capacity",
            [("token", try await visit.get(path).token), ("capacity", capacity)]
                + (session.map { [("session", $0)] } ?? []) + (force ? [("force", "yes")] : []))
    }

    /// Of the list that a page leads to.
    private func notice(_ page: Page) -> String? {
        page.text.firstMatch(of: /role="status">(.*?)<\/p>/).map { String($0.1) }
    }

    @Test func `a workshop's is changed, and forced below what is booked only when that is ticked`()
        async throws
    {
        let house = try await House()
        try await house.fill("case-studies")
        try await wait("Ada", for: ["case-studies"], in: house)
        let session = try #require(Sample.programme["case-studies"]?.session)
        let booked = try #require(session.capacity)
        let visit = try await organiser(of: house)
        let refused = try await save("\(booked - 1)", of: session.slug, visit)
        #expect(refused.status == .conflict && refused.text.contains("name=\"force\""))
        #expect(refused.text.contains("\(booked) people have booked this workshop"))
        #expect(refused.problemTargets == ["capacity-case-studies"])
        let sent = try await save("\(booked - 1)", of: session.slug, force: true, visit)
        #expect(sent.headers["Location"]?.hasSuffix("#list-case-studies") == true)
        let forced = try await visit.follow(sent)
        #expect(
            notice(forced)
                == "“\(session.title)” now has \(booked - 1) places. Nobody loses theirs, and nobody new gets one"
                + " until fewer than \(booked - 1) are taken.")
        #expect(
            forced.text.contains("<strong>\(booked) places are taken, 1 more than there are now.</strong>"))
        #expect(!forced.text.contains("\(booked) of \(booked - 1)"))
        let raised = try await visit.follow(try await save("\(booked + 1)", of: session.slug, visit))
        #expect(notice(raised) == "“\(session.title)” now has \(booked + 1) places.")
        #expect(raised.text.contains("\(booked + 1) of \(booked + 1) places taken, 0 on the list"))
        let offer = try await house.front.programme(event: Sample.event.slug)?.programme[session.slug]
        #expect(offer?.places == Places(capacity: booked + 1, confirmed: booked + 1, waiting: 0))
        for wrong in ["", "x", "0", "1000001"] {
            #expect(try await save(wrong, of: session.slug, visit).status == .unprocessableContent)
        }
        for unknown in ["", "gone", "opening"] {
            #expect(try await save("5", of: unknown, visit).status == .notFound)
        }
    }

    @Test func `the event's own stands there before anybody waits, and is changed in the same way`()
        async throws
    {
        let house = try await House()
        let visit = try await organiser(of: house)
        let empty = try await visit.get(path)
        #expect(empty.text.contains("id=\"for-event\"") && empty.value("capacity") == "150")
        for name in ["Ada", "Bob", "Eve"] { _ = try await house.register(name) }
        let full = try await visit.follow(try await save("3", visit))
        #expect(notice(full) == "The event now has 3 places.")
        #expect(full.text.contains("3 of 3 places taken, 0 on the list."))
        try await wait("Liz", for: [], in: house)
        let refused = try await save(" 1 ", visit)
        #expect(refused.status == .conflict && refused.problemTargets == ["capacity"])
        #expect(refused.text.contains("3 people are registered, so the event&#39;s places can&#39;t be 1."))
        // Ticking is offered where it was refused, and nowhere else.
        #expect(refused.text.split(separator: "name=\"force\"", omittingEmptySubsequences: false).count == 2)
        #expect(refused.value("capacity") == "1")
        let sent = try await save("1", force: true, visit)
        #expect(sent.headers["Location"]?.hasSuffix("#for-event") == true)
        let forced = try await visit.follow(sent)
        #expect(
            notice(forced)
                == "The event now has 1 place. Nobody loses theirs, and nobody new gets one until none is taken."
        )
        #expect(forced.text.contains("<strong>3 places are taken, 2 more than there are now.</strong>"))
        #expect(forced.text.contains("until none is taken. 1 on the list."))
        #expect(forced.value("capacity") == "1")
        let places = try await house.front.programme(event: Sample.event.slug)?.places
        #expect(places == Places(capacity: 1, confirmed: 3, waiting: 1))
        let raised = try await visit.follow(try await save("4", visit))
        #expect(notice(raised) == "The event now has 4 places.")
        #expect(raised.text.contains("4 of 4 places taken, 0 on the list."))
        for wrong in ["", "x", "0", "1000001"] {
            let page = try await save(wrong, visit)
            #expect(page.status == .unprocessableContent && page.problemTargets == ["capacity"])
        }
    }

    @Test func `while more are in than there are places, people are told that the event is full`()
        async throws
    {
        let house = try await House()
        for name in ["Ada", "Bob", "Eve"] { _ = try await house.register(name) }
        let visit = try await organiser(of: house)
        _ = try await save("2", force: true, visit)
        let live = try await visit.get("/organise/\(Sample.event.slug)")
        #expect(live.text.contains("<span id=\"registered\">3</span> <small>of 2 places</small>"))
        let event = try await Visit(house).get("/e/\(Sample.event.slug)")
        #expect(event.text.contains("All places are taken") && event.text.contains("Join the waiting list"))
    }

    @Test func `nobody changes it but an organiser from their own page`() async throws {
        let house = try await House()
        let reception = Visit(house)
        try await reception.signIn(.reception)
        let token = try await reception.get("/desk/\(Sample.event.slug)").token
        let fields = [("token", token), ("capacity", "5")]
        for visit in [reception, try await organiser(of: house)] {
            #expect(try await visit.post(path + "/capacity", fields).status == .forbidden)
        }
        #expect(try await house.front.event(Sample.event.slug)?.capacity == 150)
    }
}
