import Configuration
import Testing

@Suite(.timeLimit(.minutes(1)))
struct EventQuestionTests {
    private func event(_ text: String) throws -> EventFile {
        try EventFile(Array((EventFileTests.minimal + text).utf8), file: "event.toml")
    }

    private func mistakes(_ text: String) -> [String] {
        do {
            _ = try EventFile(Array((EventFileTests.minimal + text).utf8), file: "event.toml")
            return []
        } catch {
            return error.mistakes.map { String($0.description.dropFirst("event.toml:".count)) }
        }
    }

    static func question(_ slug: String, _ rest: String) -> String {
        "[[question]]\nslug = \"\(slug)\"\nlabel = \"L\"\n\(rest)\n"
    }

    @Test func `every key of a question and the time for needs is taken, and written back as it was`() throws
    {
        let event = try event(
            "needs_purged = 2024-12-10T08:00:00\n"
                + EventQuestionTests.question(
                    "travel",
                    "kind = \"choice\"\nchoices = [\"On \\\"foot\\\"\", \"Bus\"]\nrequired = true\nhint = \"H\""
                )
                + EventQuestionTests.question("first", "kind = \"tick\"")
                + EventQuestionTests.question("hope", "kind = \"text\"\nrequired = false"))
        #expect(event.needsPurged?.wallClock.description == "2024-12-10T08:00:00")
        #expect(event.questions.map(\.slug) == ["travel", "first", "hope"])
        #expect(
            event.questions[0]
                == EventFile.Question(
                    slug: "travel", label: "L", kind: .choice, choices: ["On \"foot\"", "Bus"],
                    isRequired: true, hint: "H"))
        #expect(!event.questions[1].isRequired && event.questions[1].kind == .tick)
        #expect(try EventFile(Array(event.toml.utf8), file: "x") == event)
        let moved = try event.moved(to: try #require(CalendarDay("2025-01-04")))
        #expect(moved.needsPurged?.wallClock.description == "2025-01-10T08:00:00")
    }

    @Test func `needs are kept until the event ends at the least`() throws {
        #expect(try event("needs_purged = 2024-12-04T17:00:00").needsPurged != nil)
        #expect(mistakes("needs_purged = 2024-12-04T16:59:59").count == 1)
    }

    @Test(arguments: [
        ("[[question]]\nlabel = \"L\"\nkind = \"tick\"", "7:1: [[question]] needs `slug`"),
        (
            question("q", "kind = \"tik\""),
            "10:8: `kind` is one of \"text\", \"choice\", \"tick\", not \"tik\"; did you mean \"tick\"?"
        ),
        (question("q", "kind = \"choice\""), "10:8: `kind` is \"choice\", so the question needs `choices`"),
        (
            question("q", "kind = \"choice\"\nchoices = [\"A\"]"),
            "11:11: `choices` has fewer than two to choose from"
        ),
        (question("q", "kind = \"choice\"\nchoices = [\"A\", \"A\"]"), "11:11: `choices` names one twice"),
        (
            question("q", "kind = \"tick\"\nchoices = [\"A\"]"),
            "11:11: `choices` are for the kind \"choice\" alone"
        ),
        (
            question("q", "kind = \"tick\"\nrequired = \"yes\""),
            "11:12: `required` is to be true or false, not text"
        ),
        (
            question("q", "kind = \"tick\"\nhnt = \"x\""),
            "11:1: unknown key `hnt` in [[question]]; did you mean `hint`?"
        ),
        (
            question("q", "kind = \"tick\"") + question("q", "kind = \"text\""),
            "12:8: `slug` \"q\" is taken by the question at line 8"
        ),
        ("[[question]]\nslug = \"q\"\nlabel = \"\"\nkind = \"tick\"", "9:9: `label` is empty"),
    ])
    func `one mistake is told with its place and what to do`(text: String, expected: String) {
        #expect(mistakes(text) == [expected])
    }

    @Test func `an event may ask 50 questions of 50 choices, and not one more`() throws {
        func questions(_ count: Int) -> String {
            (0..<count).map { EventQuestionTests.question("q\($0)", "kind = \"tick\"") }.joined()
        }
        #expect(try event(questions(50)).questions.count == 50)
        #expect(mistakes(questions(51)) == ["7:1: there are 51 of [[question]]; at most 50 are taken"])
        func choices(_ count: Int) -> String {
            EventQuestionTests.question(
                "q",
                "kind = \"choice\"\nchoices = [\((0..<count).map { "\"c\($0)\"" }.joined(separator: ", "))]")
        }
        #expect(try event(choices(50)).questions[0].choices.count == 50)
        #expect(mistakes(choices(51)) == ["11:11: `choices` has 51 items; at most 50 are taken"])
    }

    @Test func `labels and choices have 120 characters and hints 250, and not one more`() {
        func text(_ count: Int) -> String { String(repeating: "王", count: count) }
        func label(_ count: Int) -> String {
            "[[question]]\nslug = \"q\"\nlabel = \"\(text(count))\"\nkind = \"tick\""
        }
        func choice(_ count: Int) -> String {
            EventQuestionTests.question(
                "q", "kind = \"choice\"\nchoices = [\"a\", \"b\", \"\(text(count))\"]")
        }
        func hint(_ count: Int) -> String {
            EventQuestionTests.question("q", "kind = \"tick\"\nhint = \"\(text(count))\"")
        }
        for fits in [label(120), choice(120), hint(250)] { #expect(mistakes(fits).isEmpty) }
        for tooLong in [label(121), choice(121), hint(251)] { #expect(mistakes(tooLong).count == 1) }
    }
}
