import Configuration
import Testing

@Suite(.timeLimit(.minutes(1)))
struct EventFileTests {
    static let minimal = """
        slug = "e"
        title = "E"
        time_zone = "Europe/London"
        starts = 2024-12-04T09:00:00
        ends = 2024-12-04T17:00:00
        capacity = 10

        """

    func event(_ text: String) throws -> EventFile {
        try EventFile(Array(text.utf8), file: "event.toml")
    }

    func sample() throws -> EventFile {
        try EventFile(Shipped.bytes("events/active-connections-2024.toml"), file: "sample")
    }

    @Test func `the sample event has the real conference's facts`() throws {
        let event = try sample()
        #expect(event.slug == "active-connections-2024")
        #expect(event.title == "Active Connections: Embedding Physical Activity into Health")
        #expect(event.venue == "Hertfordshire" && event.zone.name == "Europe/London")
        #expect(event.starts.wallClock.day == CalendarDay("2024-12-04"))
        #expect(event.capacity == 150 && event.contact == "hsphealth@herts.ac.uk")
        let keynotes = event.sessions.filter { $0.kind == .keynote }.flatMap(\.speakers)
        #expect(
            keynotes.sorted() == [
                "Annie Brewster, High Sheriff of Hertfordshire",
                "Dr. Hussain Al-Zubaidi, GP & Physical Activity Champion, Royal College of General Practitioners",
                "Sarah Perman, Director of Public Health Hertfordshire",
                "Tom Burton, Strategic Lead for Health at Sport England",
            ])
        let workshops = event.sessions.filter { $0.kind == .workshop }
        #expect(workshops.count == 5 && workshops.allSatisfy { $0.capacity != nil && !$0.room.isEmpty })
        #expect(Set(workshops.map(\.starts)).count == 2)
        #expect(try Shipped.text("events/active-connections-2024.toml").contains("ILLUSTRATIVE"))
    }

    @Test func `times of the sample follow one another and only workshops overlap`() throws {
        let sessions = try sample().sessions
        for (before, after) in zip(sessions, sessions.dropFirst()) {
            let isParallel =
                before.kind == .workshop && after.kind == .workshop && before.starts == after.starts
            #expect(isParallel || before.ends <= after.starts, "\(before.slug), \(after.slug)")
        }
    }

    @Test func `what a file leaves out has its default`() throws {
        let event = try event(EventFileTests.minimal)
        #expect(event.venue == "" && event.contact == "" && event.summary == "" && event.sessions.isEmpty)
        #expect(event.starts.milliseconds == 1_733_302_800_000)
        #expect(event.doorTimes == (1_733_302_800_000 - 7_200_000, event.ends.milliseconds))
        #expect(event.registrationTimes(now: 5) == (5, event.starts.milliseconds))
        // An event of the past: registration is over, and did not open after it closed.
        let late = event.registrationTimes(now: .max)
        #expect(late == (event.starts.milliseconds, event.starts.milliseconds))
    }

    @Test func `every key is taken`() throws {
        let event = try event(
            EventFileTests.minimal + """
                venue = " Hall "
                contact = "a@b.org"
                summary = "One\\nTwo"
                registration_opens = 2024-09-01T08:00:00
                registration_closes = 2024-12-03T18:00:00
                doors_open = 2024-12-04T08:00:00
                doors_close = 2024-12-04T16:00:00
                changes_close = 2024-12-03T18:00:00
                lists_close = 2024-12-03T20:00:00
                [[session]]
                slug = "s"
                kind = "break"
                title = "Tea"
                speakers = ["A", "B"]
                room = "R"
                starts = 2024-12-04T10:00:00
                ends = 2024-12-04T10:30:00
                capacity = 5
                abstract = "x"
                materials = ["https://example.org/a.pdf"]
                """)
        #expect(event.venue == "Hall" && event.summary == "One\nTwo")
        // Summer time: an hour less in UTC than clocks show.
        #expect(event.registrationTimes(now: 0) == (1_725_174_000_000, 1_733_248_800_000))
        #expect(event.doorTimes == (1_733_299_200_000, 1_733_328_000_000))
        #expect(event.changesClose?.milliseconds == 1_733_248_800_000)
        #expect(event.listsClose?.milliseconds == 1_733_256_000_000)
        let session = try #require(event.sessions.first)
        #expect(session.kind == .pause && session.capacity == 5 && session.speakers == ["A", "B"])
        #expect(session.materials == ["https://example.org/a.pdf"])
    }

    @Test func `a time with an offset is that moment wherever the event is`() throws {
        let event = try event(EventFileTests.minimal + "doors_open = 2024-12-04T03:00:00-05:00")
        #expect(event.doorsOpen?.wallClock.description == "2024-12-04T08:00:00")
    }

    @Test func `a programme may have as many sessions as the limit and no more`() throws {
        func file(_ count: Int) -> String {
            EventFileTests.minimal
                + (0..<count).map { number in
                    "[[session]]\nslug = \"s\(number)\"\ntitle = \"S\"\nstarts = 2024-12-04T10:00:00\n"
                        + "ends = 2024-12-04T11:00:00\n"
                }.joined()
        }
        #expect(try event(file(500)).sessions.count == 500)
        let error = #expect(throws: InvalidFile.self) { try event(file(501)) }
        #expect(error?.description == "event.toml:7:1: there are 501 of [[session]]; at most 500 are taken")
    }

    @Test func `a written event is read back as it was`() throws {
        var event = try sample()
        event.summary = "Line\r\none \"two\"\t\\ end 王 🎟\u{0301}"
        event.registrationOpens = event.zone.moment(milliseconds: 1_725_174_000_123)
        // Half past one comes twice that night; this is the second.
        event.doorsOpen = event.zone.moment(milliseconds: 1_729_992_600_000)
        event.sessions[0].materials = ["https://example.org/?q=\\"]
        #expect(event.doorsOpen?.wallClock.description == "2024-10-27T01:30:00")
        #expect(try EventFile(Array(event.toml.utf8), file: "x") == event)
        #expect(try sample().toml == EventFile(Array(sample().toml.utf8), file: "x").toml)
    }
}
