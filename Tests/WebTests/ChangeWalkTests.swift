import Foundation
import HTTP
import Operations
import Registration
import TestPeers
import Testing

// What attendees change on their own page.
extension WalkTests {
    @Test(arguments: [true, false])
    func `workshops are changed, a list is joined with a swap, which happens, and another list is left`(
        hasJavaScript: Bool
    ) async throws {
        let house = try await House()
        try await house.fill("case-studies")
        try await house.fill("long-term")
        let ada = try await house.register("Ada Lovelace", sessions: ["active-medicine"])
        try await Walk.through(house, "change", hasJavaScript: hasJavaScript) { walk in
            try await walk.open(Walk.own(ada))
            try await walk.see("Your registration", "1-own")
            let isBefore = try await walk.browser.evaluate(
                """
                document.getElementById("change").getBoundingClientRect().top
                    < document.getElementById("consents").getBoundingClientRect().top
                """)
            #expect(isBefore == "true")
            try await walk.press("a[href$='/workshops']")
            try await walk.see("Change your workshops", "2-form")
            try await walk.press("label:has([value='resources'])")
            try await walk.press("label:has([value='~case-studies'])")
            try await walk.press("label:has([value='~long-term'])")
            try await walk.press("label:has([name='swap'])")
            try await walk.submit()
            try await walk.see("Your change is saved", "3-saved")
            let booked = try await walk.browser.text(".booked")
            #expect(booked.contains("Resources to promote active lifestyles"))
            // Of the two lists only the one has a place beside it that would be given up.
            #expect(booked.components(separatedBy: "You are moved here if a place opens").count == 2)
            try await walk.freePlace(in: "case-studies")
            try await walk.open(Walk.own(ada))
            try await walk.see("Your registration", "4-swapped")
            let swapped = try await walk.browser.text(".booked")
            #expect(swapped.contains("Case studies") && !swapped.contains("Resources to promote"))
            #expect(swapped.contains("Number 1 on the waiting list"))
            try await walk.press("a[href$='/workshops']")
            try await walk.see("Change your workshops", "5-leaving")
            try await walk.press("label:has([value='~long-term'])")
            try await walk.submit()
            try await walk.see("Your change is saved", "6-left")
            #expect(try await !walk.browser.text(".booked").contains("waiting list"))
        }
    }

