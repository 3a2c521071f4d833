import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct QuestionTests {
    static let questions = [
        Question(slug: "travel", label: "Travel", kind: .choice, choices: ["Bus", "Car"], isRequired: true),
        Question(slug: "hope", label: "Hope", kind: .text),
        Question(slug: "first", label: "First", kind: .tick),
    ]

    private func register(
        _ house: House, _ answers: [String: Answer], name: String = "Ada"
    ) async throws -> RegistrationOutcome {
        try await house.front.register(
            RegistrationForm(name: name, email: "\(name)@example.org", answers: answers), event: "day")
    }

    private func answered(_ house: House, _ person: RegisteredAttendee) async throws -> [String: Answer?] {
        let answers = try await house.front.answers(of: person.attendee)
        return Dictionary(uniqueKeysWithValues: answers.map { ($0.question.slug, $0.answer) })
    }

    private func importing(_ house: House, _ questions: [Question]) async throws -> ImportOutcome {
        let (event, sessions) = Day.plan(slug: "day", capacity: 100, workshop: 10)
        return try await house.front.importEvent(event, sessions: sessions, questions: questions)
    }

    @Test func `answers are kept as they were given, and a form without a required one is refused`()
        async throws
    {
        let house = try await House()
        try await house.importDay(questions: QuestionTests.questions)
        #expect(try await house.front.programme(event: "day")?.questions == QuestionTests.questions)
        #expect(try await register(house, ["first": .tick(true)]).refusals == [.answer])
        #expect(try await register(house, ["travel": .text("Bus"), "x": .tick(true)]).refusals == [.answer])
        guard
            case .registered(let ada) = try await register(
                house, ["travel": .text("Bus"), "hope": .text(" Two\nlines "), "first": .tick(false)])
        else {
            Issue.record("not registered")
            return
        }
        #expect(
            try await answered(house, ada) == [
                "travel": .text("Bus"), "hope": .text("Two\nlines"), "first": nil,
            ])
    }

    @Test func `people correct their answers until the time for changes is over, and staff after it`()
        async throws
    {
        let house = try await House()
        try await house.importDay(questions: QuestionTests.questions)
        guard
            case .registered(let ada) = try await register(
                house, ["travel": .text("Bus"), "hope": .text("x")])
        else {
            Issue.record("not registered")
            return
        }
        func correct(_ answers: [String: Answer], byStaff: Bool = false) async throws -> ChangeOutcome {
            try await house.front.change(
                event: "day", reference: ada.attendee.reference, AttendeeChange(answers: answers),
                byStaff: byStaff)
        }
        guard
            case .changed = try await correct([
                "travel": .text("Car"), "hope": .text(""), "first": .tick(true),
            ])
        else {
            Issue.record("not corrected")
            return
        }
        #expect(
            try await answered(house, ada) == ["travel": .text("Car"), "hope": nil, "first": .tick(true)])
        let record = try #require(try await house.front.activity(event: "day", since: 2, limit: 9)?.first)
        #expect(record.kind == .corrected)
        #expect(
            record.detail
                == "{\"reference\":\"\(ada.attendee.reference)\",\"answers\":[\"first\",\"hope\",\"travel\"]}"
        )
        guard case .refused(let refusals) = try await correct(["travel": .text("")]) else {
            Issue.record("a required answer was taken back")
            return
        }
        #expect(refusals == [.answer(AnswerProblem(slug: "travel", label: "Travel", kind: .missing))])
        house.clock.now = Day.hour(9)
        // What is as it was is no change, so it is not too late for it.
        guard case .changed = try await correct(["travel": .text("Car")]) else {
            Issue.record("refused without a change")
            return
        }
        guard case .refused([.changesClosed(Day.hour(9))]) = try await correct(["travel": .text("Bus")])
        else {
            Issue.record("changed too late")
            return
        }
        guard case .changed = try await correct(["travel": .text("Bus")], byStaff: true) else {
            Issue.record("staff were refused")
            return
        }
    }

    @Test func `an import adds, changes and removes questions, and answers to removed ones stay`()
        async throws
    {
        let house = try await House()
        try await house.importDay(questions: QuestionTests.questions)
        guard case .registered(let ada) = try await register(house, ["travel": .text("Bus")]) else {
            Issue.record("not registered")
            return
        }
        let more = Question(slug: "more", label: "More", kind: .tick)
        guard case .changed = try await importing(house, [more]) else {
            Issue.record("not imported")
            return
        }
        #expect(try await house.front.programme(event: "day")?.questions == [more])
        let kept = try await house.front.answers(of: ada.attendee)
        // "hope" and "first", which nobody answered, are gone without a trace.
        #expect(kept.map(\.question.slug) == ["more", "travel"])
        #expect(kept.map(\.isAsked) == [true, false])
        #expect(kept.last?.answer == .text("Bus"))
        #expect(try await register(house, [:], name: "Bob").isRegistered)
        var travel = QuestionTests.questions[0]
        travel.choices = ["Train", "Car"]
        guard case .changed = try await importing(house, [travel, more]) else {
            Issue.record("not imported again")
            return
        }
        #expect(try await answered(house, ada) == ["travel": .text("Bus"), "more": nil])
    }

    @Test func `an answered question does not become one of another kind, also after it was removed`()
        async throws
    {
        let house = try await House()
        try await house.importDay(questions: QuestionTests.questions)
        #expect(try await register(house, ["travel": .text("Bus")]).isRegistered)
        var changed = QuestionTests.questions
        changed[0] = Question(slug: "travel", label: "By bus", kind: .tick)
        // One that nobody answered may.
        changed[1] = Question(slug: "hope", label: "Hope", kind: .tick)
        let refusal = ImportRefusal.questionKind(slug: "travel", answers: 1)
        guard case .refused([refusal]) = try await importing(house, changed) else {
            Issue.record("the kind changed")
            return
        }
        #expect(
            refusal.sentence.hasPrefix("One person answered the question “travel”, so its kind can't change.")
        )
        #expect(try await house.front.programme(event: "day")?.questions == QuestionTests.questions)
        _ = try await importing(house, [])
        guard case .refused([refusal]) = try await importing(house, changed) else {
            Issue.record("the kind changed after it was removed")
            return
        }
        changed[0] = QuestionTests.questions[0]
        guard case .changed = try await importing(house, changed) else {
            Issue.record("not imported")
            return
        }
    }

    @Test func `a refused question leaves the programme's sessions in their place`() async throws {
        let house = try await House()
        try await house.importDay(questions: QuestionTests.questions)
        #expect(try await register(house, ["travel": .text("Bus")]).isRegistered)
        let (event, sessions) = Day.plan(slug: "day", capacity: 100, workshop: 10)
        let outcome = try await house.front.importEvent(
            event, sessions: Array(sessions.dropLast()),
            questions: [Question(slug: "travel", label: "By bus", kind: .tick)])
        guard case .refused = outcome else {
            Issue.record("not refused")
            return
        }
        #expect(try await house.front.programme(event: "day")?.programme.offers.count == 4)
    }
}
