import Registration
import TestPeers
import Testing

@testable import Operations
@testable import Storage

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct FeedbackTests {
    private func give(
        _ house: House, _ person: RegisteredAttendee, _ answers: FeedbackAnswer...
    ) async throws -> FeedbackOutcome {
        try await house.front.giveFeedback(event: "day", reference: person.attendee.reference, answers)
    }

    private func own(_ house: House, _ person: RegisteredAttendee) async throws -> OwnFeedback {
        try #require(
            try await house.front.ownFeedback(event: "day", reference: person.attendee.reference))
    }

    private func result(_ house: House, on session: String?) async throws -> FeedbackResult {
        let results = try #require(try await house.front.feedbackResults(event: "day"))
        return try #require(results.subjects.first { $0.session?.slug == session })
    }

    @Test func `it is taken from the event's end until 60 days later`() async throws {
        let house = try await House()
        try await house.importDay()
        let ada = try await house.registered("Ada")
        let closes = Day.hour(17).adding(seconds: Feedback.openSeconds)
        for (now, isTaken) in [
            (Day.hour(17).adding(milliseconds: -1), false), (Day.hour(17), true),
            (closes.adding(milliseconds: -1), true), (closes, false),
        ] {
            house.clock.now = now
            let outcome = try await give(house, ada, FeedbackAnswer(rating: 4))
            switch outcome {
            case .kept(1): #expect(isTaken)
            case .notOpen: #expect(!isTaken)
            default: Issue.record("\(outcome)")
            }
        }
    }

    @Test func `people are asked of the day and of what they booked or were admitted to`() async throws {
        let house = try await House()
        try await house.importDay()
        let ada = try await house.registered("Ada", sessions: ["first", "third"])
        let bob = try await house.registered("Bob")
        house.clock.now = Day.hour(17)
        // What is open to everybody, anybody may have been in.
        #expect(try await own(house, bob).subjects.map { $0.session?.slug } == [nil, "keynote"])
        #expect(
            try await own(house, ada).subjects.map { $0.session?.slug } == [nil, "keynote", "first", "third"])
        let outcome = try await house.front.giveFeedback(
            event: "day", reference: ada.attendee.reference,
            [FeedbackAnswer(rating: 5), FeedbackAnswer(session: "second", rating: 5)])
        guard case .refused(let refusals) = outcome else { return #expect(Bool(false), "\(outcome)") }
        #expect(refusals == [FeedbackRefusal(session: "second", problem: .notTheirSession)])
        // All of it or nothing.
        #expect(try await own(house, ada).isAnswered == false)
    }

    @Test func `there is one answer a person and subject, which may be changed`() async throws {
        let house = try await House()
        try await house.importDay()
        let ada = try await house.registered("Ada", sessions: ["first"])
        house.clock.now = Day.hour(18)
        let first = FeedbackAnswer(session: "first", rating: 2, differently: "Less")
        _ = try await give(house, ada, FeedbackAnswer(rating: 3), first)
        var changed = first
        changed.rating = 5
        changed.differently = "More"
        // What is left empty stays.
        _ = try await give(house, ada, FeedbackAnswer(), changed)
        #expect(
            try await own(house, ada).subjects.compactMap(\.answer) == [FeedbackAnswer(rating: 3), changed])
        #expect(try await result(house, on: "first").answers == 1)
        #expect(try await result(house, on: nil).answers == 1)
    }

    @Test func `ratings and texts of four people are hidden, of five they are shown, without names`()
        async throws
    {
        let house = try await House()
        try await house.importDay()
        var people: [RegisteredAttendee] = []
        for name in ["Eve", "Dan", "Cyd", "Bob", "Ada"] {
            people.append(try await house.registered(name, sessions: ["first"]))
        }
        house.clock.now = Day.hour(18)
        for (number, person) in people.dropLast().enumerated() {
            let answer = FeedbackAnswer(
                session: "first", rating: number + 1, differently: "\(9 - number)th thing")
            _ = try await give(house, person, answer)
        }
        let four = try await result(house, on: "first")
        #expect(four.answers == 4 && four.ratings == nil && four.differences.isEmpty)
        _ = try await give(house, people[4], FeedbackAnswer(session: "first", rating: 5))
        let five = try await result(house, on: "first")
        #expect(five.ratings?.counts == [1, 1, 1, 1, 1] && five.ratings?.average == 3)
        // Not in the order of the people or their answers.
        #expect(five.differences == ["6th thing", "7th thing", "8th thing", "9th thing"])
        #expect(five.differenceCount == 4)
        let day = try await result(house, on: nil)
        #expect(day.answers == 0 && day.ratings == nil)
    }

    @Test func `a quote is shown with the role where its person let it be, until they take that back`()
        async throws
    {
        let house = try await House()
        try await house.importDay()
        let form = RegistrationForm(name: "Ada", email: "ada@example.org", role: "GP", sessions: ["first"])
        guard case .registered(let ada) = try await house.front.register(form, event: "day") else {
            return #expect(Bool(false))
        }
        house.clock.now = Day.hour(18)
        _ = try await give(
            house, ada, FeedbackAnswer(rating: 5, quote: "Go.", mayBePublished: true),
            FeedbackAnswer(session: "first", rating: 5, quote: "Between us.", mayBePublished: false))
        #expect(try await result(house, on: nil).quotes == [PublishableQuote(text: "Go.", role: "GP")])
        #expect(try await result(house, on: "first").quotes.isEmpty)
        let consent = try await house.front.store.read { snapshot in
            try snapshot.connection.all("SELECT consent FROM feedback ORDER BY id") { $0.text(0) }
        }
        #expect(consent == [Feedback.consentWording, ""])
        // Also after feedback has closed.
        house.clock.now = Day.hour(24 * 100)
        #expect(try await own(house, ada).hasPublishableQuotes)
        let reference = ada.attendee.reference
        #expect(try await house.front.withdrawQuotes(event: "day", reference: reference) == 1)
        #expect(try await result(house, on: nil).quotes.isEmpty)
        #expect(try await own(house, ada).subjects[0].answer?.quote == "Go.")
        #expect(try await house.front.withdrawQuotes(event: "day", reference: reference) == 0)
    }

    @Test func `who has cancelled, and another event's attendee, are not asked`() async throws {
        let house = try await House()
        try await house.importDay()
        let ada = try await house.registered("Ada")
        try await house.importDay(slug: "other")
        house.clock.now = Day.hour(18)
        let reference = ada.attendee.reference
        #expect(try await house.front.ownFeedback(event: "other", reference: reference) == nil)
        _ = try await house.front.cancel(event: "day", reference: reference, byStaff: true)
        #expect(try await house.front.ownFeedback(event: "day", reference: reference) == nil)
        let outcome = try await give(house, ada, FeedbackAnswer(rating: 1))
        guard case .unknownAttendee = outcome else { return #expect(Bool(false), "\(outcome)") }
        #expect(try await house.front.feedbackResults(event: "none") == nil)
    }

    @Test func `no more than so many texts are shown, and how many there are is told`() async throws {
        let house = try await House()
        let event = try await house.importDay(capacity: 1_000)
        _ = try await house.registered("Ada")
        try await house.front.store.write { transaction in
            // As many people as would take long to register one by one.
            try transaction.connection.execute(
                """
                WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i <= 501)
                INSERT INTO attendee (id, event_id, status, secret_high, secret_low, registered_at, printed,
                    email_key, email, name, organisation, role)
                SELECT i, event_id, status, secret_high, secret_low, registered_at, 0, i || email_key,
                    email, name, organisation, role
                FROM n, attendee;
                INSERT INTO feedback SELECT NULL, \(event.id), id, NULL, 5, 'Walk ' || id, 'Go', 'Yes', 1
                FROM attendee;
                """)
        }
        let day = try await result(house, on: nil)
        #expect(day.answers == 502 && day.differences.count == 500 && day.differenceCount == 502)
        #expect(day.quotes.count == 500 && day.quoteCount == 502)
    }
}