    @Test(arguments: [true, false])
    func `details are corrected, and a new address counts once its letter's link was followed`(
        hasJavaScript: Bool
    ) async throws {
        let house = try await House(letters: true)
        let ada = try await house.register(RegistrationForm(name: "Ada", email: "ada@example.org"))
        try await Walk.through(house, "details", hasJavaScript: hasJavaScript) { walk in
            try await walk.open(Walk.own(ada))
            let code = try await walk.browser.evaluate("document.querySelector('.qr path').outerHTML")
            try await walk.press("a[href$='/details']")
            try await walk.see("Correct your details", "1-form")
            try await walk.retype(" ", into: "#name")
            try await walk.retype("ada@lovelace.example", into: "#email")
            try await walk.submit()
            #expect(try await walk.seeProblems("2-problem").contains("name"))
            try await walk.press("#problems a")
            try await walk.retype("Ada King", into: "#name")
            try await walk.submit()
            try await walk.see("Look at your e-mail", "3-asked")
            let address = try await walk.browser.text(".facts")
            #expect(address.contains("ada@example.org"))
            #expect(address.contains("ada@lovelace.example takes its place once you open the link"))
            #expect(try await walk.browser.text(".badge-name") == "Ada King")
            let kept = try await walk.browser.evaluate("document.querySelector('.qr path').outerHTML")
            #expect(kept == code)
            try await walk.openLetter(try #require(try await walk.letter(.confirmAddress).confirmURL))
            try await walk.see("Is this your address?", "4-confirm")
            try await walk.submit()
            try await walk.see("Your address is confirmed", "5-confirmed")
            try await walk.open(Walk.own(ada))
            #expect(try await walk.browser.text(".facts").contains("ada@lovelace.example"))
            #expect(try await !walk.browser.text(".facts").contains("takes its place"))
        }
    }

    @Test(arguments: [true, false])
    func `with letters a ticket comes by e-mail, a lost link again, and one confirmation cancels`(
        hasJavaScript: Bool
    ) async throws {
        let house = try await House(letters: true)
        try await Walk.through(house, "letters", hasJavaScript: hasJavaScript) { walk in
            try await walk.open(Sample.registerPath)
            try await walk.type("Ada Lovelace", into: "#name")
            try await walk.type("ada@example.org", into: "#email")
            for field in ["session.active-medicine", "session.active-practice"] {
                try await walk.press("label:has([name='\(field)'][value='-'])")
            }
            try await walk.submit()
            try await walk.see("Look at your e-mail", "1-sent")
            try await walk.press("main a[href$='/link']")
            try await walk.see("Send my link again", "2-link")
            try await walk.type("ada", into: "#email")
            try await walk.submit()
            _ = try await walk.seeProblems("3-not-an-address")
            try await walk.retype("ADA@example.org", into: "#email")
            try await walk.submit()
            try await walk.see("Look at your e-mail", "4-sent-again")
            try await walk.openLetter(try await walk.letter(.link).manageURL)
            try await walk.see("Your registration", "5-own")
            try await walk.press("a[href$='/cancel']")
            try await walk.see("Cancel your registration?", "6-cancel")
            try await walk.submit()
            try await walk.see("This registration was cancelled", "7-cancelled")
            #expect(try await !walk.browser.has(".qr"))
            #expect(try await house.front.events().first?.places.confirmed == 0)
        }
    }

    @Test(arguments: [true, false])
    func `questions are answered, and consents given and withdrawn`(hasJavaScript: Bool) async throws {
        let house = try await House(questions: QuestionPageTests.questions)
        try await Walk.through(house, "consents", hasJavaScript: hasJavaScript) { walk in
            try await walk.open(Sample.registerPath)
            try await walk.type("Ada Lovelace", into: "#name")
            try await walk.type("ada@example.org", into: "#email")
            for field in ["session.active-medicine", "session.active-practice"] {
                try await walk.press("label:has([name='\(field)'][value='-'])")
            }
            try await walk.press("label:has([name='consent.newsletter'])")
            try await walk.look("1-form")
            try await walk.submit()
            _ = try await walk.seeProblems("2-unanswered")
            // The links lead to the fields, and the keyboard answers there.
            try await walk.press("#problems a[href='#question.travel']")
            try await walk.browser.type(" ")
            #expect(try await walk.browser.evaluate("document.activeElement.checked") == "true")
            try await walk.press("#problems a[href='#question.rules']")
            try await walk.browser.type(" ")
            let isTicked = "document.getElementById('consent.newsletter').checked"
            #expect(try await walk.browser.evaluate(isTicked) == "true")
            try await walk.submit()
            try await walk.see("You are registered", "3-registered")
            #expect(try await walk.browser.text("[aria-labelledby='answers']").contains("Bus & train"))
            try await walk.press("label:has([name='consent.newsletter'])")
            try await walk.press("label:has([name='consent.quotes'])")
            try await walk.press("form[action$='/consents'] button")
            try await walk.see("Your change is saved", "4-withdrawn")
            let withdrawn = try await walk.browser.text("label:has([name='consent.newsletter'])")
            let given = try await walk.browser.text("label:has([name='consent.quotes'])")
            #expect(withdrawn.contains("Withdrawn at") && given.contains("Given at"))
            try await walk.press("a[href$='/answers']")
            try await eventually("the answers are shown") {
                try await walk.browser.has("[id='question.hope']")
            }
            try await walk.look("5-answers")
            try await walk.press("label:has([value='Car'])")
            try await walk.type("Fresh air", into: "[id='question.hope']")
            try await walk.submit()
            try await eventually("corrected") {
                try await walk.browser.text("[aria-labelledby='answers']").contains("Fresh air")
            }
            try await walk.look("6-corrected")
            let person = try await walk.found("Ada")
            let standing = try await house.front.consents(of: person.attendee.id).standing
            #expect(standing.map(\.consent) == [.quotes])
        }
    }

    @Test(arguments: [true, false])
    func `after the day feedback is given, and the certificate's code shows that it is genuine`(
        hasJavaScript: Bool
    ) async throws {
        let house = try await House()
        let ada = try await house.register("Ada Lovelace", sessions: ["active-medicine"])
        house.clock.now = Sample.at(9)
        try await house.admit(ada)
        house.clock.now = Sample.at(11, 15)
        try await house.admit(ada, at: "active-medicine")
        house.clock.now = Sample.at(18)
        try await Walk.through(house, "after", hasJavaScript: hasJavaScript) { walk in
            try await walk.open(Walk.own(ada))
            try await walk.see("Your registration", "1-own")
            // What people come for is there without scrolling.
            let bottom = try await walk.browser.evaluate(
                "document.querySelector(\"a[href$='.pdf']\").getBoundingClientRect().bottom")
            #expect(Double(bottom) ?? .infinity <= Double(Walk.screen.height))
            try await walk.press("a[href$='/feedback']")
            try await eventually("the form is shown") { try await walk.browser.has("[name='rating.day']") }
            try await walk.look("2-feedback")
            try await walk.press("label:has([name='rating.day'][value='5'])")
            try await walk.press("summary")
            try await walk.type("Walk more.", into: "[id='differently.day']")
            try await walk.type("Go there.", into: "[id='quote.day']")
            try await walk.press("label:has([name='publish.day'])")
            try await walk.look("3-filled-in")
            try await walk.submit()
            try await eventually("it is kept") { try await walk.browser.has(".done") }
            try await walk.look("4-thanks")
            let quotes = try await house.front.feedbackResults(event: Sample.event.slug)?.subjects[0].quotes
            #expect(quotes == [PublishableQuote(text: "Go there.", role: "")])
            // The file is no page to look at; its code is typed as somebody reads it off the paper.
            let file = try await Visit(house).get(Walk.own(ada, "/certificate.pdf")).text
            let code = String(file.split(separator: " ").last ?? "")
            try await walk.open("/verify")
            try await walk.see("Check a certificate", "5-verify")
            try await walk.submit()
            _ = try await walk.seeProblems("6-no-code")
            try await walk.type("K7QX2M4P-0000-0000-0000", into: "#code")
            try await walk.submit()
            try await walk.see("This is not a valid certificate", "7-not-valid")
            try await walk.retype(code.lowercased().replacing("-", with: " "), into: "#code")
            try await walk.submit()
            try await walk.see("This certificate is genuine", "8-genuine")
            let facts = try await walk.browser.text(".facts")
            #expect(facts.contains("Ada Lovelace") && facts.contains("Active Medicine training"))
        }
    }
}
