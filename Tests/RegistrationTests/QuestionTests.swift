import Registration
import Testing

@Suite(.timeLimit(.minutes(1)))
struct QuestionTests {
    static let text = Question(slug: "hope", label: "Your hope", kind: .text)
    static let choice = Question(slug: "travel", label: "Travel", kind: .choice, choices: ["Bus", "Car"])
    static let tick = Question(slug: "first", label: "First time", kind: .tick)

    private func kinds(
        _ questions: [Question], _ answers: [String: Answer], held: [String: Answer] = [:],
        isWhole: Bool = true
    ) -> [AnswerProblem.Kind] {
        questions.problems(of: answers.mapValues(\.trimmed), held: held, isWhole: isWhole).map(\.kind)
    }

    @Test func `what is not required may stay without an answer, and each kind takes its own answers`() {
        let all = [QuestionTests.text, QuestionTests.choice, QuestionTests.tick]
        #expect(kinds(all, [:]).isEmpty)
        #expect(kinds(all, ["hope": .text(""), "travel": .text(""), "first": .tick(false)]).isEmpty)
        #expect(
            kinds(all, ["hope": .text("Two\nlines"), "travel": .text(" Bus "), "first": .tick(true)]).isEmpty)
        #expect(
            kinds(all, ["hope": .tick(true), "travel": .text("Boat"), "first": .text("yes")])
                == [.wrongKind, .notAChoice, .wrongKind])
        #expect(kinds(all, ["hope": .text("a\u{7}b")]) == [.controlCharacters])
    }

    @Test func `what is required must have an answer that can be seen`() {
        var all = [QuestionTests.text, QuestionTests.choice, QuestionTests.tick]
        for index in all.indices { all[index].isRequired = true }
        #expect(kinds(all, [:]) == [.missing, .missing, .notTicked])
        #expect(
            kinds(all, ["hope": .text(" \u{200B} "), "travel": .text(" "), "first": .tick(false)])
                == [.missing, .missing, .notTicked])
        // A correction of one leaves the others alone, but takes no required answer back.
        #expect(kinds(all, ["travel": .text("")], isWhole: false) == [.missing])
        #expect(kinds(all, ["travel": .text("Car")], isWhole: false).isEmpty)
    }

    @Test(arguments: ["a", "e\u{301}\u{323}", "👩‍👩‍👧‍👦", "健"])
    func `an answer may have 2,000 characters, whatever they are made of, and not one more`(character: String)
    {
        let fits = String(repeating: character, count: Question.answerLimit)
        #expect(kinds([QuestionTests.text], ["hope": .text("  \(fits)\n")]).isEmpty)
        #expect(kinds([QuestionTests.text], ["hope": .text(fits + character)]) == [.tooLong])
    }

    @Test func `a choice that is not offered any more stays with those who made it`() {
        let held: [String: Answer] = ["travel": .text("Coach")]
        #expect(kinds([QuestionTests.choice], held, held: held).isEmpty)
        #expect(kinds([QuestionTests.choice], ["travel": .text("Boat")], held: held) == [.notAChoice])
    }

    @Test func `answers to questions that nobody asked are named, and not endlessly many`() {
        #expect(kinds([], ["nothing": .text("x")]) == [.unknownQuestion])
        let many = Dictionary(uniqueKeysWithValues: (0..<1_000).map { ("q\($0)", Answer.text("x")) })
        #expect(kinds([QuestionTests.text], many).count == Question.limit)
    }

    @Test func `a form is refused for its answers along with everything else`() {
        var form = Sample.form(name: "")
        form.answers = ["travel": .text("Boat")]
        let question = RegistrationQuestion(
            CheckedForm(form), event: Sample.event,
            eventPlaces: Places(capacity: 100, confirmed: 0, waiting: 0), programme: Sample.programme(),
            isAddressTaken: false, isByStaff: false, now: Sample.hour(5), questions: [QuestionTests.choice])
        #expect(
            question.decision
                == .refuse([
                    .field(.init(.name, .missing)),
                    .answer(AnswerProblem(slug: "travel", label: "Travel", kind: .notAChoice)),
                ]))
    }

    @Test func `needs are taken until the event's time for them, and then refused rather than dropped`() {
        var form = Sample.form()
        form.dietaryNeeds = "Vegan"
        let end = Sample.event.needsPurged
        #expect(end == Sample.event.ends.adding(seconds: 14 * 86_400))
        func decide(at now: Timestamp) -> RegistrationDecision {
            Sample.decide(form, byStaff: true, at: now)
        }
        #expect(decide(at: end.adding(milliseconds: -1)) == .books([]))
        #expect(decide(at: end) == .refuse([.needsPurged(end)]))
        form.dietaryNeeds = " "
        #expect(decide(at: end) == .books([]))
    }
}
