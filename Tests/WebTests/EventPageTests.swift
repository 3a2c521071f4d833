import HTTP
import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct EventPageTests {
    @Test func `a single event is where the front page leads; without any it says so`() async throws {
        #expect(try await Visit(try await House()).get("/").headers["Location"] == Sample.path)
        let empty = try await Visit(try await House(event: nil)).get("/")
        #expect(empty.status == .ok && empty.text.contains("No event"))
    }

    @Test func `several events are listed, those that are over last`() async throws {
        let house = try await House()
        var other = Sample.event
        other.slug = "later"
        other.title = "Later <event>"
        _ = try await house.front.importEvent(other, sessions: [])
        let page = try await Visit(house).get("/")
        #expect(page.text.contains("Later &lt;event&gt;"))
        #expect(!page.text.contains("Past events"))
        house.clock.now = Sample.at(18)
        #expect(try await Visit(house).get("/").text.contains("Past events"))
    }

    @Test func `the page says what is full and what is left`() async throws {
        let house = try await House()
        try await house.fill("walk")
        let text = try await Visit(house).get(Sample.path).text
        #expect(text.contains("138 places left"))
        #expect(text.contains("30 places left"))
        #expect(text.contains(">Full</span>"))
        #expect(text.contains("Dr. Hussain Al-Zubaidi, GP &amp; Physical Activity Champion"))
    }

    @Test func `whether one can register is said with when`() async throws {
        let house = try await House()
        func page() async throws -> String { try await Visit(house).get(Sample.path).text }
        #expect(try await page().contains("href=\"\(Sample.registerPath)\""))
        house.clock.now = Sample.event.registrationOpens.adding(seconds: -1)
        #expect(try await page().contains("Registration is not open yet"))
        house.clock.now = Sample.event.registrationCloses
        #expect(try await page().contains("Registration has closed"))
        house.clock.now = Sample.event.ends
        #expect(try await page().contains("This event is over"))
        for moment in [Sample.event.registrationCloses, Sample.event.ends] {
            house.clock.now = moment
            #expect(try await !page().contains("href=\"\(Sample.registerPath)\""))
        }
    }

    @Test func `a full event says so and offers its waiting list`() async throws {
        var small = Sample.event
        small.capacity = 1
        let house = try await House(event: small)
        _ = try await house.register("Ada")
        let text = try await Visit(house).get(Sample.path).text
        #expect(text.contains("All places are taken"))
        #expect(text.contains("Join the waiting list") && text.contains("Nobody waits yet"))
        let form = try await Visit(house).get(Sample.registerPath)
        #expect(form.text.contains("All places are taken") && form.value("if_full") == "wait")
    }

    @Test func `once nobody can register the programme says no more how many places are left`() async throws {
        let house = try await House()
        let visit = Visit(house)
        #expect(try await visit.get(Sample.path).text.contains("30 places left"))
        house.clock.now = Sample.event.registrationCloses
        #expect(!(try await visit.get(Sample.path).text.contains("places left")))
    }

    @Test func `whoever opens what takes a form is told so in words for people`() async throws {
        let page = try await Visit(try await House()).get("/logout")
        #expect(page.status == .methodNotAllowed && page.text.contains("takes what a form sends"))
    }

    @Test func `an address of no event is a page that says so`() async throws {
        let visit = Visit(try await House())
        for path in ["/e/nowhere", "/e/nowhere/register", "/nowhere", "/e//register"] {
            let page = try await visit.get(path)
            #expect(page.status == .notFound)
            #expect(page.text.contains("<h1>Not found</h1>"))
        }
        let wrong = try await visit.post("/e/nowhere", [])
        #expect(wrong.status == .methodNotAllowed && wrong.headers["Allow"] == "GET, HEAD")
    }

    @Test func `a tab is called as its event, and a time zone belongs to a programme`() async throws {
        let house = try await House()
        let page = try await Visit(house).get(Sample.path).text
        #expect(page.contains("<title>\(Sample.event.title)</title>"))
        #expect(page.contains("All times are local"))
        _ = try await house.front.importEvent(Sample.event, sessions: [])
        #expect(try await !Visit(house).get(Sample.path).text.contains("All times are local"))
    }

    @Test func `sessions that begin together stand as the event's file has them`() async throws {
        let house = try await House()
        var other = Sample.event
        other.slug = "other"
        _ = try await house.front.importEvent(
            other, sessions: Sample.programme.offers.reversed().map(\.session))
        let text = try await Visit(house).get("/e/other").text
        let titles = ["Resources to promote", "Case studies", "Active Medicine training"]
        let places = try titles.map { try #require(text.firstRange(of: $0)).lowerBound }
        #expect(places == places.sorted())
    }

    @Test func `browsers find the icon, and crawlers are kept off people's own pages`() async throws {
        let visit = Visit(try await House())
        let icon = try await visit.follow(try await visit.get("/favicon.ico"))
        #expect(icon.headers["Content-Type"] == "image/svg+xml")
        let robots = try await visit.get("/robots.txt").text
        #expect(robots == "User-agent: *\nDisallow: /e/*/me/\n")
    }
}
