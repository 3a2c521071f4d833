import Operations
import Registration
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ReminderTests {
    /// The sample day is 4 December in London; its reminders go out at nine on the day before.
    static let nine = Day.hour(-15)

    @Test func `those who had registered are reminded once, at nine the day before`() async throws {
        let house = try await House(letters: true)
        try await house.importDay()
        house.clock.now = Day.hour(-40)
        let ada = try await house.registered("Ada Lovelace")
        let gone = try await house.registered("Grace Hopper")
        _ = try await house.front.cancel(event: "day", reference: gone.attendee.reference, byStaff: true)
        house.clock.now = Self.nine.adding(milliseconds: -1)
        #expect(try await house.front.oweRemindersDue() == 0)
        house.clock.now = Self.nine
        _ = try await house.registered("Too Late")
        #expect(try await house.front.oweRemindersDue() == 1)
        #expect(try await house.front.oweRemindersDue() == 0)
        #expect(try await house.front.writeOwedLetters() == 1)
        let due = try await house.front.lettersDue(limit: 10)
        #expect(due.filter { $0.told.kind == .reminder }.map(\.told.attendee) == [ada.attendee.id])
    }

    @Test func `a reminder that was put off reminds nobody once the event has begun`() async throws {
        let house = try await House(letters: true)
        try await house.importDay()
        house.clock.now = Day.hour(-40)
        _ = try await house.registered("Ada Lovelace")
        house.clock.now = Self.nine
        #expect(try await house.front.oweRemindersDue() == 1)
        #expect(try await house.front.writeOwedLetters() == 1)
        let letters = try await house.front.lettersDue(limit: 10)
        let reminder = try #require(letters.first { $0.told.kind == .reminder })
        house.clock.now = Day.hour(9).adding(milliseconds: -1)
        #expect(try await house.front.contents(of: reminder) != nil)
        house.clock.now = Day.hour(9)
        #expect(try await house.front.contents(of: reminder) == nil)
    }

    @Test func `nobody is reminded of what has begun, nor where there is no mail`() async throws {
        let house = try await House(letters: true)
        try await house.importDay()
        house.clock.now = Day.hour(-40)
        _ = try await house.registered("Ada Lovelace")
        house.clock.now = Day.hour(9)
        #expect(try await house.front.oweRemindersDue() == 0)
        let quiet = try await House()
        try await quiet.importDay()
        quiet.clock.now = Day.hour(-40)
        _ = try await quiet.registered("Ada Lovelace")
        quiet.clock.now = Self.nine
        #expect(try await quiet.front.oweRemindersDue() == 0)
    }

    @Test func `nine in the morning is nine where the event is, also when clocks change in the night`() {
        func reminder(_ zone: String, starts: Int64) -> Timestamp {
            var (event, _) = Day.plan(slug: "day", capacity: 1, workshop: 1)
            event.timeZone = zone
            event.starts = Timestamp(rawValue: starts * 1_000)
            return event.reminder
        }
        // 30 March 2025 09:30 in Berlin (summer time since two), reminded on 29 March 09:00, in winter time.
        #expect(reminder("Europe/Berlin", starts: 1_743_319_800).rawValue == 1_743_235_200_000)
        // 1 January 2025 00:30 in Auckland (UTC+13), reminded on 31 December 09:00.
        #expect(reminder("Pacific/Auckland", starts: 1_735_644_600).rawValue == 1_735_588_800_000)
        // 4 December 2024 09:00 in Los Angeles (UTC−8), reminded on 3 December 09:00.
        #expect(reminder("America/Los_Angeles", starts: 1_733_331_600).rawValue == 1_733_245_200_000)
    }
}
