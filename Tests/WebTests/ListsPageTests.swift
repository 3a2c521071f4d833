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

    @Test func `a capacity is changed, and forced below what is booked only when that is ticked`()
        async throws
    {
        let house = try await House()
        try await house.fill("case-studies")
        try await wait("Ada", for: "case-studies", in: house)
        let booked = try #require(Sample.programme["case-studies"]?.session.capacity)
        let visit = Visit(house)
        try await visit.signIn(.organiser)
        let token = try await visit.get(path).token
        func save(_ capacity: String, force: Bool = false) async throws -> Page {
            try await visit.post(
                path + "/capacity",
                [("token", token), ("session", "case-studies"), ("capacity", capacity)]
                    + (force ? [("force", "yes")] : []))
        }
        let refused = try await save("\(booked - 1)")
        #expect(refused.status == .conflict && refused.text.contains("name=\"force\""))
        #expect(refused.text.contains("\(booked) people have booked"))
        #expect(try await save("\(booked - 1)", force: true).status == .seeOther)
        #expect(try await save("\(booked + 1)").status == .seeOther)
        let offer = try await house.front.programme(event: Sample.event.slug)?.programme["case-studies"]
        #expect(offer?.places == Places(capacity: booked + 1, confirmed: booked + 1, waiting: 0))
        for wrong in ["", "x", "0", "1000001"] {
            #expect(try await save(wrong).status == .unprocessableContent)
        }
    }

    @Test func `reception does not reach the lists`() async throws {
        let visit = Visit(try await House())
        try await visit.signIn(.reception)
        #expect(try await visit.get(path).status == .forbidden)
        #expect(try await visit.post(path + "/hold", [("held", "yes")]).status == .forbidden)
    }
}
