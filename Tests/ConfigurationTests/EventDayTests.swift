import Configuration
import Testing

@Suite(.timeLimit(.minutes(1)))
struct EventDayTests {
    let london = try? EventZone("Europe/London")

    func time(_ text: String) throws -> WallClockTime {
        let day = try #require(CalendarDay(String(text.prefix(10))))
        let numbers = text.dropFirst(11).split(separator: ":").compactMap { Int($0) }
        return WallClockTime(day: day, hour: numbers[0], minute: numbers[1])
    }

    @Test func `an event moves whole to another day and clocks show the same`() throws {
        let event = try EventFile(Shipped.bytes("events/active-connections-2024.toml"), file: "sample")
        // Into summer time, over a leap day.
        let moved = try event.moved(to: #require(CalendarDay("2028-07-01")))
        #expect(moved.starts.wallClock.description == "2028-07-01T09:00:00")
        #expect(moved.starts.milliseconds == 1_846_051_200_000)
        for (session, before) in zip(moved.sessions, event.sessions) {
            #expect(session.starts.wallClock.hour == before.starts.wallClock.hour)
            #expect(
                session.ends.milliseconds - session.starts.milliseconds
                    == before.ends.milliseconds - before.starts.milliseconds)
        }
        #expect(try moved.moved(to: event.starts.wallClock.day) == event)
    }

    @Test func `an event is not moved out of the years that its times may have`() throws {
        let event = try EventFile(
            Array((EventFileTests.minimal + "registration_opens = 2024-11-30T08:00:00").utf8), file: "x")
        for day in ["9999-12-31", "9999-01-01", "1970-01-01", "1969-12-31", "0001-01-01"] {
            #expect(throws: InvalidText.self, "\(day)") { try event.moved(to: #require(CalendarDay(day))) }
        }
        for day in ["9998-12-01", "1970-01-06"] {
            let moved = try event.moved(to: #require(CalendarDay(day)))
            #expect(moved.starts.wallClock.day.description == day)
        }
    }

    @Test func `what lies on other days keeps its distance in days`() throws {
        let event = try EventFile(
            Array((EventFileTests.minimal + "registration_opens = 2024-11-30T08:00:00").utf8), file: "x")
        let moved = try event.moved(to: #require(CalendarDay("2025-03-01")))
        #expect(moved.registrationOpens?.wallClock.description == "2025-02-25T08:00:00")
        #expect(moved.registrationCloses == nil)
    }

    @Test func `a time that clocks skip on the new day moves with them`() throws {
        let zone = try #require(london)
        var event = try EventFile(Array(EventFileTests.minimal.utf8), file: "x")
        event.doorsOpen = try zone.moment(time("2024-12-04 01:30"))
        let moved = try event.moved(to: #require(CalendarDay("2025-03-30")))
        #expect(moved.doorsOpen?.wallClock.description == "2025-03-30T02:30:00")
    }

    @Test(arguments: [
        ("2024-12-04 09:00", 1_733_302_800_000), ("2024-07-01 09:00", 1_719_820_800_000),
        // Clocks go back: 01:30 comes twice, and the first is meant.
        ("2024-10-27 01:30", 1_729_989_000_000), ("2024-10-27 00:59", 1_729_987_140_000),
        ("2024-10-27 02:00", 1_729_994_400_000), ("2025-03-30 00:59", 1_743_296_340_000),
        ("2025-03-30 02:00", 1_743_296_400_000),
    ]) func `a time in London is this moment`(text: String, milliseconds: Int) throws {
        let moment = try #require(london).moment(time(text))
        #expect(moment.milliseconds == Int64(milliseconds))
        #expect(try #require(london).moment(milliseconds: moment.milliseconds) == moment)
    }

    @Test func `a time that clocks skip is refused where somebody wrote it`() throws {
        let error = #expect(throws: InvalidText.self) {
            try #require(london).moment(time("2025-03-30 01:30"))
        }
        #expect(
            error?.description
                == "is 2025-03-30T01:30:00, which clocks in Europe/London never show: they are set forward over it"
        )
    }

    @Test(arguments: ["Asia/Kathmandu", "America/St_Johns", "Pacific/Apia", "Australia/Lord_Howe", "UTC"])
    func `every hour of two years is read back in zones with odd offsets`(name: String) throws {
        let zone = try EventZone(name)
        for hour in stride(from: Int64(1_700_000_000), to: 1_760_000_000, by: 3_600 * 5) {
            let moment = zone.moment(milliseconds: hour * 1_000)
            let back = try zone.moment(moment.wallClock)
            #expect(back.wallClock == moment.wallClock && back.milliseconds <= moment.milliseconds)
            #expect(moment.milliseconds - back.milliseconds <= 3_600_000)
        }
    }

    @Test(arguments: [
        ("Europe/Londn", "did you mean \"Europe/London\"?"), ("london", "did you mean \"Europe/London\"?"),
        ("Mars/Base", "write one such as \"Europe/London\""), ("", "write one such as \"Europe/London\""),
        ("GMT+1", "write one such as \"Europe/London\""), ("EST", "write one such as \"Europe/London\""),
    ]) func `an unknown zone is refused with the one that was meant`(name: String, hint: String) {
        let error = #expect(throws: InvalidText.self) { try EventZone(name) }
        #expect(error?.description == "is no time zone: \"\(name)\"; \(hint)")
    }

    @Test(arguments: ["2024-02-29", "2000-02-29", "1970-01-01", "2024-12-31", "0001-01-01", "9998-12-31"])
    func `a day is written as it was read`(text: String) {
        #expect(CalendarDay(text)?.description == text)
    }

    @Test(arguments: [
        "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-01", "2024-01-00", "2024-06-31", "24-1-1", "",
        "2024-12-04T", "٢٠٢٤-١٢-٠٤",
    ])
    func `what is no day is refused`(text: String) {
        #expect(CalendarDay(text) == nil)
    }
}
