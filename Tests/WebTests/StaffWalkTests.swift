import HTTP
import Operations
import Registration
import TestPeers
import Testing

// What organisers do with the lists, on a phone as well.
extension WalkTests {
    @Test(arguments: [true, false])
    func `an organiser sees who is next, holds the lists, and lowers a capacity after its number was refused`(
        hasJavaScript: Bool
    ) async throws {
        let house = try await House()
        try await house.fill("walk")
        let waiting = RegistrationForm(
            name: "Bob", email: "bob@example.org", sessions: ["walk"], waitsFor: ["walk"])
        let bob = try await house.register(waiting)
        let password = try await house.password(of: "staff@example.org", role: .organiser)
        try await Walk.through(house, "organiser", hasJavaScript: hasJavaScript) { walk in
            let lists = "/organise/\(Sample.event.slug)/lists"
            try await walk.open(lists)
            try await walk.see("Sign in", "1-sign-in")
            try await walk.type("staff@example.org", into: "#email")
            try await walk.type(password, into: "#password")
            try await walk.submit()
            // Who was asked to sign in comes to what they wanted.
            try await walk.see("Waiting lists and places", "2-lists")
            let list = "[aria-labelledby='list-walk']"
            let next = try await walk.browser.text(list)
            #expect(next.contains("Bob") && next.contains("Next"))
            try await walk.press("form[action$='/hold'] button")
            try await eventually("held") {
                try await walk.browser.text("main").contains("All lists are held.")
            }
            try await walk.look("3-held")
            try await walk.freePlace(in: "walk")
            try await walk.browser.reload()
            #expect(
                try await walk.browser.text(list).contains("11 of 12 places taken, 1 free, 1 on the list."))
            try await walk.retype("5", into: "#capacity-walk")
            try await walk.press("\(list) form[action$='/capacity'] button")
            #expect(
                try await walk.seeProblems("4-refused").contains(
                    "11 people have booked this workshop, so its places can't be 5."))
            try await walk.press("\(list) .choice")
            try await walk.press("\(list) form[action$='/capacity'] button")
            try await eventually("it is lowered") {
                try await walk.browser.text(list).contains("11 places are taken, 6 more than there are now.")
            }
            try await walk.look("5-lowered")
            // A list that goes on gives nothing away while more have booked than may.
            try await walk.press("form[action$='/hold'] button")
            try await eventually("they go on") {
                try await walk.browser.text("main").contains("Places that become free go to")
            }
            #expect(try await walk.found("Bob").bookings.map(\.status) == [.waiting])
            try await walk.retype("12", into: "#capacity-walk")
            try await walk.press("\(list) form[action$='/capacity'] button")
            try await eventually("it is raised") {
                try await walk.browser.text(list).contains("12 of 12 places taken, 0 on the list.")
            }
            // The event's own places are changed in the same way.
            let own = "[aria-labelledby='for-event']"
            try await walk.retype("20", into: "#capacity")
            try await walk.press("\(own) form[action$='/capacity'] button")
            try await eventually("the event is smaller") {
                try await walk.browser.text("\(own) [role='status']") == "The event now has 20 places."
            }
            try await walk.look("6-event")
            try await walk.open(Walk.own(bob))
            #expect(try await !walk.browser.text(".booked").contains("waiting list"))
        }
    }

    @Test(arguments: [true, false])
    func `an organiser gives what is free by hand, at the list and at the desk`(
        hasJavaScript: Bool
    ) async throws {
        let house = try await House()
        try await house.fill("walk")
        let wish = ["walk"]
        for name in ["Bob", "Eve"] {
            _ = try await house.register(
                RegistrationForm(name: name, email: "\(name)@example.org", sessions: wish, ifFull: .wait))
        }
        _ = try await house.front.holdLists(event: Sample.event.slug, true)
        let password = try await house.password(of: "staff@example.org", role: .organiser)
        try await Walk.through(house, "giving", hasJavaScript: hasJavaScript) { walk in
            for _ in 0..<2 { try await walk.freePlace(in: "walk") }
            try await walk.open("/organise/\(Sample.event.slug)/lists")
            try await walk.type("staff@example.org", into: "#email")
            try await walk.type(password, into: "#password")
            try await walk.submit()
            try await walk.see("Waiting lists and places", "1-lists")
            let list = "[aria-labelledby='list-walk']"
            #expect(
                try await walk.browser.text(list).contains("10 of 12 places taken, 2 free, 2 on the list."))
            try await walk.press("\(list) li:nth-child(2) form button")
            try await eventually("Eve has it") {
                try await walk.browser.text("\(list) [role='status']").hasPrefix("Eve has a place in")
            }
            try await walk.look("2-given")
            // What was done is said where they pressed, on a phone too.
            let top = try await walk.browser.evaluate(
                "document.querySelector(\"\(list)\").getBoundingClientRect().top")
            #expect(abs(Double(top) ?? .infinity) < Double(Walk.screen.height))
            try await walk.press("\(list) li a")
            try await eventually("Bob at the desk") { try await walk.browser.text("#chosen") == "Bob" }
            try await walk.look("3-desk")
            try await walk.press("form[action$='/place'] button")
            try await eventually("Bob has it") {
                try await walk.browser.text(".verdict").contains("Place given")
            }
            try await walk.look("4-desk-given")
            #expect(try await !walk.browser.has("form[action$='/place']"))
            #expect(try await walk.found("Bob").bookings.map(\.status) == [.confirmed])
        }
    }
}
