import HTTP
import Operations
import Registration
import TestPeers
import Testing

/// Each flow of attendees as they walk it: on a phone, the same with JavaScript and without.
@Suite(.takesTurns, .serialized, .sharesBrowser, .timeLimit(.minutes(3)))
struct WalkTests {
    /// The sample with a part of the day in which one workshop lasts as long as two others.
    static func houseOfClashes() async throws -> House {
        let house = try await House()
        var sessions = Sample.programme.offers.map(\.session)
        for index in sessions.indices {
            switch sessions[index].slug {
            case "case-studies": sessions[index].ends = Sample.at(11, 50)
            case "resources": sessions[index].starts = Sample.at(11, 50)
            default: break
            }
        }
        _ = try await house.front.importEvent(Sample.event, sessions: sessions)
        return house
    }

    @Test(arguments: [true, false])
    func `two workshops are booked, after a clash was refused that named both`(hasJavaScript: Bool)
        async throws
    {
        let house = try await WalkTests.houseOfClashes()
        try await Walk.through(house, "register", hasJavaScript: hasJavaScript) { walk in
            try await walk.open(Sample.path)
            try await walk.see(Sample.event.title, "1-event")
            try await walk.press("a[href$='/register']")
            try await walk.see("Register", "2-form")
            try await walk.type("Ada Lovelace", into: "#name")
            try await walk.type("ada@example.org", into: "#email")
            try await walk.type("Analytical Engines", into: "#organisation")
            try await walk.type("Vegan", into: "#dietary_needs")
            try await walk.press("label:has([value='active-medicine'])")
            try await walk.press("label:has([value='case-studies'])")
            try await walk.press("label:has([value='long-term'])")
            try await walk.look("3-filled-in")
            try await walk.submit()
            let problems = try await walk.seeProblems("4-clash")
            #expect(problems.contains("Active Medicine training"))
            #expect(problems.contains("Case studies showcasing best practices"))
            #expect(try await house.front.events().first?.places.confirmed == 0)
            // Nothing that was typed is lost, and the summary's link leads to the choice.
            #expect(
                try await walk.browser.evaluate("document.getElementById('dietary_needs').value") == "Vegan")
            try await walk.press("#problems a")
            try await walk.press("label:has([value='active-medicine'])")
            try await walk.submit()
            try await walk.see("You are registered", "5-registered")
            // The hours of the event stay on one line.
            let pieces = try await walk.browser.evaluate(
                "document.querySelector('.facts .together').getClientRects().length")
            #expect(pieces == "1")
            let booked = try await walk.browser.text(".booked")
            #expect(booked.contains("Case studies showcasing best practices"))
            #expect(booked.contains("Supporting activity for those with long-term health conditions"))
            #expect(!booked.contains("Active Medicine training"))
        }
    }

    @Test(arguments: [true, false])
    func `a place in a waiting list is seen, and the promotion once somebody else cancels`(
        hasJavaScript: Bool
    ) async throws {
        let house = try await House()
        try await house.fill("case-studies")
        try await Walk.through(house, "waiting", hasJavaScript: hasJavaScript) { walk in
            try await walk.open(Sample.registerPath)
            try await walk.type("Ada Lovelace", into: "#name")
            try await walk.type("ada@example.org", into: "#email")
            try await walk.press("label:has([value='~case-studies'])")
            try await walk.press("label:has([name='session.active-practice'][value='-'])")
            try await walk.look("1-form")
            try await walk.submit()
            try await walk.see("You are registered", "2-waiting")
            #expect(try await walk.browser.text(".booked").contains("Number 1 on the waiting list"))
            try await walk.freePlace(in: "case-studies")
            try await walk.open(Walk.own(try await walk.found("Ada")))
            try await walk.see("Your registration", "3-promoted")
            let booked = try await walk.browser.text(".booked")
            #expect(booked.contains("Case studies") && !booked.contains("waiting list"))
        }
    }

    @Test(arguments: [true, false])
    func `whoever waits for the whole event sees the place in its list, and the ticket when it is theirs`(
        hasJavaScript: Bool
    ) async throws {
        var event = Sample.event
        event.capacity = 1
        let house = try await House(event: event)
        let first = try await house.register("Grace Hopper")
        try await Walk.through(house, "event-full", hasJavaScript: hasJavaScript) { walk in
            try await walk.open(Sample.path)
            try await walk.look("1-event")
            try await walk.press("a[href$='/register']")
            try await walk.type("Ada Lovelace", into: "#name")
            try await walk.type("ada@example.org", into: "#email")
            for field in ["session.active-medicine", "session.active-practice"] {
                try await walk.press("label:has([name='\(field)'][value='-'])")
            }
            try await walk.look("2-form")
            #expect(try await walk.browser.text("#register").contains("shows your place in the list"))
            try await walk.submit()
            try await walk.see("You are on the waiting list", "3-waiting")
            #expect(try await !walk.browser.has(".done"))
            #expect(try await walk.browser.text("[aria-label='Your ticket']").contains("You are number 1"))
            #expect(try await !walk.browser.has(".qr"))
            try await walk.press("a[href$='/cancel']")
            try await walk.see("Leave the waiting list?", "4-cancel")
            #expect(try await walk.browser.text("main").contains("your place in the list is gone"))
            _ = try await house.front.cancel(
                event: Sample.event.slug, reference: first.attendee.reference, byStaff: false)
            try await walk.open(Walk.own(try await walk.found("Ada")))
            try await walk.see("Your registration", "5-promoted")
            #expect(try await walk.browser.has(".qr"))
        }
    }

    @Test(arguments: [true, false])
    func `of a group of three nobody is registered while one has a mistake, and nothing typed is lost`(
        hasJavaScript: Bool
    ) async throws {
        let house = try await House()
        try await Walk.through(house, "group", hasJavaScript: hasJavaScript) { walk in
            func field(_ name: String, _ person: Int) -> String { "[id='\(name).\(person)']" }
            try await walk.open(Sample.path)
            try await walk.press("a[href$='/register/group']")
            try await walk.see("Register a group", "1-form")
            try await walk.type("Ada Lovelace", into: field("name", 1))
            try await walk.type("ada@example.org", into: field("email", 1))
            try await walk.type("Engines", into: field("organisation", 1))
            try await walk.type("Bob", into: field("name", 2))
            try await walk.type("bob@", into: field("email", 2))
            try await walk.press("button[value='more']")
            try await eventually("there are three") { try await walk.browser.has(field("name", 3)) }
            try await walk.type("Eve", into: field("name", 3))
            try await walk.type("eve@example.org", into: field("email", 3))
            try await walk.press("button[value='register']")
            let problems = try await walk.seeProblems("2-mistake")
            #expect(problems.contains("Person 2: "))
            #expect(try await house.front.events().first?.places.confirmed == 0)
            for (name, person, value) in [
                ("name", 1, "Ada Lovelace"), ("organisation", 1, "Engines"), ("email", 2, "bob@"),
                ("name", 3, "Eve"),
            ] {
                let shown = try await walk.browser.evaluate(
                    "document.getElementById('\(name).\(person)').value")
                #expect(shown == value)
            }
            try await walk.press("#problems a")
            #expect(try await walk.browser.evaluate("document.activeElement.id") == "email.2")
            try await walk.retype("bob@example.org", into: field("email", 2))
            try await walk.press("button[value='register']")
            try await walk.see("Everybody is registered", "3-done")
            #expect(try await house.front.events().first?.places.confirmed == 3)
            try await walk.press("a[href*='/me/']")
            try await walk.see("Your registration", "4-own")
        }
    }
}
