import Operations
import Registration
import TestPeers
import Testing

extension ChromiumTests {
    @Test(arguments: [true, false])
    func `an organiser uploads slides, and somebody gives feedback on a phone`(hasJavaScript: Bool)
        async throws
    {
        let house = try await House()
        let ada = try await house.register("Ada", sessions: ["active-medicine"])
        let folder = try TemporaryFolder()
        // Some megabytes: more than one piece, and more than any buffer on the way.
        let text = String(repeating: "slides – ", count: 300_000)
        let file = try folder.write(text, to: "Folien für Zoë.pdf")
        var screen = Chromium.Screen.phone
        screen.hasJavaScript = hasJavaScript
        try await serve(house, screen) { browser, site in
            try await signIn(browser, site, house, as: .organiser)
            try await browser.open(site + MaterialsPageTests.path)
            try await browser.click("#add-file button")
            try await eventually("the problem is shown") { try await browser.has("#problems") }
            try await browser.type(file, into: "#file")
            try await browser.click("#add-file button")
            try await eventually("it is added") { try await browser.has(".materials a") }
            #expect(try await browser.text(".materials a") == "Folien für Zoë.pdf")
            #expect(try await browser.text(".notice") == "Added.")

            house.clock.now = Sample.at(18)
            try await browser.open(site + MaterialsPageTests.own(ada))
            #expect(try await browser.text(".materials .small") == "PDF, 3.1 MiB")
            try await browser.click("a[href$='/feedback']")
            try await browser.click("label:has([name='rating.day'][value='5'])")
            try await browser.click("summary")
            try await browser.type("Go there.", into: "[id='quote.day']")
            try await browser.click("label:has([name='publish.day'])")
            try await browser.click("form button[type='submit']")
            try await eventually("it is kept") { try await browser.has(".done") }
            #expect(
                try await browser.evaluate("document.documentElement.scrollWidth <= innerWidth") == "true")
        }
        let stored = try #require(
            try await house.front.materials(event: Sample.event.slug)?.sessions.flatMap(\.materials).first)
        #expect(stored.content == .file(bytes: text.utf8.count))
        let visit = Visit(house)
        let answer = try await visit.get(MaterialsPageTests.own(ada) + "/materials/\(stored.id)")
        // What is collected of a stream ends at a megabyte.
        #expect(
            answer.text.utf8.count == 1 << 20 && text.utf8.starts(with: answer.text.utf8.prefix(1_000_000)))
        let quotes = try await house.front.feedbackResults(event: Sample.event.slug)?.subjects[0].quotes
        #expect(quotes == [PublishableQuote(text: "Go there.", role: "")])
    }

    @Test func `a file that is too large is said to be before it is sent`() async throws {
        let house = try await House()
        try await serve(house, .phone) { browser, site in
            try await signIn(browser, site, house, as: .organiser)
            try await browser.open(site + MaterialsPageTests.path)
            let choose = """
                (() => { const data = new DataTransfer(); \
                data.items.add(new File([new Uint8Array(\(Material.fileBytesLimit) + arguments[0])], 'a')); \
                const field = document.getElementById('file'); field.files = data.files; \
                field.dispatchEvent(new Event('change')); return field.validationMessage; })()
                """
            let past = try await browser.evaluate(choose.replacing("arguments[0]", with: "1"))
            #expect(past.hasPrefix("A file may have at most 50 MiB."))
            #expect(try await browser.evaluate(choose.replacing("arguments[0]", with: "0")) == "")
        }
    }
}
