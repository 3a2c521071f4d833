import Registration
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ProgrammeTests {
    private func blocks(_ sessions: [Session]) -> [[String]] {
        Programme(
            sessions.map {
                Programme.Offer(
                    session: $0, places: Places(capacity: $0.capacity, confirmed: 0, waiting: 0))
            }
        ).blocks.map { $0.map(\.session.slug) }
    }

    @Test func `sessions stand in the order in which they start, then by title`() {
        let programme = Sample.programme(and: [Sample.session(9, "early", 7, 8)])
        #expect(
            programme.offers.map(\.session.slug) == ["early", "keynote", "first", "second", "third"])
        #expect(programme["second"]?.session == Sample.second)
        #expect(programme[Sample.third.id]?.session == Sample.third)
        #expect(programme["nowhere"] == nil)
    }

    @Test func `a block holds what overlaps, and what touches begins the next`() {
        #expect(blocks([Sample.third, Sample.second, Sample.first]) == [["first", "second"], ["third"]])
        #expect(
            blocks([Sample.first, Sample.session(9, "next", 11, 12)]) == [["first"], ["next"]])
    }

    @Test func `two that overlap only through a third share its block`() {
        let chain = [
            Sample.session(1, "a", 9, 11), Sample.session(2, "b", 10, 13), Sample.session(3, "c", 12, 14),
        ]
        #expect(blocks(chain) == [["a", "b", "c"]])
    }

    @Test func `a short session inside a long one does not end the block`() {
        let nested = [
            Sample.session(1, "a", 9, 14), Sample.session(2, "b", 10, 11), Sample.session(3, "c", 12, 13),
        ]
        #expect(blocks(nested) == [["a", "b", "c"]])
    }

    @Test func `what is open to everyone is in no block and joins none`() {
        let talk = Sample.session(8, "talk", 9, 13, capacity: nil)
        #expect(blocks([talk, Sample.first, Sample.third]) == [["first"], ["third"]])
        #expect(blocks([talk]).isEmpty)
        #expect(blocks([]).isEmpty)
    }

    @Test func `places left are never below none`() {
        #expect(Places(capacity: 10, confirmed: 9, waiting: 4).left == 1)
        #expect(Places(capacity: 10, confirmed: 11, waiting: 0).left == 0)
        #expect(Places(capacity: 10, confirmed: 10, waiting: 0).isFull)
        #expect(Places(capacity: nil, confirmed: 1_000, waiting: 0).left == nil)
        #expect(!Places(capacity: nil, confirmed: 1_000, waiting: 0).isFull)
    }
}
