import Testing

@testable import Registration

@Suite(.timeLimit(.minutes(1)))
struct RegistrationDecisionTests {
    @Test func `a form in order books what it asks for, in the order in which it asks`() {
        #expect(
            Sample.decide(Sample.form(sessions: ["third", "first"]))
                == .books([Sample.third, Sample.first]))
        #expect(Sample.decide(Sample.form()) == .books([]))
    }

    @Test func `registration opens and closes on the millisecond`() {
        let event = Sample.event
        let before = event.registrationOpens.adding(milliseconds: -1)
        #expect(
            Sample.decide(Sample.form(), at: before) == .refuse([.notYetOpen(event.registrationOpens)]))
        #expect(Sample.decide(Sample.form(), at: event.registrationOpens) == .books([]))
        let last = event.registrationCloses.adding(milliseconds: -1)
        #expect(Sample.decide(Sample.form(), at: last) == .books([]))
        #expect(
            Sample.decide(Sample.form(), at: event.registrationCloses)
                == .refuse([.closed(event.registrationCloses)]))
    }

    @Test func `staff register people before it opens and after it has closed, within all other rules`() {
        for hour: Int64 in [0, 20] {
            let now = Sample.hour(hour)
            #expect(Sample.decide(Sample.form(), byStaff: true, at: now) == .books([]))
            #expect(
                Sample.decide(Sample.form(), registered: 100, byStaff: true, at: now)
                    == .refuse([.eventFull]))
        }
    }

    @Test func `a closed registration is told before anything else`() {
        let form = Sample.form(name: "", sessions: ["nowhere"])
        #expect(Sample.decide(form, at: Sample.hour(10)) == .refuse([.closed(Sample.hour(9))]))
    }

    @Test func `everything wrong with a form is told at once: fields, then sessions as asked, then clashes`()
    {
        let form = Sample.form(
            name: "", email: "nobody", sessions: ["second", "nowhere", "keynote", "first"])
        #expect(
            Sample.decide(form, full: ["first"])
                == .refuse([
                    .field(.init(.name, .missing)), .field(.init(.email, .notAnAddress)),
                    .unknownSession("nowhere"), .notBookable(Sample.keynote), .sessionFull(Sample.first),
                    .clash(Clash(first: Sample.second, second: Sample.first)),
                ]))
    }

    @Test func `that the event is full is told along with what is wrong with a form`() {
        let form = Sample.form(name: "", sessions: ["first"])
        #expect(
            Sample.decide(form, registered: 100, full: ["first"])
                == .refuse([.field(.init(.name, .missing)), .eventFull, .sessionFull(Sample.first)]))
    }

    @Test func `whether an address is registered is told only to whoever has everything else right`() {
        let wrong = Sample.form(sessions: ["nowhere"])
        #expect(Sample.decide(wrong, isAddressTaken: true) == .refuse([.unknownSession("nowhere")]))
        #expect(Sample.decide(Sample.form(), isAddressTaken: true) == .refuse([.addressTaken]))
        // That the event is full is no secret.
        #expect(
            Sample.decide(Sample.form(), registered: 100, isAddressTaken: true) == .refuse([.eventFull]))
    }

    @Test func `the last place of the event is given, and no more`() {
        #expect(Sample.decide(Sample.form(), registered: 99) == .books([]))
        for registered in [100, 101] {
            #expect(Sample.decide(Sample.form(), registered: registered) == .refuse([.eventFull]))
        }
    }

    @Test func `sessions that touch do not clash, those that share a moment do`() {
        #expect(
            Sample.decide(Sample.form(sessions: ["first", "third"])) == .books([Sample.first, Sample.third]))
        let next = Sample.session(9, "next", 11, 12)
        #expect(
            Sample.decide(Sample.form(sessions: ["first", "next"]), and: [next])
                == .books([Sample.first, next]))
        #expect(
            Sample.decide(Sample.form(sessions: ["next", "second"]), and: [next])
                == .refuse([.clash(Clash(first: next, second: Sample.second))]))
    }

    @Test func `a session asked for twice is one wish and one refusal`() {
        #expect(Sample.decide(Sample.form(sessions: ["first", "first"])) == .books([Sample.first]))
        for (slug, refusal) in [
            ("nowhere", RegistrationRefusal.unknownSession("nowhere")),
            ("keynote", .notBookable(Sample.keynote)), ("first", .sessionFull(Sample.first)),
        ] {
            let form = Sample.form(sessions: [slug, slug, slug])
            #expect(Sample.decide(form, full: ["first"]) == .refuse([refusal]))
        }
    }

    @Test func `as many sessions as an event may have can be asked for, and one more is refused unread`() {
        let many = (0..<500).map { Sample.session(100 + Int64($0), "s\($0)", 20 + Int64($0), 21 + Int64($0)) }
        #expect(Sample.decide(Sample.form(sessions: many.map(\.slug)), and: many) == .books(many))
        #expect(
            Sample.decide(Sample.form(sessions: many.map(\.slug) + ["nowhere"]), and: many)
                == .refuse([.field(.init(.sessions, .tooLong))]))
    }

    @Test func `of very many clashes the first hundred are told`() throws {
        let many = (0..<500).map { Sample.session(100 + Int64($0), "s\($0)", 20, 21) }
        let decision = Sample.decide(Sample.form(sessions: many.map(\.slug)), and: many)
        guard case .refuse(let refusals) = decision else {
            Issue.record("500 sessions at once were accepted")
            return
        }
        #expect(refusals.count == Wish.clashLimit)
        #expect(refusals.first == .clash(Clash(first: many[0], second: many[1])))
    }
}
