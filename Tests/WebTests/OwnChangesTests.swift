import HTTP
import Operations
import Registration
import TestPeers
import Testing

/// What attendees change on their own page.
@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct OwnChangesTests {
    private func path(_ person: RegisteredAttendee, _ form: String = "") -> String {
        "\(Sample.path)/me/\(person.attendee.reference)/\(person.manageKey)\(form)"
    }

    private func bookings(_ person: RegisteredAttendee, in house: House) async throws -> [String] {
        let now = try await house.front.attendee(
            event: Sample.event.slug, reference: person.attendee.reference)
        return (now?.bookings ?? []).map { "\($0.session.slug) \($0.status.rawValue)" }
    }

    @Test func `workshops are changed in the form, which begins with what one has`() async throws {
        let house = try await House()
        let ada = try await house.register("Ada", sessions: ["resources", "walk"])
        let visit = Visit(house)
        let form = try await visit.get(path(ada, "/workshops"))
        #expect(form.text.contains("value=\"resources\" checked") && form.text.contains("You have a place"))
        #expect(form.text.contains("value=\"walk\" checked"))
        let saved = try await visit.post(
            path(ada, "/workshops"),
            [
                ("token", form.token), ("session.active-medicine", "case-studies"),
                ("session.active-practice", "-"),
            ])
        let own = try await visit.follow(saved)
        #expect(own.text.contains("Your change is saved"))
        #expect(try await bookings(ada, in: house) == ["case-studies confirmed"])
    }

    @Test func `a page that is open since before another change undoes nothing, and shows what holds now`()
        async throws
    {
        let house = try await House()
        try await house.fill("case-studies")
        let ada = try await house.register("Ada", sessions: ["resources"])
        let visit = Visit(house)
        let old = try await visit.get(path(ada, "/workshops"))
        let joined = AttendeeChange(sessions: ["resources", "case-studies"], ifFull: .wait)
        _ = try await house.front.change(
            event: Sample.event.slug, reference: ada.attendee.reference, joined, byStaff: false)
        func send(_ form: Page, _ choices: [(String, String)]) async throws -> Page {
            let hidden = [("token", form.token), ("seen", form.value("seen") ?? "")]
            return try await visit.post(
                path(ada, "/workshops"), hidden + [("session.active-practice", "-")] + choices)
        }
        // A mistake in between does not make an old page a new one.
        let mistaken = try await send(old, [])
        #expect(mistaken.status == .unprocessableContent)
        for form in [old, mistaken] {
            let late = try await send(form, [("session.active-medicine", "active-medicine")])
            #expect(late.status == .conflict && late.text.contains("have changed since"))
            #expect(late.text.contains("value=\"resources\" checked"))
            #expect(late.text.contains("value=\"~case-studies\" checked"))
            let has = try await bookings(ada, in: house)
            #expect(Set(has) == ["resources confirmed", "case-studies waiting"])
        }
        // What is so already may be asked for by whatever page.
        let same = [("session.active-medicine", "resources"), ("session.active-medicine", "~case-studies")]
        #expect(try await send(old, same).status == .seeOther)
        let fresh = try await visit.get(path(ada, "/workshops"))
        #expect(try await send(fresh, [("session.active-medicine", "active-medicine")]).status == .seeOther)
        #expect(try await bookings(ada, in: house) == ["active-medicine confirmed"])
    }

    @Test func `a full workshop is waited for beside one's place, and left again`() async throws {
        let house = try await House()
        try await house.fill("case-studies")
        let ada = try await house.register("Ada", sessions: ["resources"])
        let visit = Visit(house)
        let form = try await visit.get(path(ada, "/workshops"))
        let fields = [("token", form.token), ("session.active-practice", "-")]
        let saved = try await visit.post(
            path(ada, "/workshops"),
            fields + [
                ("session.active-medicine", "resources"), ("session.active-medicine", "~case-studies"),
                ("swap", "yes"),
            ])
        let own = try await visit.follow(saved)
        #expect(own.text.contains("Number 1 on the waiting list"))
        #expect(own.text.contains("You are moved here if a place opens"))
        // While lists are held a place that opens is nobody's by itself, and once it is over there is none.
        _ = try await house.front.holdLists(event: Sample.event.slug, true)
        let held = try await visit.get(path(ada, "")).text
        #expect(held.contains("At present the organisers choose who is given a free place."))
        #expect(held.contains("You are moved here if you are given a place.") && !held.contains("opens"))
        let now = house.clock.now
        house.clock.now = Sample.event.ends
        let over = try await visit.get(path(ada, "")).text
        #expect(over.contains("Number 1 on the waiting list"))
        #expect(!over.contains("At present the organisers") && !over.contains("You are moved here"))
        house.clock.now = now
        _ = try await house.front.holdLists(event: Sample.event.slug, false)
        let again = try await visit.get(path(ada, "/workshops"))
        #expect(again.text.contains("value=\"~case-studies\" checked"))
        _ = try await visit.post(
            path(ada, "/workshops"), fields + [("session.active-medicine", "resources")])
        #expect(try await bookings(ada, in: house) == ["resources confirmed"])
    }

    @Test func `what can't be had is said beside its question, and nothing changes`() async throws {
        let house = try await House()
        let ada = try await house.register("Ada", sessions: ["resources"])
        let visit = Visit(house)
        let form = try await visit.get(path(ada, "/workshops"))
        try await house.fill("case-studies")
        let refused = try await visit.post(
            path(ada, "/workshops"),
            [
                ("token", form.token), ("session.active-medicine", "case-studies"),
                ("session.active-practice", "-"),
            ])
        #expect(refused.status == .unprocessableContent)
        #expect(refused.problemTargets == ["session.active-medicine"])
        let unanswered = try await visit.post(path(ada, "/workshops"), [("token", form.token)])
        #expect(unanswered.status == .unprocessableContent)
        #expect(try await bookings(ada, in: house) == ["resources confirmed"])
    }

    @Test func `details are corrected, wrong ones are shown and kept`() async throws {
        let house = try await House()
        let ada = try await house.register("Ada")
        let visit = Visit(house)
        let form = try await visit.get(path(ada, "/details"))
        #expect(form.value("name") == "Ada")
        let fields = [("token", form.token), ("email", ada.attendee.email)]
        let wrong = try await visit.post(path(ada, "/details"), fields + [("name", ""), ("role", "GP")])
        #expect(wrong.status == .unprocessableContent && wrong.problemTargets == ["name"])
        #expect(wrong.value("role") == "GP")
        let saved = try await visit.post(
            path(ada, "/details"), fields + [("name", "Ada King"), ("dietary_needs", "Vegan")])
        #expect(try await visit.follow(saved).text.contains("Ada King"))
        let now = try await house.front.attendee(
            event: Sample.event.slug, reference: ada.attendee.reference)
        #expect(now?.attendee.dietaryNeeds == "Vegan")
    }

    @Test func `cancelling takes one confirmation and gives the place away`() async throws {
        let house = try await House()
        let ada = try await house.register("Ada", sessions: ["walk"])
        let visit = Visit(house)
        let page = try await visit.get(path(ada, "/cancel"))
        #expect(page.text.contains("Cancel your registration?"))
        #expect(try await bookings(ada, in: house) == ["walk confirmed"])
        let own = try await visit.follow(
            try await visit.post(path(ada, "/cancel"), [("token", page.token)]))
        #expect(own.text.contains("This registration was cancelled"))
        #expect(!own.text.contains("/workshops\"") && !own.text.contains("<dt>Doors"))
        #expect(own.text.contains("Register again"))
        house.clock.now = Sample.event.registrationCloses
        #expect(try await !visit.get(path(ada, "")).text.contains("Register again"))
        #expect(try await bookings(ada, in: house) == [])
    }

    @Test(arguments: ["/workshops", "/details", "/cancel"])
    func `a form from elsewhere changes nothing, a wrong key shows nothing, and late is told`(form: String)
        async throws
    {
        let house = try await House()
        let ada = try await house.register("Ada", sessions: ["walk"])
        let visit = Visit(house)
        let shown = try await visit.get(path(ada, form))
        let forged = try await visit.post(path(ada, form), [("token", "nonsense"), ("name", "Eve")])
        #expect(forged.status == .forbidden)
        #expect(try await bookings(ada, in: house) == ["walk confirmed"])
        let wrong = "\(Sample.path)/me/\(ada.attendee.reference)/WRONG\(form)"
        #expect(try await visit.get(wrong).status == .notFound)
        #expect(try await visit.post(wrong, []).status == .notFound)
        house.clock.now = Sample.event.starts
        let late = try await visit.get(path(ada, form))
        #expect(late.text.contains("Changes were possible until") && !late.text.contains("<form"))
        #expect(late.text.contains("<h1>It is too late for changes</h1>"))
        if form == "/cancel" {
            let refused = try await visit.post(path(ada, form), [("token", shown.token)])
            #expect(refused.text.contains("<h1>It is too late for changes</h1>"))
        }
        _ = try await house.front.cancel(
            event: Sample.event.slug, reference: ada.attendee.reference, byStaff: true)
        let cancelled = try await visit.get(path(ada, form)).text
        #expect(cancelled.contains("<h1>This registration was cancelled</h1>"))
        #expect(!cancelled.contains("too late") && !cancelled.contains("Changes were possible"))
    }

    @Test func `where letters are sent the answer to a form does not tell who is registered`() async throws {
        let house = try await House(letters: true)
        let answers = [
            ("name", "Ada"), ("email", "ada@example.org"), ("session.active-medicine", "-"),
            ("session.active-practice", "-"),
        ]
        let first = try await Visit(house).register(answers)
        let second = try await Visit(house).register(answers)
        #expect(first.status == .seeOther && first.headers["Location"] == second.headers["Location"])
        let page = try await Visit(house).follow(second)
        #expect(page.text.contains("Look at your e-mail"))
        let kinds = try await house.front.lettersDue(limit: 10).map(\.told.kind)
        #expect(kinds == [.registered, .link])
    }

    @Test func `a lost link is sent again to whoever is registered, and nobody learns who is`() async throws {
        let house = try await House(letters: true)
        _ = try await house.register(RegistrationForm(name: "Ada", email: "ada@example.org"))
        let bob = try await house.register(RegistrationForm(name: "Bob", email: "bob@example.org"))
        _ = try await house.front.cancel(
            event: Sample.event.slug, reference: bob.attendee.reference, byStaff: true)
        let visit = Visit(house)
        let form = try await visit.get(Sample.path + "/link")
        var answers: [String?] = []
        for email in ["ada@example.org", "bob@example.org", "nobody@example.org"] {
            let sent = try await visit.post(
                Sample.path + "/link", [("token", form.token), ("email", email)])
            answers.append(sent.headers["Location"])
        }
        #expect(answers == Array(repeating: Sample.path + "/sent?link", count: 3))
        let wrong = try await visit.post(Sample.path + "/link", [("token", form.token), ("email", "x")])
        #expect(wrong.status == .unprocessableContent && wrong.problemTargets == ["email"])
        let kinds = try await house.front.lettersDue(limit: 10).map(\.told.kind)
        #expect(kinds == [.registered, .registered, .cancelled, .link, .link])
        #expect(try await Visit(try await House()).get(Sample.path + "/link").status == .notFound)
    }

    @Test func `nobody is sent links without end`() async throws {
        let house = try await House(letters: true)
        _ = try await house.register(RegistrationForm(name: "Ada", email: "ada@example.org"))
        for _ in 0..<10 {
            try await house.front.sendLink(event: Sample.event.slug, email: "Ada@example.org")
        }
        #expect(try await house.front.lettersDue(limit: 20).filter { $0.told.kind == .link }.count == 2)
    }

    @Test func `a new address is confirmed by a press of a button in its letter's page`() async throws {
        let house = try await House(letters: true)
        let ada = try await house.register(RegistrationForm(name: "Ada", email: "ada@example.org"))
        let visit = Visit(house)
        let form = try await visit.get(path(ada, "/details"))
        let asked = try await visit.post(
            path(ada, "/details"),
            [("token", form.token), ("name", "Ada"), ("email", "king@example.org")])
        #expect(try await visit.follow(asked).text.contains("Look at your e-mail"))
        let letter = try #require(
            try await house.front.lettersDue(limit: 10).first { $0.told.kind == .confirmAddress })
        let url = try #require(try await house.front.contents(of: letter)?.confirmURL)
        let target = String(url.dropFirst("http://127.0.0.1".count))
        let page = try await Visit(house).get(target)
        #expect(page.text.contains("king@example.org") && !page.text.contains(ada.manageKey))
        #expect(try await visit.get(target + "X").status == .notFound)
        let other = Visit(house)
        let token = try await other.get(target).token
        #expect(try await other.post(target, [("token", token)]).text.contains("Your address is confirmed"))
        #expect(try await other.post(target, [("token", token)]).status == .notFound)
    }
}
