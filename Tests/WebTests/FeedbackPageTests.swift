import HTTP
import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct FeedbackPageTests {
    private func path(_ person: RegisteredAttendee) -> String {
        MaterialsPageTests.own(person) + "/feedback"
    }

    private func give(
        _ visit: Visit, _ person: RegisteredAttendee, _ fields: [(String, String)]
    ) async throws -> Page {
        let form = try await visit.get(path(person))
        return try await visit.post(path(person), [("token", form.token)] + fields)
    }

    private func results(_ house: House) async throws -> Page {
        let visit = Visit(house)
        try await visit.signIn(.organiser)
        return try await visit.get("/organise/\(Sample.event.slug)/feedback")
    }

    @Test func `the own page offers it once the event is over, and the form says until when`() async throws {
        let house = try await House()
        let ada = try await house.register("Ada", sessions: ["active-medicine"])
        let early = try await Visit(house).get(path(ada))
        #expect(early.text.contains("from 17:00 on Wednesday 4 December 2024"))
        #expect(!early.text.contains("<form"))
        let own = MaterialsPageTests.own(ada)
        #expect(try await Visit(house).get(own).text.contains("Give feedback") == false)
        house.clock.now = Sample.at(17)
        #expect(try await Visit(house).get(own).text.contains("Give feedback"))
        let form = try await Visit(house).get(path(ada))
        #expect(form.text.contains("17:00 on Sunday 2 February 2025"))
        #expect(form.text.contains("The day as a whole") && form.text.contains("Active Medicine training"))
        #expect(!form.text.contains("Becoming an Active Practice"))
        #expect(form.headers["Cache-Control"] == "no-store")
        #expect(form.headers["Referrer-Policy"] == "no-referrer")
        // Nobody has agreed to anything beforehand.
        #expect(!form.text.contains("checked"))
    }

    @Test func `what is sent is kept, shown again and may be changed`() async throws {
        let house = try await House()
        let ada = try await house.register("Ada", sessions: ["active-medicine"])
        house.clock.now = Sample.at(18)
        let visit = Visit(house)
        let sent = try await give(
            visit, ada,
            [
                ("rating.day", "4"), ("differently.day", "Walk <more>"),
                ("rating.session.active-medicine", "5"), ("quote.session.active-medicine", "Go."),
                ("publish.session.active-medicine", "yes"),
            ])
        #expect(sent.status == .seeOther)
        let page = try await visit.follow(sent)
        #expect(page.text.contains("Thank you") && page.text.contains("Walk &lt;more&gt;"))
        #expect(page.text.contains("name=\"rating.day\" value=\"4\" checked"))
        #expect(page.text.contains("name=\"publish.session.active-medicine\" value=\"yes\" checked"))
        #expect(!page.text.contains("name=\"publish.day\" value=\"yes\" checked"))
        let own = try await visit.get(MaterialsPageTests.own(ada)).text
        #expect(own.contains("Change your feedback"))
        // A box that was unticked takes the consent back.
        _ = try await give(
            visit, ada, [("rating.session.active-medicine", "5"), ("quote.session.active-medicine", "Go.")])
        #expect(try await results(house).text.contains("Go.") == false)
    }

    @Test func `what is wrong is said beside its field and what was typed stays`() async throws {
        let house = try await House()
        let ada = try await house.register("Ada", sessions: ["active-medicine"])
        house.clock.now = Sample.at(18)
        let visit = Visit(house)
        let long = String(repeating: "x", count: Feedback.textLimit + 1)
        let page = try await give(
            visit, ada,
            [
                ("differently.day", "Walk"), ("rating.session.active-medicine", "6"),
                ("quote.session.active-medicine", long),
            ])
        #expect(page.status == .unprocessableContent)
        #expect(
            page.problemTargets == [
                "rating.day", "rating.session.active-medicine", "quote.session.active-medicine",
            ])
        #expect(page.text.contains("\nWalk</textarea>") && page.text.contains(long))
        #expect(page.text.contains("<details open>"))
        for target in page.problemTargets { #expect(page.text.contains("id=\"\(target)\"")) }
        let empty = try await give(visit, ada, [("rating.session.active-practice", "1")])
        #expect(empty.status == .unprocessableContent && empty.problemTargets == ["rating.day"])
        let forged = try await visit.post(path(ada), [("token", "wrong"), ("rating.day", "4")])
        #expect(forged.status == .forbidden)
        #expect(try await results(house).text.contains("No answers yet"))
    }

    @Test func `once it is closed nothing changes but the leave to publish, which can be taken back`()
        async throws
    {
        let house = try await House()
        let ada = try await house.register("Ada")
        house.clock.now = Sample.at(18)
        let visit = Visit(house)
        _ = try await give(
            visit, ada, [("rating.day", "4"), ("quote.day", "A good day."), ("publish.day", "yes")])
        let token = try await visit.get(path(ada)).token
        house.clock.now = Sample.at(24 * 70)
        let late = try await visit.post(path(ada), [("token", token), ("rating.day", "1")])
        #expect(late.status == .conflict && late.text.contains("Feedback closed at 17:00"))
        #expect(try await results(house).text.contains("A good day."))
        #expect(try await visit.get(MaterialsPageTests.own(ada)).text.contains("let the organisers publish"))
        let forged = try await visit.post(path(ada) + "/withdraw", [("token", "wrong")])
        #expect(forged.status == .forbidden)
        #expect(try await results(house).text.contains("A good day."))
        let page = try await visit.get(path(ada))
        let withdrawn = try await visit.post(path(ada) + "/withdraw", [("token", page.token)])
        #expect(try await visit.follow(withdrawn).text.contains("None of your quotes may be published"))
        #expect(try await results(house).text.contains("A good day.") == false)
    }

    @Test func `another's key and a cancelled registration open nothing`() async throws {
        let house = try await House()
        let (ada, bea) = (try await house.register("Ada"), try await house.register("Bea"))
        house.clock.now = Sample.at(18)
        let crossed = "\(Sample.path)/me/\(ada.attendee.reference)/\(bea.manageKey)/feedback"
        #expect(try await Visit(house).get(crossed).status == .notFound)
        _ = try await house.front.cancel(
            event: Sample.event.slug, reference: ada.attendee.reference, byStaff: true)
        #expect(try await Visit(house).get(path(ada)).status == .notFound)
    }

    @Test func `organisers see figures, texts and quotes from five answers on, and nobody's name`()
        async throws
    {
        let house = try await House()
        var people: [RegisteredAttendee] = []
        for number in 1...5 {
            people.append(
                try await house.register(
                    RegistrationForm(
                        name: "Somebody Nr\(number)", email: "\(number)@example.org", role: "Nurse & friend",
                        sessions: ["active-medicine"])))
        }
        house.clock.now = Sample.at(18)
        for (number, person) in people.enumerated() {
            let quote = number == 0 ? [("quote.day", "“Go” <now>"), ("publish.day", "yes")] : []
            _ = try await give(
                Visit(house), person,
                [("rating.day", "\(number + 1)"), ("differently.day", "Thing \(number) & more")] + quote)
            let page = try await results(house)
            #expect(page.text.contains("on average") == (number == 4))
            #expect(page.text.contains("Thing 0 &amp; more") == (number == 4))
            #expect(page.text.contains("“Go” &lt;now&gt;") && page.text.contains("Nurse &amp; friend"))
            #expect(!page.text.contains("Somebody"))
        }
        let page = try await results(house)
        #expect(page.text.contains("3.0 <small>of 5 on average, 5 answers of 5 people"))
        #expect(
            page.text.contains("aria-label=\"Excellent: 1, Very good: 1, Good: 1, Fair: 1, Poor: 1\""))
        #expect(page.text.contains("No answers yet"))
        let reception = Visit(house)
        try await reception.signIn(.reception)
        #expect(
            try await reception.get("/organise/\(Sample.event.slug)/feedback").status == .forbidden)
    }
}
