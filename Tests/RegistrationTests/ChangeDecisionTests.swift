import Registration
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ChangeDecisionTests {
    private static let place = Booking(session: Sample.first.id, status: .confirmed)
    private static let turn = Booking(session: Sample.second.id, status: .waiting, waitingSince: 7)

    private func decide(
        _ sessions: [String], ifFull: IfFull = .refuse, attendee: Attendee.Status = .confirmed,
        held: [Booking] = [place], full: Set<String> = [], and more: [Session] = [], byStaff: Bool = false,
        at now: Timestamp = Sample.hour(5)
    ) -> ChangeDecision {
        ChangeQuestion(
            sessions: sessions, ifFull: ifFull, attendee: attendee, held: held, event: Sample.event,
            programme: Sample.programme(full: full, and: more), isByStaff: byStaff, now: now
        ).decision
    }

    private func accepts(
        confirmed: [Session] = [], waiting: [Session] = [], stillWaiting: [Session] = [],
        released: [Booking] = []
    ) -> ChangeDecision {
        .accept(
            BookingChange(
                wished: WishedPlaces(confirmed: confirmed, waiting: waiting, stillWaiting: stillWaiting),
                released: released))
    }

    @Test func `what is named is had, what is absent is released, what is held stays`() {
        #expect(decide(["first"]) == accepts())
        #expect(decide(["first", "third"]) == accepts(confirmed: [Sample.third]))
        #expect(
            decide(["second"]) == accepts(confirmed: [Sample.second], released: [ChangeDecisionTests.place]))
        #expect(decide([]) == accepts(released: [ChangeDecisionTests.place]))
    }

    @Test func `a place that is held needs no free one`() {
        #expect(decide(["first", "third"], full: ["first"]) == accepts(confirmed: [Sample.third]))
        #expect(decide(["third", "second"], full: ["third"]) == .refuse([.sessionFull(Sample.third)]))
    }

    @Test func `a full session is waited for beside the place that overlaps with it`() {
        #expect(
            decide(["first", "second"], ifFull: .wait, full: ["second"])
                == accepts(waiting: [Sample.second]))
        #expect(
            decide(["second"], ifFull: .wait, full: ["second"])
                == accepts(waiting: [Sample.second], released: [ChangeDecisionTests.place]))
    }

    @Test func `a place in a list is kept whether or not the session is full`() {
        let held = [ChangeDecisionTests.place, ChangeDecisionTests.turn]
        for full: Set<String> in [[], ["second"]] {
            #expect(
                decide(["first", "second"], held: held, full: full)
                    == accepts(stillWaiting: [Sample.second]))
        }
        #expect(decide(["first"], held: held) == accepts(released: [ChangeDecisionTests.turn]))
    }

    @Test func `who waits goes on waiting while lists are held, whoever changes their bookings`() {
        let free = Places(capacity: 10, confirmed: 9, waiting: 2, isHeld: true)
        for byStaff in [false, true] {
            let question = ChangeQuestion(
                sessions: ["second"], ifFull: .refuse, attendee: .confirmed,
                held: [ChangeDecisionTests.turn], event: Sample.event,
                programme: Programme([Programme.Offer(session: Sample.second, places: free)]),
                isByStaff: byStaff, now: Sample.hour(5))
            #expect(question.decision == accepts(stillWaiting: [Sample.second]))
        }
    }

    @Test func `two places at one time are refused with both names`() {
        #expect(
            decide(["first", "second"])
                == .refuse([.clash(Clash(first: Sample.first, second: Sample.second))]))
    }

    @Test func `whoever waits for the event only waits for sessions`() {
        #expect(
            decide(["third"], attendee: .waiting, held: []) == accepts(waiting: [Sample.third]))
    }

    @Test func `changes close on the millisecond, for attendees and not for staff`() {
        let closes = Sample.event.changesClose
        #expect(decide([], at: closes.adding(milliseconds: -1)) != .refuse([.changesClosed(closes)]))
        #expect(decide([], at: closes) == .refuse([.changesClosed(closes)]))
        #expect(decide(["first"], byStaff: true, at: closes) == accepts())
    }

    @Test func `nothing changes in what was cancelled, and nothing that is not there is booked`() {
        #expect(decide(["first"], attendee: .cancelled, held: []) == .refuse([.cancelled]))
        #expect(
            decide(["nowhere", "keynote"])
                == .refuse([.unknownSession("nowhere"), .notBookable(Sample.keynote)]))
    }

    @Test func `as many sessions as an event may have can be named, and one more is refused unread`() {
        let many = (0..<500).map { Sample.session(100 + Int64($0), "s\($0)", 20 + Int64($0), 21 + Int64($0)) }
        #expect(decide(many.map(\.slug), held: [], and: many) == accepts(confirmed: many))
        #expect(
            decide(many.map(\.slug) + ["nowhere"], and: many)
                == .refuse([.field(RegistrationForm.Problem(.sessions, .tooLong))]))
    }
}
