import HTTP
import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct NeedsPageTests {
    private let path = "/organise/\(Sample.event.slug)/needs"

    private func fill(_ house: House) async throws -> RegisteredAttendee {
        _ = try await house.register(
            RegistrationForm(name: "Grace Hopper", email: "g@example.org", dietaryNeeds: "Vegan"))
        return try await house.register(
            RegistrationForm(
                name: "Ada <b>", email: "a@example.org", accessNeeds: "A ramp <i>", dietaryNeeds: "vegan",
                sessions: ["case-studies"]))
    }

    @Test func `organisers read needs with rooms, dietary ones without names, and when they are deleted`()
        async throws
    {
        let house = try await House()
        _ = try await fill(house)
        let visit = Visit(house)
        try await visit.signIn(.organiser)
        let page = try await visit.get(path).text
        #expect(page.contains("<td class=\"number\">2</td>"))
        #expect(page.contains("Ada &lt;b&gt;") && page.contains("A ramp &lt;i&gt;"))
        #expect(page.contains("11:15</span> Room 3: Case studies showcasing best practices"))
        #expect(!page.contains("Grace Hopper"))
        #expect(page.contains("17:00 on Wednesday 18 December 2024"))
    }

    @Test func `reception reads nobody's needs, on no page of theirs`() async throws {
        let house = try await House()
        let ada = try await fill(house)
        house.clock.now = Sample.at(9)
        let visit = Visit(house)
        try await visit.signIn(.reception)
        #expect(try await visit.get(path).status == .forbidden)
        #expect(
            try await visit.get("/organise/\(Sample.event.slug)/attendees.csv?needs=yes").status == .forbidden
        )
        let desk = "/desk/\(Sample.event.slug)"
        let found = try await visit.follow(try await visit.search("Ada"))
        let scanned = try await visit.follow(try await visit.search(ada.attendee.code.description))
        for page in [
            try await visit.get(desk), found, scanned,
            try await visit.get("\(desk)/\(ada.attendee.reference)"),
        ] {
            #expect(page.status == .ok)
            #expect(!page.text.lowercased().contains("ramp") && !page.text.lowercased().contains("vegan"))
        }
    }

    @Test func `the forms of the desk overwrite no needs, whatever is sent with them`() async throws {
        let house = try await House()
        let ada = try await fill(house)
        let visit = Visit(house)
        try await visit.signIn(.reception)
        let path = "/desk/\(Sample.event.slug)/\(ada.attendee.reference)"
        let blocks = Sample.programme.blocks.compactMap { $0.first?.session.slug }
        let fields =
            [
                ("name", "Ada King"), ("email", "a@example.org"), ("access_needs", ""),
                ("dietary_needs", "Halal"),
            ] + blocks.map { ("session.\($0)", "-") }
        for form in ["/details", "/workshops"] {
            let page = try await visit.get(path + form)
            #expect(!page.text.contains("_needs"))
            #expect(try await visit.post(path + form, [("token", page.token)] + fields).status == .seeOther)
        }
        let kept = try #require(
            try await house.front.attendee(event: Sample.event.slug, reference: ada.attendee.reference))
        #expect(kept.attendee.name == "Ada King" && kept.attendee.accessNeeds == "A ramp <i>")
        #expect(kept.attendee.dietaryNeeds == "vegan")
    }

    @Test func `once deleted the page says when, and forms ask for needs no more`() async throws {
        let house = try await House()
        _ = try await fill(house)
        let visit = Visit(house)
        let form = try await visit.get(Sample.registerPath).text
        #expect(form.contains("deleted on Wednesday 18 December 2024"))
        house.clock.now = Sample.event.needsPurged
        _ = try await house.front.purgeNeedsDue()
        try await visit.signIn(.organiser)
        let page = try await visit.get(path).text
        #expect(page.contains("Deleted at 17:00 on Wednesday 18 December 2024."))
        #expect(!page.contains("ramp"))
        #expect(!(try await visit.get(Sample.registerPath).text.contains("access_needs")))
        #expect(!(try await visit.get("/organise/\(Sample.event.slug)/consents").text.contains("needs=yes")))
    }
}
