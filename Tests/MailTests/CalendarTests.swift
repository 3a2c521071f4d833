import FoundationEssentials
import Operations
import Registration
import TestPeers
import Testing

@testable import Mail

/// The calendar file as Python's icalendar reads it.
@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct CalendarTests {
    private func read(_ letter: Letter, _ office: PostOffice, _ script: String) async throws -> String {
        let path = office.folder.path("\(letter.id).eml")
        try Data(try await office.message(of: letter).bytes).write(to: URL(filePath: path))
        return try await ReadMail(path: path).ask(
            """
            from icalendar import Calendar
            files = [part.get_payload(decode=True) for part in message.walk()
                     if part.get_content_type() in ("text/calendar", "application/ics")]
            assert len(files) == 2 and files[0] == files[1]
            calendar = Calendar.from_ical(files[0])
            method = message.walk()
            entry = calendar.walk("VEVENT")[0]
            assert len(calendar.walk("VEVENT")) == 1
            \(script)
            """)
    }

    @Test func `a change updates the entry, and a cancellation removes it`() async throws {
        let office = try await PostOffice(.folder("/nowhere"))
        let person = try await office.person()
        let script = "print(calendar['METHOD'], entry['UID'], entry['SEQUENCE'], entry['STATUS'])"
        var seen: [[Substring]] = []
        for (kind, sequence) in [
            (LetterKind.registered, 3), (.changed, 8), (.programmeChanged, 9), (.cancelled, 12),
        ] {
            let letter = try await office.write(kind, to: person, sequence: sequence)
            seen.append(try await read(letter, office, script).dropLast().split(separator: " "))
        }
        #expect(seen.map { $0[0] } == ["REQUEST", "REQUEST", "REQUEST", "CANCEL"])
        #expect(Set(seen.map { $0[1] }).count == 1)
        #expect(seen.map { $0[2] } == ["3", "8", "9", "12"])
        #expect(seen.map { $0[3] } == ["CONFIRMED", "CONFIRMED", "CONFIRMED", "CANCELLED"])
    }

    @Test(arguments: ["Europe/London", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Auckland", "UTC"])
    func `times are those of the event, wherever it is`(zone: String) async throws {
        let day = Day(zone: zone)
        let office = try await PostOffice(.folder("/nowhere"), day: day)
        let letter = try await office.write(toNew: "ada@example.org")
        let found = try await read(
            letter, office,
            """
            import datetime
            start, end = entry["DTSTART"].dt, entry["DTEND"].dt
            zones = [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")]
            # A reader may overlook what this does not: a time of a zone that says it is UTC.
            lines = [line for line in files[0].decode().split("\\r\\n") if line.startswith(("DTSTART;", "DTEND;"))]
            assert not any(line.endswith("Z") for line in lines)
            print(int(start.timestamp()), int(end.timestamp()), *zones, entry["DTSTART"].params.get("TZID", ""))
            """)
        let event = day.event(now: office.front.now)
        let times = [event.starts, event.ends].map { String($0.rawValue / 1_000) }
        #expect(
            found.dropLast().split(separator: " ").map(String.init) == times
                + (zone == "UTC" ? [] : [zone, zone]))
    }

    @Test func `the entry says what, where, whose and which sessions, and no secret`() async throws {
        let title = "Health; care, and \"activity\": a day — für alle 🏃"
        let office = try await PostOffice(.folder("/nowhere"), day: Day(title: title))
        let sessions = office.sessions
        let letter = try await office.write(to: try await office.person("محمد, \"Mo\"")) { letter in
            letter.bookings = [LetterBooking(session: sessions[0].id, status: .confirmed)]
        }
        let found = try await read(
            letter, office,
            """
            print(entry["SUMMARY"], entry["LOCATION"], sep="\\n")
            print(entry["ORGANIZER"], entry["ATTENDEE"], entry["ATTENDEE"].params["CN"], entry["ATTENDEE"].params["RSVP"])
            print(entry["DESCRIPTION"])
            """)
        let contents = try #require(try await office.front.contents(of: letter))
        let lines = found.split(separator: "\n")
        #expect(lines[0] == title && lines[1] == "Town Hall")
        #expect(lines[2] == "mailto:desk@example.org mailto:ada@example.org محمد, 'Mo' FALSE")
        #expect(lines[3].hasSuffix("Walking groups (Room 1)"))
        #expect(lines[4] == "Reference: \(contents.attendee.reference)")
        #expect(!found.contains("https://"))
    }
}
