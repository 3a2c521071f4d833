import HTTP
import Operations
import Registration
import TestPeers
import Testing

@testable import Web

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct QuestionPageTests {
    static let questions = [
        Question(
            slug: "travel", label: "How will <you> travel?", kind: .choice, choices: ["Bus & train", "Car"],
            isRequired: true, hint: "For the \"car park\""),
        Question(slug: "hope", label: "Your hope", kind: .text),
        Question(slug: "rules", label: "I have read the house rules", kind: .tick, isRequired: true),
        Question(slug: "town", label: "Town", kind: .choice, choices: (1...8).map { "Town \($0)" }),
    ]

    private func register(_ house: House, _ fields: [(String, String)]) async throws -> Page {
        try await Visit(house).register(ConsentPageTests.answers + fields)
    }

    private func person(_ house: House) async throws -> RegisteredAttendee {
        try #require(try await house.front.attendees(event: Sample.event.slug, limit: 1)?.items.first)
    }

    @Test func `an event without questions has no section for them, and one with them asks each in its way`()
        async throws
    {
        #expect(
            !(try await Visit(try await House()).get(Sample.registerPath).text.contains("From the organisers"))
        )
        let page = try await Visit(try await House(questions: QuestionPageTests.questions)).get(
            Sample.registerPath
        ).text
        #expect(page.contains("<legend>How will &lt;you&gt; travel?</legend>"))
        #expect(page.contains("For the &quot;car park&quot;"))
        #expect(page.contains("type=\"radio\" name=\"question.travel\" value=\"Bus &amp; train\"><span"))
        // What is required has no way to say nothing.
        #expect(!page.contains("name=\"question.travel\" value=\"\""))
        #expect(page.contains("<textarea id=\"question.hope\""))
        #expect(page.contains("Your hope (optional)"))
        #expect(page.contains("I have read the house rules (required)"))
        #expect(
            page.contains("id=\"question.rules\" type=\"checkbox\" name=\"question.rules\" value=\"yes\""))
        #expect(page.contains("<select id=\"question.town\""))
        #expect(page.contains("<option value=\"\">No answer</option>"))
    }

    @Test func `answers come with the registration and stand on one's own page`() async throws {
        let house = try await House(questions: QuestionPageTests.questions)
        let sent = try await register(
            house,
            [
                ("question.travel", "Bus & train"), ("question.hope", " Two\r\nlines <b> "),
                ("question.rules", "yes"), ("question.town", "Town 8"), ("question.nothing", "x"),
            ])
        #expect(sent.status == .seeOther)
        let own = try await Visit(house).follow(sent).text
        for words in ["Bus &amp; train", "Two\r\nlines &lt;b&gt;", "Town 8", "Correct your answers"] {
            #expect(own.contains(words))
        }
    }

    @Test func `what is missing is named with the rest, each linked to its field, and nothing typed is lost`()
        async throws
    {
        let house = try await House(questions: QuestionPageTests.questions)
        let long = String(repeating: "x", count: Question.answerLimit + 1)
        let page = try await Visit(house).register([
            ("name", ""), ("email", "ada@example.org"), ("session.active-medicine", "-"),
            ("question.hope", long), ("question.town", "Town 3"),
        ])
        #expect(page.status == .unprocessableContent)
        let targets = [
            "name", "session.active-practice", "question.travel", "question.hope", "question.rules",
        ]
        #expect(page.problemTargets == targets)
        for target in targets { #expect(page.text.contains(" id=\"\(target)\"")) }
        #expect(page.text.contains("Tick “I have read the house rules”."))
        #expect(page.text.contains("Answer “How will &lt;you&gt; travel?”."))
        #expect(page.text.contains("<option value=\"Town 3\" selected>"))
        #expect(page.text.contains(long + "</textarea>"))
        #expect(
            page.text.contains("id=\"question.travel-hint\"")
                && page.text.contains("id=\"question.travel-wrong\""))
    }

    @Test func `answers are corrected on a page of their own until changes close`() async throws {
        let house = try await House(questions: QuestionPageTests.questions)
        let visit = Visit(house)
        _ = try await register(house, [("question.travel", "Car"), ("question.rules", "yes")])
        let own = AttendeePage.path(try await person(house))
        let form = try await visit.get(own + "/answers")
        let token = ("token", form.token)
        #expect(form.text.contains("value=\"Car\" checked"))
        #expect(form.headers["Referrer-Policy"] == "no-referrer")
        let wrong = try await visit.post(
            own + "/answers", [token, ("question.travel", "Boat"), ("question.hope", "kept")])
        #expect(wrong.status == .unprocessableContent)
        #expect(wrong.problemTargets == ["question.travel", "question.rules"])
        #expect(wrong.text.contains("kept</textarea>"))
        let fields = [
            token, ("question.travel", "Bus & train"), ("question.rules", "yes"), ("question.hope", "More"),
        ]
        #expect(try await Visit(house).post(own + "/answers", fields).status == .forbidden)
        #expect(try await visit.post(own + "/answers", fields).headers["Location"] == own + "?changed")
        #expect(try await visit.get(own).text.contains("More"))
        house.clock.now = Sample.event.changesClose
        #expect(!(try await visit.get(own).text.contains("Correct your answers")))
        #expect(try await visit.get(own + "/answers").text.contains("<h1>It is too late for changes</h1>"))
        let late = try await visit.post(
            own + "/answers", [token, ("question.travel", "Car"), ("question.rules", "yes")])
        #expect(late.status == .unprocessableContent && late.text.contains("Changes were possible until"))
    }

    @Test func `a choice that is offered no more stays chosen until another is`() async throws {
        let house = try await House(questions: QuestionPageTests.questions)
        _ = try await register(
            house, [("question.travel", "Car"), ("question.rules", "yes"), ("question.town", "Town 1")])
        var questions = QuestionPageTests.questions
        questions[0].choices = ["Bus", "Bicycle"]
        questions[3].choices.removeFirst()
        _ = try await house.front.importEvent(
            Sample.event, sessions: Sample.programme.offers.map(\.session), questions: questions)
        let own = AttendeePage.path(try await person(house))
        let visit = Visit(house)
        let form = try await visit.get(own + "/answers")
        #expect(form.text.contains("value=\"Car\" checked") && form.text.contains("value=\"Town 1\""))
        let saved = try await visit.post(
            own + "/answers",
            [
                ("token", form.token), ("question.travel", "Car"), ("question.rules", "yes"),
                ("question.town", "Town 2"),
            ])
        #expect(saved.status == .seeOther)
    }

    @Test func `all that fifty questions may be answered goes through one form`() async throws {
        let questions = (0..<Question.limit).map { Question(slug: "q\($0)", label: "Q", kind: .text) }
        let house = try await House(questions: questions)
        // Nine bytes a character, as a form carries Chinese.
        let answer = String(repeating: "健", count: Question.answerLimit)
        let fields = questions.map { ("question.\($0.slug)", answer) }
        let form = FormFields(fields.map { FormFields.Field(name: $0.0, value: $0.1) })
        #expect(form.encoded.utf8.count < QuestionFields.bodyLimitBytes)
        #expect(try await register(house, fields).status == .seeOther)
        let request = Request(.post, Sample.registerPath)
        #expect(house.router.match(request).bodyLimitBytes == QuestionFields.bodyLimitBytes)
    }

    @Test func `each person of a group is asked, and what is missing is named for each`() async throws {
        let house = try await House(questions: QuestionPageTests.questions)
        let visit = Visit(house)
        let path = Sample.registerPath + "/group"
        func send(_ more: [(String, String)]) async throws -> Page {
            let form = try await visit.get(path)
            let people = [
                ("name.1", "Ada"), ("email.1", "a@example.org"), ("name.2", "Bob"),
                ("email.2", "b@example.org"),
            ]
            let answers = [
                ("question.travel.1", "Car"), ("question.rules.1", "yes"),
                ("consent.quotes.1", Consent.quotes.wording),
            ]
            return try await visit.post(
                path,
                [
                    ("token", form.token), ("key", form.value("key") ?? ""), ("people", "2"),
                    ("do", "register"),
                ]
                    + people + answers + more)
        }
        let page = try await send([("question.hope.2", "Kept")])
        #expect(page.status == .unprocessableContent)
        #expect(page.problemTargets == ["question.travel.2", "question.rules.2"])
        for target in page.problemTargets { #expect(page.text.contains(" id=\"\(target)\"")) }
        #expect(
            page.text.contains("Kept</textarea>")
                && page.text.contains("name=\"question.travel.1\" value=\"Car\" checked"))
        let done = try await send([("question.travel.2", "Bus & train"), ("question.rules.2", "yes")])
        #expect(done.status == .created)
        let people = try #require(try await house.front.attendees(event: Sample.event.slug, limit: 9)?.items)
        #expect(people.count == 2)
        for person in people {
            #expect(try await house.front.answers(of: person.attendee)[2].answer == .tick(true))
            // Nobody agrees to anything for somebody else.
            #expect(try await house.front.consents(of: person.attendee.id).isEmpty)
        }
    }
}
