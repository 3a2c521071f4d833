import HTTP
import Operations
import Registration
import TestPeers
import Testing

@testable import API

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct QuestionTests {
    static let questions = [
        Question(
            slug: "travel", label: "Travel", kind: .choice, choices: ["Bus", "Car"], isRequired: true,
            hint: "Hint"), Question(slug: "hope", label: "Hope", kind: .text),
        Question(slug: "first", label: "First", kind: .tick),
    ]
    private let registrations = "/events/conference/registrations"

    private func ada(_ members: KeyValuePairs<String, JSON>) -> JSON {
        .object(
            [.init("name", "Ada"), .init("email", "ada@example.org")]
                + members.map { JSON.Member($0.key, $0.value) })
    }

    private func reference(_ answer: Answer) throws -> String { try #require(answer.json.text("reference")) }

    @Test func `the event tells what is asked and what may be agreed to, word by word`() async throws {
        let house = try await House()
        try await house.open(questions: QuestionTests.questions)
        let event = try await house.ask(.get, "/events/conference").json
        let travel: JSON = [
            "question": "travel", "label": "Travel", "kind": "choice", "choices": ["Bus", "Car"],
            "required": .boolean(true), "hint": "Hint",
        ]
        #expect(event["questions"]?.list.first == travel)
        #expect(event["questions"]?.list.count == 3)
        #expect(event["consents"]?.list.map { $0.text("consent") } == Consent.allCases.map(\.rawValue))
        #expect(event["consents"]?.list.map { $0.text("wording") } == Consent.allCases.map(\.wording))
    }

    @Test func `consents and answers of a registration are shown to organisers and to nobody below`()
        async throws
    {
        let house = try await House()
        try await house.open(questions: QuestionTests.questions)
        let now = house.clock.now
        let made = try await house.ask(
            .post, registrations,
            body: ada([
                "consents": ["photography", "funding-newsletter"], "dietary_needs": "Vegan",
                "answers": ["travel": "Bus", "first": .boolean(true), "hope": " "],
            ]))
        #expect(made.status == 201)
        let path = "/events/conference/attendees/\(try reference(made))"
        let shown = try await house.ask(.get, path, token: try await house.token(.organiser)).json
        let consents = [Consent.fundingNewsletter, .photography].map { consent -> JSON in
            ["consent": .text(consent.rawValue), "wording": .text(consent.wording), "at": JSON(now)]
        }
        #expect(shown["consents"] == .list(consents))
        let answers: JSON = ["travel": "Bus", "first": .boolean(true)]
        #expect(shown["answers"] == answers)
        let reception = try await house.token(.reception)
        let own = try await house.ask(.get, path, token: reception).json
        for secret in ["consents", "answers", "access_needs", "dietary_needs"] {
            #expect(own[secret] == nil)
            #expect(made.json[secret] == nil)
        }
        let list = try await house.ask(.get, "/events/conference/attendees", token: reception)
        #expect(!String(decoding: list.json.bytes, as: UTF8.self).contains("Vegan"))
    }

    @Test(arguments: [
        (#""answers":{"travel":"Boat"}"#, ["answers.travel"]), (#""consents":[]"#, ["answers.travel"]),
        (#""answers":{"travel":"Bus","hope":true,"what":"x"}"#, ["answers.hope", "answers.what"]),
        (#""answers":{"travel":5,"hope":null}"#, ["answers.travel", "answers.hope"]),
        (#""answers":["Bus"]"#, ["answers"]), (#""consents":["everything"]"#, ["consents[0]"]),
        (#""consents":["quotes","quotes","quotes","quotes","quotes"]"#, ["consents"]),
    ])
    func `each wrong answer and consent is named`(member: String, fields: [String]) async throws {
        let house = try await House()
        try await house.open(questions: QuestionTests.questions)
        let body = "{\"name\":\"Ada\",\"email\":\"ada@example.org\",\(member)}"
        let answer = try await house.ask(.post, registrations, raw: Array(body.utf8))
        #expect(answer.status == 422 && answer.problem == "invalid")
        #expect(answer.fields == fields)
    }

    @Test func `no more answers are taken than an event may ask, each of 2,000 characters`() async throws {
        let house = try await House()
        try await house.open(questions: QuestionTests.questions)
        func answers(_ count: Int) -> JSON {
            .object((0..<count).map { .init("q\($0)", "x") })
        }
        let most = try await house.ask(.post, registrations, body: ada(["answers": answers(50)]))
        #expect(most.fields.count == 50 + 1)
        let more = try await house.ask(.post, registrations, body: ada(["answers": answers(51)]))
        #expect(more.fields == ["answers"])
        func hope(_ count: Int) async throws -> Answer {
            try await house.ask(
                .post, registrations,
                body: ada([
                    "answers": ["travel": "Bus", "hope": .text(String(repeating: "é", count: count))]
                ]))
        }
        #expect(try await hope(2_001).fields == ["answers.hope"])
        #expect(try await hope(2_000).status == 201)
    }

    @Test func `a change corrects the answers that it names and leaves the others`() async throws {
        let house = try await House()
        try await house.open(questions: QuestionTests.questions)
        let made = try await house.ask(
            .post, registrations, body: ada(["answers": ["travel": "Bus", "hope": "Much"]]))
        let path = "/events/conference/attendees/\(try reference(made))"
        let token = try await house.token(.organiser)
        let wrong = try await house.ask(
            .patch, path, token: token, body: ["name": "Eve", "answers": ["travel": ""]])
        #expect(wrong.status == 422 && wrong.fields == ["answers.travel"])
        let changed = try await house.ask(
            .patch, path, token: token, body: ["answers": ["hope": "", "first": .boolean(true)]])
        #expect(changed.status == 200)
        let shown = try await house.ask(.get, path, token: token).json
        let answers: JSON = ["travel": "Bus", "first": .boolean(true)]
        #expect(shown["answers"] == answers && shown.text("name") == "Ada")
    }

    @Test func `needs after their time are refused at their field`() async throws {
        let house = try await House()
        let event = try await house.open()
        house.clock.now = event.needsPurged
        let answer = try await house.ask(
            .post, registrations, token: try await house.token(.reception),
            body: ada(["dietary_needs": "Vegan"]))
        #expect(answer.status == 422 && answer.fields == ["access_needs"])
    }

    @Test func `all that fifty questions may be answered goes through one request`() async throws {
        let questions = (0..<Question.limit).map { Question(slug: "q\($0)", label: "Q", kind: .text) }
        let house = try await House()
        try await house.open(questions: questions)
        let text = JSON.text(String(repeating: "健", count: Question.answerLimit))
        let answers = JSON.object(questions.map { JSON.Member($0.slug, text) })
        let body: JSON = ["name": "Ada", "email": "ada@example.org", "answers": answers]
        #expect(body.bytes.count < Operation.answersLimitBytes)
        #expect(try await house.ask(.post, registrations, body: body).status == 201)
        let paths: [(HTTP.Method, String)] = [
            (.post, registrations), (.post, "/events/conference/groups"),
            (.patch, "/events/conference/attendees/K7QX2M4P"),
        ]
        for (method, path) in paths {
            let match = house.router.match(Request(method, APISettings.path + path))
            #expect(match.bodyLimitBytes == Operation.answersLimitBytes)
        }
    }
}
