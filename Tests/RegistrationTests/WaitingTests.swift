import Testing

@testable import Registration

@Suite(.timeLimit(.minutes(1)))
struct WaitingTests {
    private func form(_ sessions: [String], swaps: Bool = false) -> RegistrationForm {
        var form = Sample.form(sessions: sessions)
        form.ifFull = .wait
        form.swaps = swaps
        return form
    }

    @Test func `a full session is waited for and the others are booked`() {
        #expect(
            Sample.decide(form(["first", "third"]), full: ["first"])
                == .accept(.confirmed, WishedPlaces(confirmed: [Sample.third], waiting: [Sample.first])))
    }

    @Test func `whoever waits for the event waits for its sessions too, also for those with places`() {
        #expect(
            Sample.decide(form(["first", "third"]), registered: 100, full: ["first"])
                == .accept(.waiting, WishedPlaces(waiting: [Sample.first, Sample.third])))
    }

    @Test func `beside a place one may wait for another at the same time, and for no two`() {
        #expect(
            Sample.decide(form(["first", "second"]), full: ["second"])
                == .accept(.confirmed, WishedPlaces(confirmed: [Sample.first], waiting: [Sample.second])))
        let clash = RegistrationRefusal.clash(Clash(first: Sample.first, second: Sample.second))
        #expect(Sample.decide(form(["first", "second"])) == .refuse([clash]))
        #expect(Sample.decide(form(["first", "second"]), full: ["first", "second"]) == .refuse([clash]))
        #expect(Sample.decide(form(["first", "second"]), registered: 100) == .refuse([clash]))
    }

    @Test func `what became free while lists are held is for those in them, and for whom staff register`() {
        func decide(waiting: Int, isHeld: Bool, byStaff: Bool = false) -> RegistrationDecision {
            let places = Places(capacity: 10, confirmed: 9, waiting: waiting, isHeld: isHeld)
            return RegistrationQuestion(
                CheckedForm(Sample.form(sessions: ["first"])), event: Sample.event, eventPlaces: places,
                programme: Programme([Programme.Offer(session: Sample.first, places: places)]),
                isAddressTaken: false, isByStaff: byStaff, now: Sample.hour(5)
            ).decision
        }
        #expect(decide(waiting: 0, isHeld: true) == .books([Sample.first]))
        #expect(decide(waiting: 1, isHeld: false) == .books([Sample.first]))
        #expect(decide(waiting: 1, isHeld: true) == .refuse([.eventFull, .sessionFull(Sample.first)]))
        #expect(decide(waiting: 1, isHeld: true, byStaff: true) == .books([Sample.first]))
    }

    @Test(arguments: [
        (Attendee.Status.confirmed, 0, false, PromotionDecision.promote), (.confirmed, 0, true, .promote),
        (.confirmed, 1, false, .passOver), (.confirmed, 2, true, .swap), (.waiting, 0, true, .passOver),
        (.cancelled, 0, true, .passOver),
    ])
    func `the first who can have a place is whoever is in the event and free, or swaps`(
        attendee: Attendee.Status, clashing: Int, swaps: Bool, decision: PromotionDecision
    ) {
        let question = PromotionQuestion(attendee: attendee, clashing: clashing, swaps: swaps)
        #expect(question.decision == decision)
    }

    @Test func `lists are held by hand, or from their time on`() {
        var event = Sample.event
        #expect(!event.holdsLists(at: event.starts.adding(milliseconds: -1)))
        #expect(event.holdsLists(at: event.starts))
        event.listsClose = Sample.hour(6)
        #expect(!event.holdsLists(at: Sample.hour(6).adding(milliseconds: -1)))
        #expect(event.holdsLists(at: Sample.hour(6)))
        event.listsHeld = true
        #expect(event.holdsLists(at: Sample.hour(1)))
    }
}
