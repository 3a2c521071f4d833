import HTTP
import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct RegisterPageTests {
    let answers = [
        ("name", "Ada Lovelace"), ("email", "ada@example.org"), ("organisation", "Analytical Engines"),
        ("role", "Programmer"), ("session.active-medicine", "case-studies"),
        ("session.active-practice", "-"), ("access_needs", "Step-free"), ("dietary_needs", "Vegan"),
    ]

    func answers(but name: String, _ value: String) -> [(String, String)] {
        answers.map { $0.0 == name ? (name, value) : $0 }
    }

    @Test func `a form leads to a page of the attendee's own`() async throws {
        let visit = Visit(try await House())
        let sent = try await visit.register(answers)
        #expect(sent.status == .seeOther)
        let own = try await visit.follow(sent)
        #expect(own.status == .ok)
        #expect(own.text.contains("You are registered"))
        #expect(own.text.contains("Ada Lovelace"))
        #expect(own.text.contains("Case studies showcasing best practices"))
        #expect(!own.text.contains("Becoming an Active Practice"))
    }

    @Test func `workshops that run at once are one question, others a choice of their own`() async throws {
        let page = try await Visit(try await House()).get(Sample.registerPath).text
        #expect(page.contains("type=\"radio\" name=\"session.active-medicine\" value=\"resources\""))
        #expect(page.contains("type=\"radio\" name=\"session.active-medicine\" value=\"-\""))
        #expect(page.contains("type=\"checkbox\" name=\"session.walk\" value=\"walk\""))
        #expect(!page.contains("name=\"session.lunch\""))
    }

    @Test func `every problem is named at the top with a link to its field, and nothing typed is lost`()
        async throws
    {
        let visit = Visit(try await House())
        let page = try await visit.register([
            ("name", ""), ("email", "ada at example"), ("organisation", "A & \"B\" <Ltd>"), ("role", "r"),
            ("session.active-medicine", "resources"), ("session.walk", "walk"),
            ("access_needs", "\n first line\nsecond </textarea><script>"), ("dietary_needs", "Halal"),
        ])
        #expect(page.status == .unprocessableContent)
        #expect(page.problemTargets == ["name", "email", "session.active-practice"])
        for target in page.problemTargets { #expect(page.text.contains(" id=\"\(target)\"")) }
        #expect(page.text.contains("<title>Problem: Register"))
        #expect(page.value("email") == "ada at example")
        #expect(page.value("organisation") == "A &amp; &quot;B&quot; &lt;Ltd&gt;")
        #expect(page.text.contains("\n\n first line\nsecond &lt;/textarea&gt;&lt;script&gt;</textarea>"))
        #expect(page.text.contains("value=\"resources\" checked"))
        #expect(page.text.contains("value=\"walk\" checked"))
        #expect(page.text.contains("Halal"))
    }

    @Test func `all mistakes of a form are told in one round, as their fields follow each other`()
        async throws
    {
        let house = try await House()
        try await house.fill("case-studies")
        let sessions = Sample.programme.offers.map(\.session)
        _ = try await house.front.importEvent(
            Sample.event, sessions: sessions, questions: QuestionPageTests.questions)
        let visit = Visit(house)
        let form = try await visit.get(Sample.registerPath)
        let mistakes = [
            ("token", form.token), ("name", ""), ("email", "ada"),
            ("role", String(repeating: "r", count: 121)),
            ("session.active-medicine", "case-studies"), ("question.travel", "Boat"),
            ("access_needs", String(repeating: "n", count: 2_001)), ("consent.newsletter", "Other words"),
        ]
        let page = try await visit.post(Sample.registerPath, mistakes)
        let found = [
            "name", "email", "role", "session.active-medicine", "session.active-practice", "question.travel",
            "question.rules", "access_needs", "consent.newsletter",
        ]
        #expect(page.status == .unprocessableContent && page.problemTargets == found)
        #expect(page.text.contains("There are 9 problems"))
        // Also where nothing is wrong that the page alone knows of.
        let known = mistakes.filter { $0.0 != "consent.newsletter" } + [("session.active-practice", "-")]
        let other = try await visit.post(Sample.registerPath, known)
        #expect(
            other.problemTargets
                == found.filter { !["session.active-practice", "consent.newsletter"].contains($0) })
        #expect(try await house.front.events().first?.places.waiting == 0)
    }

    @Test func `that the event became full is told with the mistakes of a form`() async throws {
        var small = Sample.event
        small.capacity = 1
        let house = try await House(event: small)
        let visit = Visit(house)
        let form = try await visit.get(Sample.registerPath)
        _ = try await house.register("Bob")
        let page = try await visit.post(
            Sample.registerPath, [("token", form.token)] + answers(but: "name", ""))
        #expect(page.text.contains("All places of the event are taken.") && page.problemTargets == ["name"])
        #expect(page.text.contains("There are 2 problems") && page.text.contains("Join the waiting list"))
    }

    @Test(arguments: [("name", 121), ("organisation", 121), ("role", 121), ("access_needs", 2_001)])
    func `an answer past its limit is refused and kept`(field: String, length: Int) async throws {
        let visit = Visit(try await House())
        let long = String(repeating: "ü", count: length)
        let page = try await visit.register(answers(but: field, long))
        #expect(page.status == .unprocessableContent)
        #expect(page.problemTargets == [field])
        #expect(page.text.contains(long))
        let edge = try await visit.register(answers(but: field, String(long.dropLast())))
        #expect(edge.status == .seeOther)
    }

    @Test func `the same rendering sent twice registers once and answers the same`() async throws {
        let house = try await House()
        let visit = Visit(house)
        let form = try await visit.get(Sample.registerPath)
        let fields = [("token", form.token), ("key", form.value("key") ?? "")] + answers
        async let first = visit.post(Sample.registerPath, fields)
        async let second = visit.post(Sample.registerPath, fields)
        let (one, other) = try await (first, second)
        #expect(one.status == .seeOther && other.status == .seeOther)
        #expect(one.headers["Location"] == other.headers["Location"])
        #expect(try await house.front.events().first?.places.confirmed == 1)
    }

    @Test func `a form sent again with other answers is asked about, not answered as the first`() async throws
    {
        let visit = Visit(try await House())
        let form = try await visit.get(Sample.registerPath)
        let hidden = [("token", form.token), ("key", form.value("key") ?? "")]
        _ = try await visit.post(Sample.registerPath, hidden + answers)
        let again = try await visit.post(
            Sample.registerPath, hidden + answers(but: "email", "charles@example.org"))
        #expect(again.status == .conflict)
        #expect(again.value("email") == "charles@example.org")
        let fresh = [("token", again.token), ("key", again.value("key") ?? "")]
        let sent = try await visit.post(
            Sample.registerPath, fresh + answers(but: "email", "charles@example.org"))
        #expect(sent.status == .seeOther)
    }

    @Test func `a full workshop can only be waited for; who chose a place in it before is told`() async throws
    {
        let house = try await House()
        let visit = Visit(house)
        let form = try await visit.get(Sample.registerPath)
        try await house.fill("case-studies")
        let page = try await visit.post(
            Sample.registerPath, [("token", form.token), ("key", form.value("key") ?? "")] + answers)
        #expect(page.status == .unprocessableContent)
        #expect(
            page.text.contains("type=\"checkbox\" name=\"session.active-medicine\" value=\"~case-studies\""))
        #expect(!page.text.contains("value=\"case-studies\""))
        #expect(page.problemTargets == ["session.active-medicine"])
        #expect(page.text.contains("is full. Choose another"))
        #expect(page.value("name") == "Ada Lovelace")
    }

    @Test func `an address that is registered already is a problem of the e-mail field`() async throws {
        let visit = Visit(try await House())
        _ = try await visit.register(answers)
        let page = try await visit.register(answers)
        #expect(page.status == .unprocessableContent)
        #expect(page.problemTargets == ["email"])
        #expect(page.text.contains("<a href=\"mailto:hsphealth@herts.ac.uk\">write to the organisers</a>"))
    }

    @Test func `a form from elsewhere is refused, registers nobody and loses nothing`() async throws {
        let house = try await House()
        let visit = Visit(house)
        let form = try await visit.get(Sample.registerPath)
        let stranger = Visit(house)
        _ = try await stranger.get(Sample.registerPath)
        let cases: [(Visit, String)] = [
            (visit, ""), (visit, "nonsense"), (stranger, form.token), (Visit(house), form.token),
        ]
        for (sender, token) in cases {
            let page = try await sender.post(Sample.registerPath, [("token", token)] + answers)
            #expect(page.status == .forbidden)
            #expect(page.value("name") == "Ada Lovelace")
        }
        #expect(try await house.front.events().first?.places.confirmed == 0)
    }

    @Test func `the twenty-first form of a minute is kept on the page and not lost`() async throws {
        let house = try await House(registrationsPerMinute: 20)
        let visit = Visit(house)
        for number in 1...20 {
            let sent = try await visit.register(answers(but: "email", "a\(number)@example.org"))
            #expect(sent.status == .seeOther)
        }
        let late = answers(but: "email", "late@example.org")
        let page = try await visit.register(late)
        #expect(page.status == .tooManyRequests)
        #expect(Int(page.headers["Retry-After"] ?? "") ?? 0 > 0)
        #expect(page.value("email") == "late@example.org")
        #expect(try await Visit(house, address: "192.0.2.2").register(late).status == .seeOther)
    }

    @Test func `while too much is going on the form is kept with its key, so that it can be sent again`()
        async throws
    {
        let house = try await House()
        let busy = Visit(house, router: try await house.overloadedPages())
        let form = try await busy.get(Sample.registerPath)
        let key = try #require(form.value("key"))
        let page = try await busy.post(Sample.registerPath, [("token", form.token), ("key", key)] + answers)
        #expect(page.status == .serviceUnavailable)
        #expect(page.headers["Retry-After"] == "5")
        #expect(page.value("name") == "Ada Lovelace")
        #expect(page.value("key") == key)
        #expect(page.text.contains("A lot is going on"))
        #expect(try await house.front.events().first?.places.confirmed == 0)
    }

    @Test func `a fault of ours is said to be ours, is noted, and loses nothing that was typed`() async throws
    {
        let house = try await House()
        let visit = Visit(house)
        let form = try await visit.get(Sample.registerPath)
        let key = try #require(form.value("key"))
        try await house.breakRegistrations()
        let page = try await visit.post(Sample.registerPath, [("token", form.token), ("key", key)] + answers)
        #expect(page.status == .internalServerError)
        #expect(page.text.contains("The mistake is ours") && !page.text.contains("A lot is going on"))
        #expect(page.value("name") == "Ada Lovelace" && page.value("key") == key)
        #expect(house.faults.all.count == 1)
    }

    @Test func `before it opens and after it closes the form leads to the event`()
        async throws
    {
        let house = try await House()
        for moment in [Sample.event.registrationOpens.adding(seconds: -1), Sample.event.registrationCloses] {
            house.clock.now = moment
            let page = try await Visit(house).get(Sample.registerPath)
            #expect(page.headers["Location"] == Sample.path)
        }
    }
}
