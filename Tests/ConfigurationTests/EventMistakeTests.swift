import Configuration
import Testing

@Suite(.timeLimit(.minutes(1)))
struct EventMistakeTests {
    func mistakes(_ text: String) -> [String] {
        do {
            _ = try EventFile(Array(text.utf8), file: "event.toml")
            return []
        } catch {
            return error.mistakes.map(\.description)
        }
    }

    static func session(_ rest: String) -> String {
        """
        [[session]]
        slug = "s"
        title = "S"
        \(rest)
        """
    }

    /// What somebody wrote, and what they are told.
    static let cases: [(String, String)] = [
        (
            "colour = 1",
            "7:1: unknown key `colour`; known here: slug, title, venue, time_zone, starts, ends, capacity, contact, summary, registration_opens, registration_closes, doors_open, doors_close, changes_close, lists_close, needs_purged, question, session"
        ),
        ("doors_opens = 2024-12-04T08:00:00", "7:1: unknown key `doors_opens`; did you mean `doors_open`?"),
        ("contact = \"nobody\"", "7:11: `contact` is not an e-mail address"),
        ("venue = \"a\\nb\"", "7:9: `venue` has a line end, a tab or another control character"),
        ("summary = \"a\\u0007b\"", "7:11: `summary` has control characters"),
        (
            "venue = \"a\\u202Eb\"",
            "7:9: `venue` has a character that turns the direction of the text around it"
        ),
        (
            "venue = \"a\\u2066b\"",
            "7:9: `venue` has a character that turns the direction of the text around it"
        ),
        (
            "doors_open = \"08:00\"",
            "7:14: `doors_open` is to be a date with a time, such as 2024-12-04T09:15:00 without quotes, not text"
        ),
        (
            "doors_open = 2024-12-04",
            "7:14: `doors_open` is to be a date with a time, such as 2024-12-04T09:15:00 without quotes, not a date without a time"
        ),
        ("doors_open = 2024-12-04T17:00:00", "7:14: `doors_open` is to be before the event ends"),
        ("doors_close = 2024-12-04T07:00:00", "7:15: `doors_close` is to be after the doors open"),
        (
            "registration_opens = 2024-12-04T09:00:01",
            "7:22: `registration_opens` is 2024-12-04T09:00:01, which is after registration closes, 2024-12-04T09:00:00"
        ),
        (
            "doors_open = 2024-03-31T01:30:00",
            "7:14: `doors_open` is 2024-03-31T01:30:00, which clocks in Europe/London never show: they are set forward over it"
        ),
        (
            "needs_purged = 2024-12-04T16:59:00",
            "7:16: `needs_purged` is 2024-12-04T16:59:00, which is before the event ends, 2024-12-04T17:00:00"
        ),
        (
            "doors_open = 1812-01-01T00:00:00",
            "7:14: `doors_open` is in the year 1812; it must be from 1970 to 9998"
        ),
        (session("starts = 2024-12-04T10:00:00"), "7:1: [[session]] needs `ends`"),
        (
            session("starts = 2024-12-04T10:00:00\nends = 2024-12-04T10:00:00"),
            "11:8: `ends` is 2024-12-04T10:00:00, which is not after the session's start, 2024-12-04T10:00:00"
        ),
        (
            session("starts = 2024-12-05T10:00:00\nends = 2024-12-05T11:00:00"),
            "10:10: `starts` is 2024-12-05T10:00:00, which is not on the event's days: 2024-12-04"
        ),
        (
            session("starts = 2024-12-04T23:00:00\nends = 2024-12-05T00:30:00"),
            "11:8: `ends` is 2024-12-05T00:30:00, which is after the event's days: 2024-12-04"
        ),
        (
            session("starts = 2024-12-04T10:00:00\nends = 2024-12-04T11:00:00\nkind = \"workshp\""),
            "12:8: `kind` is one of \"keynote\", \"workshop\", \"talk\", \"break\", not \"workshp\"; did you mean \"workshop\"?"
        ),
        (
            session("starts = 2024-12-04T10:00:00\nends = 2024-12-04T11:00:00\ncapacity = 0"),
            "12:12: `capacity` is 0; it may be from 1 to 1000000"
        ),
        (
            session(
                "starts = 2024-12-04T10:00:00\nends = 2024-12-04T11:00:00\nmaterials = [\"javascript:x\"]"),
            "12:14: `materials` is to be a web address beginning with https://, not \"javascript:x\""
        ),
        (
            session("starts = 2024-12-04T10:00:00\nends = 2024-12-04T11:00:00\nspeakers = \"A\""),
            "12:12: `speakers` is to be a list of texts, such as [\"…\"], not text"
        ),
        (
            session(
                "starts = 2024-12-04T10:00:00\nends = 2024-12-04T11:00:00\n"
                    + session("starts = 2024-12-04T10:00:00\nends = 2024-12-04T11:00:00")),
            "13:8: `slug` \"s\" is taken by the session at line 8"
        ),
        (
            "[[session]]\nslug = \"entrance\"\ntitle = \"E\"\nstarts = 2024-12-04T10:00:00\nends = 2024-12-04T11:00:00",
            "8:8: `slug` \"entrance\" is reserved: it names the event's own door"
        ),
    ]

    @Test(arguments: cases)
    func `one mistake is told with its place and what to do`(text: String, expected: String) {
        #expect(mistakes(EventFileTests.minimal + text) == ["event.toml:" + expected])
    }

    @Test func `an empty file is told all that it needs`() {
        #expect(
            mistakes("")
                == ["slug", "title", "time_zone", "starts", "ends", "capacity"].map {
                    "event.toml:1:1: the file needs `\($0)`"
                })
    }

    @Test(arguments: [
        ("Upper", false), ("a b", false), ("", false), ("é", false), ("a/b", false), ("a-1", true),
        (String(repeating: "a", count: 64), true), (String(repeating: "a", count: 65), false),
    ]) func `a slug is letters, digits and hyphens`(slug: String, isTaken: Bool) {
        let text = EventFileTests.minimal.replacing("slug = \"e\"", with: "slug = \"\(slug)\"")
        #expect(mistakes(text).isEmpty == isTaken)
    }

    @Test(arguments: [(0, false), (1, true), (1_000_000, true), (1_000_001, false), (-1, false)])
    func `an event holds one to a million`(capacity: Int, isTaken: Bool) {
        let text = EventFileTests.minimal.replacing("capacity = 10", with: "capacity = \(capacity)")
        #expect(mistakes(text).isEmpty == isTaken)
    }

    @Test func `texts may be as long as their limit and no longer`() {
        for (key, limit) in [("title", 200), ("venue", 200), ("summary", 4_000)] {
            let base = EventFileTests.minimal.replacing(
                "title = \"E\"\n", with: key == "title" ? "" : "title = \"E\"\n")
            let full = String(repeating: "王", count: limit)
            #expect(mistakes(base + "\(key) = \"\(full)\"").isEmpty)
            #expect(
                mistakes(base + "\(key) = \"\(full)x\"").first?.hasSuffix(
                    "is longer than \(limit) characters") == true)
        }
    }

    @Test func `a zone that is not known does not hide the file's other mistakes`() {
        let text = EventFileTests.minimal.replacing("Europe/London", with: "Europe/Londn") + "x = 1"
        #expect(mistakes(text).count == 2)
    }
}
