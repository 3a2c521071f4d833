import FoundationEssentials

/// An event of which everything is open now, whatever the day: it lasts from yesterday until tomorrow.
enum SampleDay {
    static func file(capacity: Int, workshop: Int) -> String {
        let (yesterday, tomorrow) = (day(after: -1), day(after: 1))
        return """
            slug = "day"
            title = "The Day"
            venue = "Hall"
            time_zone = "UTC"
            starts = \(tomorrow)T00:00:00
            ends = \(tomorrow)T18:00:00
            capacity = \(capacity)
            contact = "desk@example.org"
            summary = "A day to try everything on."
            registration_opens = \(yesterday)T00:00:00
            doors_open = \(yesterday)T00:00:00

            [[question]]
            slug = "travel"
            label = "How will you travel?"
            kind = "choice"
            choices = ["On foot", "By train"]
            hint = "For the car park."

            [[question]]
            slug = "first"
            label = "My first time"
            kind = "tick"

            [[session]]
            slug = "morning"
            kind = "workshop"
            title = "Morning workshop"
            room = "Room 1"
            starts = \(tomorrow)T10:00:00
            ends = \(tomorrow)T11:00:00
            capacity = \(workshop)

            [[session]]
            slug = "noon"
            kind = "workshop"
            title = "Noon workshop"
            room = "Room 2"
            starts = \(tomorrow)T12:00:00
            ends = \(tomorrow)T13:00:00
            capacity = \(workshop)
            """
    }

    static func day(after days: Int) -> String {
        let moment = Date(timeIntervalSinceNow: Double(days) * 86_400)
        return String(moment.formatted(.iso8601).prefix(10))
    }
}
