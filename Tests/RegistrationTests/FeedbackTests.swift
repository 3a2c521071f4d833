import Testing

@testable import Registration

@Suite(.timeLimit(.minutes(1)))
struct FeedbackTests {
    @Test(arguments: [(0, false), (1, true), (5, true), (6, false)])
    func `a rating is 1 to 5`(rating: Int, isTaken: Bool) {
        #expect(FeedbackAnswer(rating: rating).problems == (isTaken ? [] : [.notARating]))
    }

    @Test func `a text at its limit is taken and one character more is not`() {
        let text = String(repeating: "é", count: Feedback.textLimit)
        #expect(Feedback.textLimit == 2_000)
        #expect(FeedbackAnswer(rating: 1, differently: text, quote: text).problems.isEmpty)
        #expect(
            FeedbackAnswer(rating: 1, differently: text + "é", quote: text + "é").problems
                == [.tooLong(.differently), .tooLong(.quote)])
        #expect(
            FeedbackAnswer(rating: 1, differently: "a\nb", quote: "a\u{0}b").problems
                == [.controlCharacters(.quote)])
    }

    @Test func `what was written needs a rating, and what was left empty needs nothing`() {
        #expect(FeedbackAnswer(differently: "Walk").problems == [.ratingMissing])
        #expect(FeedbackAnswer(differently: " ", mayBePublished: true).trimmed.isEmpty)
        #expect(FeedbackAnswer().problems.isEmpty)
    }

    @Test func `nobody agrees to publish nothing`() {
        #expect(!FeedbackAnswer(rating: 4, quote: " \n", mayBePublished: true).trimmed.mayBePublished)
        #expect(FeedbackAnswer(rating: 4, quote: " A day. ", mayBePublished: true).trimmed.mayBePublished)
    }

    @Test func `feedback is open from the event's end for 60 days`() {
        let event = Sample.event
        let closes = event.ends.adding(seconds: 60 * 86_400)
        let before = event.ends.adding(milliseconds: -1)
        #expect(FeedbackState(event, now: before) == .notYet(opens: event.ends))
        #expect(FeedbackState(event, now: event.ends) == .open(until: closes))
        #expect(FeedbackState(event, now: closes.adding(milliseconds: -1)) == .open(until: closes))
        #expect(FeedbackState(event, now: closes) == .closed(at: closes))
    }

    @Test func `the average is of all ratings, and there is none of nothing`() {
        var ratings = RatingCounts()
        #expect(ratings.average == nil)
        ratings.add(3, of: 5)
        ratings.add(1, of: 1)
        #expect(ratings.counts == [1, 0, 0, 0, 3] && ratings.total == 4 && ratings.average == 4)
    }
}
